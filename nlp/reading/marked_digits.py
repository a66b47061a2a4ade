"""Tells which raised, lowered or struck-out characters of a table cell are no part of its number."""

from __future__ import annotations

import re

from nlp.text.cells import UNIT
from nlp.text.folding import filled, fold

_NUMBER = re.compile(rf"[+-]?\d[\d,]*(?:\.\d+)?\s*(?:{UNIT})?")
_LONGEST = 40
"""In characters: no number of a table is longer."""


def are_left_out(marked: str, rest: str, struck: bool = False) -> bool:
    """Return whether the marked characters of a cell are left out: where the rest of it is a number.

    Struck-out numbers are left out of a cell without anything else as well: the cell is blank.

    >>> are_left_out("1", "12"), are_left_out("5", " 12 件", struck=True), are_left_out("1", "规章")
    (True, True, False)
    >>> are_left_out("5", "", struck=True), are_left_out("5", "")
    (True, False)
    """
    if not rest.strip():
        return struck and is_number(marked)
    return bool(marked.strip()) and is_number(rest)


def is_number(text: str) -> bool:
    """Return whether a text is a number, with its unit or without.

    >>> is_number("1,234"), is_number("53.6 万元"), is_number("①"), is_number("3 5")
    (True, True, False, False)
    """
    text = text.strip()
    return len(text) <= _LONGEST and _NUMBER.fullmatch(filled(fold(text)).strip()) is not None
