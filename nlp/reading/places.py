"""Where a text stands in documents without pages: in which table or paragraph, in which cell of a sheet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.reading.document import GivenCell, GivenTable
from nlp.record.model import Place, Span


class _Numbered(NamedTuple):
    """A cell and the number of its table, from 1."""

    table: int
    cell: GivenCell


class TablePlaces:
    """Places in the tables of a document, and in its paragraphs between them.

    Tables count as they are given, paragraphs are the lines outside of tables, all from 1.

    >>> table = GivenTable(((GivenCell(0, 0, 1, 1, 5, 7), GivenCell(0, 1, 1, 1, 8, 9)),))
    >>> places = TablePlaces("二、公开\\n规章\\t3\\n三、申请", [table])
    >>> places.of((8, 9)).text, places.of((10, 12)).text
    ('table 1 row 1 column 2', 'paragraph 2')
    """

    def __init__(self, text: str, tables: Sequence[GivenTable]) -> None:
        """Number the cells of tables and the paragraphs between them."""
        cells = [
            _Numbered(number, cell)
            for number, table in enumerate(tables, 1)
            for row in table.rows
            for cell in row
            if cell.start < cell.end
        ]
        self._cells = sorted(cells, key=lambda numbered: numbered.cell.start)
        self._starts = [numbered.cell.start for numbered in self._cells]
        self._paragraphs = _paragraphs(text, self._cells)

    def of(self, span: Span) -> Place | None:
        """Return the place of a span."""
        start, end = span
        n = bisect_right(self._starts, start) - 1
        if n >= 0 and self._cells[n].cell.end >= end:
            number, cell = self._cells[n]
            return Place(table=number, row=cell.row + 1, column=cell.column + 1)
        before = bisect_right(self._paragraphs, start)
        return Place(paragraph=before) if before else None


def _paragraphs(text: str, cells: Sequence[_Numbered]) -> list[int]:
    """Return where the lines begin that hold no cell."""
    in_tables = {text.rfind("\n", 0, numbered.cell.start) + 1 for numbered in cells}
    starts = []
    start = 0
    for line in text.split("\n"):
        if line and start not in in_tables:
            starts.append(start)
        start += len(line) + 1
    return starts


@dataclass(frozen=True)
class SheetPlaces:
    """Places in the sheets of a workbook.

    `starts` are where its texts begin, ascending, `cells` the sheet and the address of each.

    >>> SheetPlaces([0, 5], [("表一", "A1"), ("表一", "B2")]).of((5, 6)).text
    '表一!B2'
    """

    starts: Sequence[int]
    cells: Sequence[tuple[str, str]]

    def of(self, span: Span) -> Place | None:
        """Return the place of a span."""
        n = bisect_right(self.starts, span[0]) - 1
        if n < 0:
            return None
        sheet, cell = self.cells[n]
        return Place(sheet=sheet, cell=cell)
