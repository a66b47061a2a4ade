"""Leaves open whose number it is that a file prints in one cell beside the labels of several rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nlp.form.form import Table
from nlp.reading.document import GivenTable
from nlp.tables.columns.candidates import Candidate
from nlp.tables.page.tokens import Token
from nlp.text.cell_text import Content, read_cell
from nlp.text.folding import filled
from nlp.text.lines import Line


class SharedCell(NamedTuple):
    """A number in a cell over several rows: its place on its line, and the last line of these rows."""

    line: int
    start: int
    end: int
    last_line: int

    def holds(self, token: Token | None) -> bool:
        """Return whether a token stands in it."""
        return token is not None and token.line == self.line and self.start <= token.start < self.end

    def is_beside(self, line: int) -> bool:
        """Return whether a line is that of one of its rows."""
        return self.line <= line <= self.last_line


def shared_cells(tables: Sequence[GivenTable], lines: Sequence[Line]) -> list[SharedCell]:
    """Return the cells of a document's tables that hold a number and span several rows with text.

    `lines` are those of the document.
    """
    if not tables:
        return []
    starts = [line.start for line in lines]
    shared = []
    for table in tables:
        cells = [cell for row in table.rows for cell in row if cell.row_span > 1]
        for cell in cells:
            line = lines[bisect_right(starts, cell.start) - 1]
            start, end = cell.start - line.start, cell.end - line.start
            content = read_cell(filled(line.folded[start:end])).content
            if content in (Content.NUMBER, Content.UNREADABLE):
                last_row = table.rows[cell.row : cell.row + cell.row_span][-1]
                last = max((other.start for other in last_row), default=cell.start)
                shared.append(SharedCell(line.n, start, end, bisect_right(starts, last)))
    return shared


def with_shared_cells_open(
    rows: Mapping[str, Sequence[Candidate]],
    table: Table,
    label_lines: Mapping[str, int],
    shared: Sequence[SharedCell],
) -> Mapping[str, Sequence[Candidate]]:
    """Return the candidates of rows, open where one cell's number stands beside the labels of several rows.

    `label_lines` are the lines on which the labels of the rows end. In the column of such a number every row
    that its cell covers is left open: it may be that row's, another's, or that of all of them together.
    """
    opened = dict(rows)
    for cell in shared:
        beside = [row for row, line in label_lines.items() if row in rows and cell.is_beside(line)]
        if len(beside) < 2:
            continue
        numbers: dict[str, Candidate] = {}
        for row in beside:
            for column, candidate in zip(table.row[row].columns, rows[row], strict=True):
                if cell.holds(candidate.token):
                    numbers[column] = Candidate.any_of((candidate.token, None))
        for row in beside:
            cells = zip(table.row[row].columns, opened[row], strict=True)
            opened[row] = [numbers.get(column, known) for column, known in cells]
    return opened
