"""Finds the numbers that a page prints in another way than by digits alone: `约12件`, `↓12`, `3 . 5`."""

from __future__ import annotations

import re

from nlp.tables.page.brackets import UNIT_IN_BRACKETS
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import NUMBER_BELOW, NUMBERS, UNIT, any_of

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
WITH_UNIT = rf"{_NUMBER}(?:\s?{UNIT}|\s?{UNIT_IN_BRACKETS})?"
_ON_LINES = re.compile(rf"(?<![^\s|]){WITH_UNIT}(?:{NUMBER_BELOW}{WITH_UNIT})+(?=\s|$|\()")
"""Numbers on lines of their own in one cell, which cannot be told apart from one that is broken."""
_PLAIN_NUMBER = re.compile(rf"{_NUMBER}(?:{UNIT})?")
_KINDS_BEFORE = ("inexact", "currency", "lost", "compared", "more", "less", "plus", "minus", "joints")
CHANGES = (*NUMBERS["more"], *NUMBERS["less"])
_BEFORE = [word for kind in _KINDS_BEFORE for word in NUMBERS[kind]]
_CHANGE = rf"(?<!{any_of(NUMBERS['joints'])}\s){any_of(CHANGES)}\s"
_WORD_WITH_DIGIT = re.compile(
    rf"(?<![^\s|])(?:{_CHANGE}|{any_of([*_BEFORE, *'±共(.'])}{{,3}})\d[^\s|]*"
    rf"(?:\s{any_of(CHANGES)}(?=\s*$)|(?<![-,]))(?!\S)"
)
"""A word that may print a number in another way than by digits alone: `约12件`, `↓12`, `减 5`."""
_DECIMAL_IN_TWO = rf"[+-]?\d+(?:\s[.,]\s?|[.,]\s)\d+(?:\s?{UNIT})?"
"""A number with white space beside its point: it may be one or two, but `12.` before a 5 is no label."""
_SPLIT_DECIMAL = re.compile(_DECIMAL_IN_TWO)
_INEXACT = rf"\d[\d.,]*\s[百千万]?{any_of(NUMBERS['inexact'])}\s?{UNIT}?"
"""A number that words behind white space make inexact: `3 万余件`."""
UNREADABLE_LAST = re.compile(rf"(?<![^\s,;])({_DECIMAL_IN_TWO}|{_INEXACT})[\s,;]*$")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"[\d.,]+")
_MAY_ENUMERATE = re.compile(r"\(\d\)|\d{1,2}[.、)](?!\d)")


def are_several(text: str) -> bool:
    """Return whether a cell that cannot be read holds several numbers, none of them split by white space."""
    is_split = _SPLIT_DECIMAL.fullmatch(text) is not None or len(_DIGITS.findall(text)) == 1
    return " " in text and not is_split


def special_number(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a word stands that a cell prints but no plain number: `↓12`, `1,2000`, `12余件`.

    Numbers that a cell prints below each other are no plain number either.
    """
    if _DIGIT.search(folded, start, end) is None:
        return None
    if NUMBER_BELOW in folded and (on_lines := _ON_LINES.search(folded, start, end)):
        return on_lines.span()
    for word in _WORD_WITH_DIGIT.finditer(folded, start, end):
        text = word.group()
        if text.isdecimal() or _PLAIN_NUMBER.fullmatch(text) or _MAY_ENUMERATE.match(text):
            continue
        is_whole = text.count("(") == text.count(")")
        is_value = read_cell(text).content in (Content.NUMBER, Content.UNREADABLE)
        if is_whole and is_value and len(_DIGITS.findall(text)) == 1:
            return word.span()
    return None
