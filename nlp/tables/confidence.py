"""The probability that a cell is read right in its circumstances, by weights that were fitted."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec.structs import replace

from nlp.labelling.judgement import Scale
from nlp.labelling.model_folder import ModelError, fitted, to_fit
from nlp.resources import folder
from nlp.tables.circumstances import Circumstances

FORMAT = "nianbao.confidence/1"
_PROGRAM = "python -m training.confidence"
PAIR = ": "
"""Stands between the two circumstances of a pair."""
DIGITS = 5
"""Confidences are told with so many decimals."""


class Confidences:
    """How sure cells are by one scale; each circumstances are weighed once."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._worst = min(scale.weights.values())
        self._known: dict[Circumstances, float] = {}

    def of(self, cell: Circumstances) -> float:
        """Return the probability that a cell is read right, as records tell it."""
        sure = self._known.get(cell)
        if sure is None:
            sure = self._known[cell] = round(self.scale.probability(self.score(cell)), DIGITS)
        return sure

    def score(self, cell: Circumstances) -> float:
        """Return the sum of the weights of a cell's circumstances.

        A pair of circumstances that was never seen weighs nothing, as its parts do already; any other that
        was never seen is taken for the worst.

        >>> from nlp.tables.circumstances import Setting, Way
        >>> cell = Circumstances(Setting("given_cells"), Way.GIVEN, "zero", "none", "none")
        >>> Confidences(Scale(FORMAT, 0.5, {"way given": 1.0, "label exact": -1.0}, ())).score(cell)
        -2.5
        """
        score = self.scale.intercept
        for feature in cell.features():
            score += self.scale.weights.get(feature, 0.0 if PAIR in feature else self._worst)
        return score


def path() -> Path:
    """Return the file of the scale that ships."""
    return folder("models") / "cells" / "confidence.json"


@cache
def shipped() -> Scale:
    """Return the scale that ships; raises ModelError where its file is damaged."""
    return read(path())


def read(file: Path) -> Scale:
    """Return the scale of a file; raises ModelError, with what to do, where it is damaged or none."""
    scale, content = fitted(file, Scale, "how sure cells are", _PROGRAM)
    if scale.format != FORMAT:
        raise ModelError(f"{file} is of the format {scale.format!r}, not {FORMAT!r}: {to_fit(_PROGRAM)}")
    if content != encoded(scale):
        raise ModelError(
            f"{file} was changed since it was fitted (its seal does not fit): {to_fit(_PROGRAM)}"
        )
    return scale


def encoded(scale: Scale) -> bytes:
    """Return the content of a scale's file, with its seal."""
    unsealed = msgspec.json.encode(replace(scale, seal=""))
    sealed = replace(scale, seal=sha256(unsealed).hexdigest())
    return msgspec.json.format(msgspec.json.encode(sealed), indent=1) + b"\n"
