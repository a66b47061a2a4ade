"""Tells to which cell of a page's ruled tables each character belongs; numbers belong to cells as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.pdf.glyphs import Glyphs, Numbers
from nlp.reading.pdf.ruled import OUTSIDE, RuledTable
from nlp.text.cells import UNREAD

_CLOSE = 1.0
"""In points: digits that are closer belong to one number."""
_OVERLAP = 0.3
"""In widths: a digit of a number overlaps the one before by no more."""
_UNEVEN = 0.05
"""In heights: digits of one number are no further from even steps, or from even gaps."""
_CENTRED = 0.25
"""In widths of a cell: the middle of a number that is wider than it is no further from its own."""
_IS_NUMERIC = np.zeros(0x80, np.bool_)
_IS_NUMERIC[list(b"0123456789.,")] = True


def at_home(characters: Glyphs, tables: Sequence[RuledTable]) -> tuple[Glyphs, NDArray[Any], list[int]]:
    """Return the characters, where each belongs, and the number of each table's first cell.

    A character's home is OUTSIDE or the number of its cell, counted through all tables. A number belongs as
    a whole to the cell at its middle, even where it is wider than the cell. Where it may be two numbers that
    touch, of two cells, both cells are unread.
    """
    if not tables or not len(characters.codes):
        return characters, np.full(len(characters.codes), OUTSIDE), [0] * len(tables)
    first, last = _whole_numbers(characters)
    longer = np.flatnonzero(last > first)
    ends = np.concatenate((first[longer], last[longer]))
    x = (characters.left[first] + characters.right[last]) / 2
    y = (characters.bottom[first] + characters.top[first]) / 2
    x_of_ends = (characters.left[ends] + characters.right[ends]) / 2
    of_numbers = _cells(tables, np.concatenate((x, x_of_ends)), np.concatenate((y, y[longer], y[longer])))
    homes = np.repeat(of_numbers[: len(first)], last - first + 1)
    of_first, of_last = of_numbers[len(first) :].reshape(2, -1)
    codes = characters.codes.copy()
    is_astride = (of_first != of_last) & (of_first != OUTSIDE) & (of_last != OUTSIDE)
    for run in longer[is_astride].tolist():
        inside = np.arange(first[run], last[run] + 1)
        digits = characters.taken(inside)
        if not _is_one(digits, tables, x[run], y[run]):
            codes[inside] = ord(UNREAD)
            homes[inside] = _cells(tables, (digits.left + digits.right) / 2, np.repeat(y[run], len(inside)))
    first_cells = [0, *accumulate(table.fields for table in tables)][: len(tables)]
    return characters._replace(codes=codes), homes, first_cells


def _cells(tables: Sequence[RuledTable], x: Numbers, y: Numbers) -> NDArray[np.intp]:
    """Return the number of the cell at each point, counted through all tables, OUTSIDE for none."""
    homes = np.full(len(x), OUTSIDE)
    cells = 0
    for table in tables:
        cell = table.cells_at(x, y)
        homes = np.where((homes == OUTSIDE) & (cell != OUTSIDE), cell + cells, homes)
        cells += table.fields
    return homes


def _whole_numbers(characters: Glyphs) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the first and the last character of each number; any other character stands by itself."""
    is_numeric = _IS_NUMERIC[np.minimum(characters.codes, 0x7F)]
    same_line = characters.bottom[1:] == characters.bottom[:-1]
    gap = characters.left[1:] - characters.right[:-1]
    width = characters.right[:-1] - characters.left[:-1]
    is_close = (gap < _CLOSE) & (gap > -np.maximum(_OVERLAP * width, _CLOSE))
    continues = is_numeric[1:] & is_numeric[:-1] & same_line & is_close
    first = np.flatnonzero(np.concatenate(([True], ~continues)))
    return first, np.append(first[1:], len(is_numeric)) - 1


def _is_one(number: Glyphs, tables: Sequence[RuledTable], x: float, y: float) -> bool:
    """Return whether digits that reach into several cells are one number, whose middle is given.

    Those of one number follow each other in even steps, or with even gaps, and its middle is near that of its
    cell.
    """
    height = float((number.top - number.bottom).max())
    steps, gaps = np.diff(number.left), number.left[1:] - number.right[:-1]
    if min(float(np.ptp(steps)), float(np.ptp(gaps))) > _UNEVEN * height:
        return False
    for table in tables:
        edges = table.edges_at(x, y)
        if edges is not None:
            left, right = edges
            return abs(x - (left + right) / 2) <= _CENTRED * (right - left)
    return True
