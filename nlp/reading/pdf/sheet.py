"""One page as its lines of prose and its rows of cells, from the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from nlp.reading.pdf.glyphs import TAB, Glyph, glyphs
from nlp.reading.pdf.ruled import Ruled, tables
from nlp.reading.pdf.rules import rules
from nlp.reading.pdf.writing import Writing, columns_of, joined, lines, spaced

_CLOSE = 1.0
"""Digits closer than this, in points, are of one number."""


@dataclass(frozen=True)
class Line:
    """A line of prose or a row of cells as it will be written; `top` and `bottom` tell where it stands."""

    written: Writing
    is_row: bool
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.written)


@dataclass(frozen=True)
class Sheet:
    """A page: its number from 1, its height in points, its lines from the top."""

    number: int
    height: float
    lines: list[Line]


def sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """Read a page."""
    found, turn, height = glyphs(page, number)
    ruled = tables(rules(page, turn))
    outside, cells = _sorted_in(found, ruled)
    read = [_line(line) for line in lines(outside)]
    for table, texts in zip(ruled, cells, strict=True):
        read += _rows(table, texts)
    read.sort(key=lambda line: -line.top)
    return Sheet(number, height, read)


Cells = dict[int, list[Glyph]]


def _sorted_in(found: Sequence[Glyph], ruled: Sequence[Ruled]) -> tuple[list[Glyph], list[Cells]]:
    """Sort characters into the cells of the tables; the first value holds those outside.

    A number that is wider than its cell goes where its middle is.
    """
    outside: list[Glyph] = []
    cells: list[Cells] = [{} for _ in ruled]
    for run in _numbers_whole(found):
        x = (run[0].left + run[-1].right) / 2
        y = (run[0].bottom + run[0].top) / 2
        for table, texts in zip(ruled, cells, strict=True):
            if (cell := table.cell(x, y)) is not None:
                texts.setdefault(cell, []).extend(run)
                break
        else:
            outside += run
    return outside, cells


def _numbers_whole(found: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return digits that stand close together as one, everything else by itself."""
    runs: list[list[Glyph]] = []
    last: Glyph | None = None
    for glyph in found:
        digit = "0" <= glyph.text <= "9" or glyph.text in ".,"
        if digit and last and glyph.bottom == last.bottom and abs(glyph.left - last.right) < _CLOSE:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph if digit else None
    return runs


def _rows(table: Ruled, texts: Cells) -> list[Line]:
    """Return the rows of a table; one that holds no text at all is left out."""
    edges = _right_edges(table)
    rows = []
    for n, row in enumerate(table.rows()):
        if all(cell is None for cell in row):
            continue
        written: Writing = []
        for place, cell in enumerate(row):
            if place:
                written.append(TAB)
            if cell is not None and cell in texts:
                written += _cell(texts[cell], edges[cell])
        if any(glyph.page for glyph in written):
            rows.append(Line(written, True, table.xs[0], table.xs[-1], table.ys[n + 1], table.ys[n]))
    return rows


def _right_edges(table: Ruled) -> dict[int, float]:
    return {cell: table.xs[n + 1] for row in table.cells for n, cell in enumerate(row)}


def _cell(found: list[Glyph], right: float) -> Writing:
    if upright := columns_of(found):
        return [glyph for column in upright for glyph in column]
    return joined(lines(found), right)


def _line(line: Writing) -> Line:
    bottom, top = min(glyph.bottom for glyph in line), max(glyph.top for glyph in line)
    return Line(spaced(line), False, line[0].left, line[-1].right, bottom, top)
