"""One page as its lines of prose and its rows of cells, from the top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from nlp.reading.pdf.columns import Column, columns
from nlp.reading.pdf.glyphs import Glyphs, glyphs
from nlp.reading.pdf.ruled import OUTSIDE, Ruled, tables
from nlp.reading.pdf.rules import rules
from nlp.reading.pdf.writing import Piece, Writing, columns_of, in_one_file, joined, lines, pieces, spaced

_CLOSE = 1.0
"""Digits closer than this, in points, are of one number."""
_NUMBERS = np.zeros(0x80, np.bool_)
_NUMBERS[list(b"0123456789.,")] = True


class Line(NamedTuple):
    """A line of prose or a row of cells as it will be written; `top` and `bottom` tell where it stands."""

    text: str
    written: Writing
    is_row: bool
    left: float
    right: float
    bottom: float
    top: float
    edges: tuple[float, float] | None = None
    """Where the column of prose that it is of begins and ends, where several stand side by side."""

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Sheet(NamedTuple):
    """A page: its number from 1, its height in points, its lines from the top."""

    number: int
    height: float
    lines: list[Line]


def sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """Read a page."""
    found, turn, height = glyphs(page, number)
    ruled = [] if in_one_file(found) else tables(rules(page, turn))
    homes, firsts = _homes(found, ruled)
    cells = pieces(found, homes, number)
    blocks = [_block(block) for block in columns(lines(cells.get(OUTSIDE, [])))]
    for table, first in zip(ruled, firsts, strict=True):
        blocks += ([row] for row in _rows(table, first, cells))
    blocks.sort(key=lambda block: -block[0].top)
    return Sheet(number, height, [line for block in blocks for line in block])


def _block(block: Sequence[Column]) -> list[Line]:
    return [_line(row, column.edges) for column in block for row in column.rows]


def _homes(found: Glyphs, ruled: Sequence[Ruled]) -> tuple[NDArray[Any], list[int]]:
    """Return where each character belongs, OUTSIDE or a cell of a table, and the tables' first cells.

    A number that is wider than its cell belongs where its middle is.
    """
    if not len(found.codes):
        return found.codes, [0] * len(ruled)
    first, last = _numbers_whole(found)
    x, y = (found.left[first] + found.right[last]) / 2, (found.bottom[first] + found.top[first]) / 2
    homes = np.full(len(first), OUTSIDE)
    firsts, count = [], 0
    for table in ruled:
        within = table.at(x, y)
        homes = np.where((homes == OUTSIDE) & (within != OUTSIDE), within + count, homes)
        firsts.append(count)
        count += table.fields
    return np.repeat(homes, last - first + 1), firsts


def _numbers_whole(found: Glyphs) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the first and the last character of each number; every other character is by itself."""
    digit = _NUMBERS[np.minimum(found.codes, 0x7F)]
    goes_on = digit[1:] & digit[:-1] & (found.bottom[1:] == found.bottom[:-1])
    goes_on &= np.abs(found.left[1:] - found.right[:-1]) < _CLOSE
    first = np.flatnonzero(np.concatenate(([True], ~goes_on)))
    return first, np.append(first[1:], len(digit)) - 1


def _rows(table: Ruled, first: int, cells: dict[int, list[Piece]]) -> list[Line]:
    """Return the rows of a table; one that holds no text at all is left out."""
    rows = []
    for n, row in enumerate(table.rows()):
        written: Writing = []
        for place, (cell, right) in enumerate(row):
            if place:
                written.append("\t")
            if cell is not None and (found := cells.get(first + cell)):
                written += _cell(found, right)
        if len(written) >= len(row):
            text = "".join(one if isinstance(one, str) else one.text for one in written)
            rows.append(Line(text, written, True, table.xs[0], table.xs[-1], table.ys[n + 1], table.ys[n]))
    return rows


def _cell(found: list[Piece], right: float) -> Iterable[Piece | str]:
    if len(found) == 1 and not (found[0].text[0].isspace() or found[0].text[-1].isspace()):
        return found
    if upright := columns_of(found):
        return [one for column in upright for one in column]
    return joined(lines(found), right)


def _line(line: list[Piece], edges: tuple[float, float] | None = None) -> Line:
    written = spaced(line)
    text = "".join(one if isinstance(one, str) else one.text for one in written)
    bottom = min(min(one.boxes.bottom[one.first : one.last]) for one in line)
    top = max(max(one.boxes.top[one.first : one.last]) for one in line)
    return Line(text, written, False, line[0].left, line[-1].right, bottom, top, edges)
