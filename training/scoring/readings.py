"""Reads a cell of a record as a state and, if a number is printed, its value, and compares two such."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from nlp.form.form import money_unit
from nlp.record.model import Number, OnPage
from nlp.text.cells import DASH, MONEY, MONEY_UNIT, SIGN_CLASS, WORDS, any_of
from nlp.text.folding import filled, fold
from training.scoring.gold import Cell, StatedCell

Kind = Literal["number", "zero", "blank", "missing", "ambiguous"]
Outcome = Literal["right", "wrong", "unanswered"]

_PRINTED = re.compile(rf"\s*([+-]?\d[\d,]*(?:\.\d+)?)\s*({MONEY_UNIT})?\D*", re.ASCII)
_PLACEHOLDER = re.compile(rf"\s*(?:[{SIGN_CLASS}{DASH}]*|{any_of(WORDS)})\s*")
"""A cell typed by hand: any run of signs is a placeholder, and nothing is."""


class Reading(Struct, frozen=True, gc=False):
    """What a page has in a cell, and its value, which is None unless that is `printed`."""

    state: OnPage
    value: Number | None = None
    confidence: float = 1.0

    @property
    def kind(self) -> Kind:
        """The state, or for a printed number `zero` or `number`: most cells of most reports are 0."""
        if self.state == "printed":
            return "number" if self.value else "zero"
        return self.state


MISSING = Reading("missing")
_BLANK = Reading("blank")


def reading(cell: Cell) -> Reading:
    """Return the state and value of a cell; a text must be `is_readable`, and is read as printed.

    >>> reading(12), reading(None).state, reading("251000元").value, reading("/").state
    (Reading(state='printed', value=12, confidence=1.0), 'blank', 25.1, 'blank')
    """
    if isinstance(cell, StatedCell):
        state = cell.decided if cell.state in ("corrected", "confirmed") else cell.state
        return _stated(state, cell.value, cell.confidence)
    return _bare(cell)


@lru_cache(maxsize=1 << 12)
def _stated(state: OnPage | None, value: Number | None, confidence: float) -> Reading:
    """Return the reading of a cell of a full record, blank if it has neither a value nor another state."""
    if state is None or state == "printed":
        state = "blank" if value is None else "printed"
    return Reading(state, value if state == "printed" else None, confidence)


@lru_cache(maxsize=1 << 12)
def _bare(cell: Number | str | None) -> Reading:
    """Return the reading of a gold cell that is a bare value."""
    if cell is None:
        return _BLANK
    if isinstance(cell, str):
        return _as_printed(cell)
    return Reading("printed", cell)


def is_readable(printed: str) -> bool:
    """Return whether a cell given as a text is a number or a placeholder.

    >>> is_readable("53.6318 万元"), is_readable("—"), is_readable("twelve")
    (True, True, False)
    """
    return bool(_PRINTED.fullmatch(printed) or _PLACEHOLDER.fullmatch(filled(fold(printed))))


def _as_printed(text: str) -> Reading:
    number = _PRINTED.fullmatch(text)
    if number is None:
        return _BLANK
    value = float(number[1].replace(",", ""))
    unit = number[2] or money_unit()
    return Reading("printed", round(value * (MONEY[unit] / MONEY[money_unit()]), 9))


def outcome(gold: Reading, predicted: Reading) -> Outcome:
    """Return whether a predicted cell is right; `missing` and `ambiguous` are unanswered, not wrong.

    >>> outcome(Reading("printed", 3), Reading("blank")), outcome(Reading("printed", 3), MISSING)
    ('wrong', 'unanswered')
    """
    if predicted.state == gold.state and _equal(gold.value, predicted.value):
        return "right"
    return "unanswered" if predicted.state in ("missing", "ambiguous") else "wrong"


def _equal(gold: Number | None, predicted: Number | None) -> bool:
    """Return whether two values are equal up to rounding: 251000 元 may come out one bit off 25.1 万元."""
    if gold == predicted:
        return True
    return gold is not None and predicted is not None and math.isclose(gold, predicted, rel_tol=1e-12)
