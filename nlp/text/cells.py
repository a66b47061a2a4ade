"""The units and placeholders that cells of tables print, from data/cells.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from nlp.resources import knowledge

_CELLS = knowledge("cells")
_UNITS: dict[str, Any] = _CELLS["units"]
NUMBERS: dict[str, list[str]] = _CELLS["numbers"]
"""The words and marks by which a cell says a number: zeros, changes, marks of footnotes, further counters."""
COMPARING: list[str] = _CELLS["headers"]["comparing"]
"""Words of headers of columns that compare a year with the one before."""
NOTES: dict[str, list[str]] = _CELLS["notes"]
"""How remarks and notes begin, and the words by which they correct numbers, or tell their year or unit."""
THIS_YEAR: list[str] = _CELLS["headers"]["this_year"]
"""Names of the report's year over one of several groups of columns; `YEAR` stands for its number."""
WHOLE_AGENCY: list[str] = _CELLS["headers"]["whole"]
"""Names of what is counted for the whole agency over one of several groups of columns."""
OVER_LABELS: frozenset[str] = frozenset(_CELLS["headers"]["labels"])
"""Headers of the column of the rows' labels."""
ROW_NUMBERS: frozenset[str] = frozenset(_CELLS["headers"]["row_numbers"])
"""Headers of a column that counts the rows."""
DECREASES: list[str] = _CELLS["headers"]["decreases"]
"""Words of headers of columns that have decreases alone, without a sign."""
SHARES: list[str] = _CELLS["headers"]["shares"]
"""Words of headers of columns that have shares of a whole."""
LABELS: dict[str, list[str]] = _CELLS["labels"]
"""What labels say beside the names of rows and columns: words and remarks that leave these what they are."""
_PLACEHOLDERS: dict[str, Any] = _CELLS["placeholders"]


def any_of(words: Iterable[str]) -> str:
    """Return an expression for any of some words, the longest that fits.

    >>> any_of(["元", "万元"])
    '(?:万元|元)'
    """
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def longest_of(forms: Iterable[str]) -> str:
    """Return an expression for any of some expressions, ungrouped, the longest of them first.

    >>> longest_of(["局", "管理.?局"])
    '管理.?局|局'
    """
    return "|".join(sorted(forms, key=len, reverse=True))


CONTINUED: str = longest_of(_CELLS["headers"]["continued"])
"""An expression for what pages print beside the parts of a table that goes on, brackets apart."""
MONEY: dict[str, int] = _UNITS["money"]
"""How many yuan each unit of money is."""
MULTIPLES: dict[str, int] = _UNITS["multiples"]
"""How many of what is counted each word is; beside money, how many yuan."""
LARGEST_UNASKED: int = _UNITS["largest_unasked"]
"""From this amount on the form's own unit is not that of an amount where the page tells none."""
COUNTED: dict[str, int] = _UNITS["counted"]
"""How many of what is counted a number is, by the word before its counter."""
UNITS: tuple[str, ...] = (*MONEY, *MULTIPLES, *_UNITS["counters"])
"""What may stand behind a number of a table."""
DOUBTFUL_UNITS: tuple[str, ...] = tuple(_UNITS["doubtful"])
"""Units that make a line look like values, though no table of the form has them."""
NO_UNITS: tuple[str, ...] = tuple(_UNITS["none"])
"""What follows a number that is no value of a table."""
MONEY_UNIT = any_of(MONEY)
COUNTER = any_of(_UNITS["counters"])
UNIT = rf"(?:{MONEY_UNIT}|{any_of(COUNTED)}?{COUNTER}|{any_of(MULTIPLES)})"
UNIT_ENDS = "".join(sorted({unit[-1] for unit in UNITS}))
"""The characters that units end in."""

DASH: str = _PLACEHOLDERS["dash"]
DASHES: int = _PLACEHOLDERS["dashes"]
"""A placeholder has so many dashes at most."""
SIGNS: tuple[str, ...] = tuple(_PLACEHOLDERS["signs"])
WORDS: tuple[str, ...] = tuple(_PLACEHOLDERS["words"])
"""Placeholders of Chinese characters."""
DOUBTFUL_PLACEHOLDERS: tuple[str, ...] = tuple(_PLACEHOLDERS["doubtful"])
"""Placeholders that make a line look like values, though tables do not read them as blank cells."""
PLACEHOLDERS_ALONE: tuple[str, ...] = tuple(_PLACEHOLDERS["alone"])
"""Further placeholders, of cells that are parted from others."""
PLACEHOLDERS: tuple[str, ...] = (*SIGNS, *WORDS, *(DASH * count for count in range(1, DASHES + 1)))
"""What a blank cell prints, every number of dashes one of them."""
PLACEHOLDER = any_of(PLACEHOLDERS)
PLACEHOLDER_STARTS = frozenset(placeholder[0] for placeholder in PLACEHOLDERS)
PLACEHOLDER_ENDS = re.escape("".join(sorted({placeholder[-1] for placeholder in PLACEHOLDERS})))
"""The characters that placeholders end in, as they stand in a class of characters."""
SIGN_CLASS = re.escape("".join(SIGNS))
"""The signs as they stand in a class of characters."""
NUMBER_BELOW = "\v"
"""Stands in the text of a cell, which is one line, between two numbers that the cell has on two lines.

Nobody can tell whether these are two numbers or one that was broken: a space between them would join them.
"""
UNREAD = "\ufffd"
"""Stands for what could not be decoded, or not be read for certain: alone, for all that a cell holds."""
