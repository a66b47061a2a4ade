"""The probability that a cell is read right in its circumstances, by weights that were fitted."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from hashlib import sha256
from math import exp
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from nlp.labelling.model_folder import ModelError, fitted, to_fit
from nlp.resources import folder
from nlp.tables.circumstances import Circumstances

FORMAT = "nianbao.confidence/1"
_PROGRAM = "python -m training.confidence"
PAIR = ": "
"""Stands between the two circumstances of a pair."""
DIGITS = 5
"""Confidences are told with so many decimals."""


class Step(Struct, frozen=True, array_like=True):
    """Where the weights of a cell come to `score`, the logarithm of its odds is `log_odds`."""

    score: float
    log_odds: float


class Scale(Struct, frozen=True):
    """What makes a probability of circumstances.

    - `format`: FORMAT.
    - `weights`: the weight of each feature, in log odds. A pair of circumstances that was never seen weighs
      nothing, as its parts do already; any other that was never seen is taken for the worst.
    - `intercept`: what the weights are added to.
    - `steps`: what a score is worth, lowest first; between two steps it is told by a straight line.
    - `seal`: the SHA-256 of this file as it would be with an empty seal.
    """

    format: str
    intercept: float
    weights: dict[str, float]
    steps: tuple[Step, ...]
    seal: str = ""

    def score(self, cell: Circumstances) -> float:
        """Return the sum of the weights of a cell's circumstances."""
        worst = min(self.weights.values())
        score = self.intercept
        for feature in cell.features():
            score += self.weights.get(feature, 0.0 if PAIR in feature else worst)
        return score

    def probability(self, cell: Circumstances) -> float:
        """Return the probability that a cell is read right, from 0 to 1.

        >>> from nlp.tables.circumstances import Setting, Way
        >>> flat = Scale(FORMAT, 0.0, {"way given": 1.0}, (Step(-9.0, 0.0), Step(9.0, 0.0)))
        >>> flat.probability(Circumstances(Setting("given_cells"), Way.GIVEN, "zero", "none", "none"))
        0.5
        """
        return 1 / (1 + exp(-self._log_odds(self.score(cell))))

    def _log_odds(self, score: float) -> float:
        place = bisect_right([step.score for step in self.steps], score)
        if place in (0, len(self.steps)):
            return self.steps[max(0, place - 1)].log_odds
        before, behind = self.steps[place - 1], self.steps[place]
        share = (score - before.score) / (behind.score - before.score)
        return before.log_odds + share * (behind.log_odds - before.log_odds)


def path() -> Path:
    """Return the file of the scale that ships."""
    return folder("models") / "cells" / "confidence.json"


@cache
def shipped() -> Scale:
    """Return the scale that ships; raises ModelError where its file is damaged."""
    return read(path())


@lru_cache(maxsize=1 << 14)
def confidence(cell: Circumstances) -> float:
    """Return the probability that a cell is read right, as records tell it."""
    return round(shipped().probability(cell), DIGITS)


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
