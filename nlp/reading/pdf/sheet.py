"""Reads one page of a PDF as lines of prose and rows of table cells, from the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from numpy.typing import NDArray

from nlp.reading.document import GivenCell
from nlp.reading.pdf.columns import Column, columns
from nlp.reading.pdf.glyphs import Glyphs, writing
from nlp.reading.pdf.homes import at_home
from nlp.reading.pdf.objects import objects_of
from nlp.reading.pdf.raised import without_raised_digits
from nlp.reading.pdf.ruled import OUTSIDE, RuledTable, ruled_tables
from nlp.reading.pdf.rules import Rules, rules
from nlp.reading.pdf.struck import struck_shares, without_struck_digits
from nlp.reading.pdf.unseen import without_unseen
from nlp.reading.pdf.writing import (
    TextRun,
    Writing,
    is_in_one_column,
    joined,
    lines,
    spaced,
    text_runs,
    vertical_columns,
)

_LINES_OF_PROSE = 3
"""A cell that has a row to itself and so many lines of writing holds prose."""


class PageLine(NamedTuple):
    """A line of prose, or a row of table cells separated by tabs.

    `text` is what `written` amounts to; `left`, `right`, `bottom` and `top` are the edges of the line, or of
    the row in the grid of its table, in points from the lower left corner of the page.
    """

    text: str
    written: Writing
    is_row: bool
    left: float
    right: float
    bottom: float
    top: float
    edges: tuple[float, float] | None = None
    """The left and right edge of its column of prose; None where there are no columns side by side."""
    table: RuledTable | None = None
    """Its table; None for a line of prose."""
    cells: tuple[tuple[GivenCell, ...], ...] = ()
    """The cells that begin in its row, and those of the rows without text beside it, for each row.

    Their places count from the beginning of the line.
    """

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Sheet(NamedTuple):
    """A page: its number from 1, its height in points, its lines from the top of the page."""

    number: int
    height: float
    lines: list[PageLine]


def sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    """Read a page; `number` counts from 1. Raises Unreadable (`too_large`) for a page that is a drawing."""
    with closing(page.get_textpage()) as text:
        written = writing(page, text, number)
        if is_in_one_column(written.characters):
            return sheet_of_writing(written.characters, Rules(), number, written.height)
        objects = objects_of(page)
        characters = without_unseen(page, text, written, objects)
    return sheet_of_writing(characters, rules(objects, written.turn), number, written.height)


def sheet_of_writing(characters: Glyphs, ruled: Rules, number: int, height: float) -> Sheet:
    """Return the page that characters and ruled lines, set upright, make; its height is in points.

    A page of one column has no tables: it is given without lines.
    """
    shares, ruled = struck_shares(characters, ruled)
    tables = ruled_tables(ruled)
    characters, homes, first_cells = at_home(characters, tables)
    if shares is not None:
        characters, homes = without_struck_digits(characters, homes, shares)
    if tables:
        characters, homes = without_raised_digits(characters, homes)
    return sheet_of(characters, homes, tables, first_cells, number, height)


def sheet_of(
    characters: Glyphs,
    homes: NDArray[Any],
    tables: Sequence[RuledTable],
    first_cells: Sequence[int],
    number: int,
    height: float,
) -> Sheet:
    """Return the page that characters and ruled tables make.

    `homes` [characters] are the numbers of the characters' cells, counted through all tables, OUTSIDE for
    prose; `first_cells` are the numbers of the tables' first cells.
    """
    runs = text_runs(characters, homes, number)
    for table, first_cell in zip(tables, first_cells, strict=True):
        runs = _with_prose_outside(runs, table, first_cell)
    blocks = [_lines_of_block(block) for block in columns(lines(runs.get(OUTSIDE, [])))]
    for table, first_cell in zip(tables, first_cells, strict=True):
        blocks += ([row] for row in _rows(table, first_cell, runs))
    blocks.sort(key=lambda block: -block[0].top)
    return Sheet(number, height, [line for block in blocks for line in block])


def _with_prose_outside(
    runs: Mapping[int, list[TextRun]], table: RuledTable, first_cell: int
) -> dict[int, list[TextRun]]:
    """Return runs by where they belong, those of a table's cells that hold prose outside of all cells.

    A cell that has a row to itself and several lines of writing is a part of a page that lines frame, such as
    what stands around the tables of a printed site.
    """
    homes = dict(runs)
    for cell in table.whole_rows():
        of_cell = homes.get(first_cell + cell)
        if of_cell and len(lines(of_cell)) >= _LINES_OF_PROSE:
            homes[OUTSIDE] = [*homes.get(OUTSIDE, []), *homes.pop(first_cell + cell)]
    return homes


def _lines_of_block(block: Sequence[Column]) -> list[PageLine]:
    return [_line(line, column.edges) for column in block for line in column.lines]


def _rows(table: RuledTable, first_cell: int, runs: Mapping[int, list[TextRun]]) -> list[PageLine]:
    """Return the rows of a table that hold text; a cell over several rows is written in the first one.

    `first_cell` is the number of its first cell among those of all tables of the page.
    """
    rows: list[PageLine] = []
    extents = table.extents()
    without_text: list[tuple[GivenCell, ...]] = []
    for y, row in enumerate(table.rows()):
        written: Writing = []
        texts: list[str] = []
        cells: list[GivenCell] = []
        length = 0
        for place, (cell, right) in enumerate(row):
            if place > 0:
                written.append("\t")
                texts.append("\t")
                length += 1
            cell_runs = None if cell is None else runs.get(first_cell + cell)
            start = length
            if cell_runs:
                of_cell = list(_cell(cell_runs, right))
                written += of_cell
                texts.append(_text(of_cell))
                length += len(texts[-1])
            if cell is not None:
                cells.append(GivenCell(*extents[cell], start, length))
        tabs = len(row) - 1
        if len(written) > tabs:
            left, right = table.xs[0], table.xs[-1]
            bottom, top = table.ys[y + 1], table.ys[y]
            given = (*without_text, tuple(cells))
            without_text.clear()
            text = "".join(texts)
            rows.append(PageLine(text, written, True, left, right, bottom, top, None, table, given))
        elif rows:
            end = len(rows[-1].text)
            blank_cells = tuple(cell._replace(start=end, end=end) for cell in cells)
            rows[-1] = rows[-1]._replace(cells=(*rows[-1].cells, blank_cells))
        else:
            without_text.append(tuple(cell._replace(start=0, end=0) for cell in cells))
    return rows


def _cell(runs: list[TextRun], right: float) -> Iterable[TextRun | str]:
    """Return the text of a cell, whose right edge is `right`, in one line."""
    if len(runs) == 1 and not (runs[0].text[0].isspace() or runs[0].text[-1].isspace()):
        return runs
    vertical = vertical_columns(runs)
    if vertical:
        return [character for column in vertical for character in column]
    return joined(lines(runs), right)


def _line(line: list[TextRun], edges: tuple[float, float] | None = None) -> PageLine:
    written = spaced(line)
    bottom = min(min(run.boxes.bottom[run.first : run.last]) for run in line)
    top = max(max(run.boxes.top[run.first : run.last]) for run in line)
    return PageLine(_text(written), written, False, line[0].left, line[-1].right, bottom, top, edges)


def _text(written: Iterable[TextRun | str]) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in written)
