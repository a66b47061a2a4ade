"""Divides a sheet into paragraphs and tables, each cell with its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.document import Unreadable
from nlp.reading.spans import WIDEST, MarkupCell, TabbedTable, tabbed
from nlp.reading.xlsx.workbook import Area, Sheet, address
from nlp.text.enumerators import shape

_HEADING = re.compile(shape("row"))
_PROSE = 40
"""In characters: a longer text that stands alone in its row is a paragraph."""
_MOST_COVERED = 2_000_000
"""In cells: merged areas that cover more are of no report."""


class Paragraph(NamedTuple):
    """The text of a cell that stands alone in its row, and its address."""

    text: str
    address: str


class SheetTable(NamedTuple):
    """A table, and the addresses of its cells by their row and column in its grid, from 0."""

    tabbed: TabbedTable
    addresses: dict[tuple[int, int], str]


def parts(sheet: Sheet) -> Iterator[Paragraph | SheetTable]:
    """Yield what a sheet shows, from the top; hidden rows and columns are left out.

    Rows without text part tables. A text that stands alone in its row is a paragraph above and below a
    table, and within one where it is long or the heading of a chapter.
    """
    for rows in _bands(sheet):
        yield from _of_band(_Band(sheet, rows))


def _bands(sheet: Sheet) -> Iterator[list[int]]:
    """Yield the rows that stand together: between them are none that show nothing, but for merged ones."""
    with_text = {
        row for (row, column), text in sheet.cells.items() if text.strip() and _is_shown(sheet, row, column)
    }
    reach = {area.top: area.bottom for area in sorted(sheet.merged, key=lambda area: area.bottom)}
    existing = sorted({row for row, _ in sheet.cells if row not in sheet.hidden_rows})
    band: list[int] = []
    covered_to = 0
    for row in existing:
        if row in with_text or row <= covered_to:
            hidden_between = sum(1 for n in sheet.hidden_rows if band and band[-1] < n < row)
            if band and row - band[-1] - hidden_between > 1:
                yield band
                band = []
            band.append(row)
        if row in with_text:
            covered_to = max(covered_to, reach.get(row, 0))
    if band:
        yield band


def _is_shown(sheet: Sheet, row: int, column: int) -> bool:
    return row not in sheet.hidden_rows and not sheet.is_hidden_column(column)


class _Band:
    """Rows that stand together: their columns, and what merged areas cover."""

    def __init__(self, sheet: Sheet, rows: list[int]) -> None:
        self.sheet = sheet
        self.rows = rows
        of_rows = set(rows)
        used = {
            column
            for (row, column), text in sheet.cells.items()
            if row in of_rows and text.strip() and not sheet.is_hidden_column(column)
        }
        areas = [area for area in sheet.merged if area.bottom >= rows[0] and area.top <= rows[-1]]
        first = min(used, default=1)
        last = min(max(used, default=1), first + WIDEST - 1)
        self.columns = [n for n in range(first, last + 1) if not sheet.is_hidden_column(n)]
        self.area_of: dict[tuple[int, int], Area] = {}
        covered = 0
        for area in areas:
            for row in rows[_first(rows, area.top) : _first(rows, area.bottom + 1)]:
                for column in self.columns[
                    _first(self.columns, area.left) : _first(self.columns, area.right + 1)
                ]:
                    self.area_of[row, column] = area
                    covered += 1
            if covered > _MOST_COVERED:
                raise Unreadable("too_large", "the merged cells of a sheet cover more than any report's.")

    def own(self, row: int) -> list[int]:
        """Return the columns of the cells that begin in a row."""
        return [column for column in self.columns if self.begins(row, column)]

    def begins(self, row: int, column: int) -> bool:
        """Return whether a cell begins here: no merged area covers it from above or from the left."""
        area = self.area_of.get((row, column))
        return area is None or (area.top, area.left) == (row, column)

    def text(self, row: int, column: int) -> str:
        return self.sheet.cells.get((row, column), "").strip()

    def alone(self, row: int) -> int | None:
        """Return the column of the only cell of a row, None where there are others, without text as well."""
        own = self.own(row)
        with_text = [column for column in own if self.text(row, column)]
        if len(with_text) != 1:
            return None
        others = [column for column in own if (row, column) in self.sheet.cells and column != with_text[0]]
        is_covered = any((row, column) in self.area_of and column not in own for column in self.columns)
        merged = self.area_of.get((row, with_text[0]))
        from_above = is_covered and not (merged and merged.right > merged.left)
        return None if others or from_above else with_text[0]


def _first(numbers: Sequence[int], least: int) -> int:
    from bisect import bisect_left

    return bisect_left(numbers, least)


def _of_band(band: _Band) -> Iterator[Paragraph | SheetTable]:
    alone = {row: band.alone(row) for row in band.rows}
    of_tables = [row for row in band.rows if alone[row] is None]
    first, last = (of_tables[0], of_tables[-1]) if of_tables else (0, 0)
    table: list[int] = []
    for row in band.rows:
        column = alone[row]
        if column is None or (first < row < last and not _is_prose(band.text(row, column))):
            table.append(row)
            continue
        if table:
            yield _table(band, table)
            table = []
        for line in band.text(row, column).split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), address(row, column))
    if table:
        yield _table(band, table)


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE or _HEADING.match(text) is not None


def _table(band: _Band, rows: list[int]) -> SheetTable:
    used = [place for place, column in enumerate(band.columns) if any(band.text(row, column) for row in rows)]
    columns = band.columns[used[0] : used[-1] + 1] if used else []
    addresses: dict[tuple[int, int], str] = {}
    markup: list[list[MarkupCell]] = []
    for n, row in enumerate(rows):
        cells: list[MarkupCell] = []
        for place, column in enumerate(columns):
            area = band.area_of.get((row, column))
            if (
                not band.begins(row, column)
                and area is not None
                and (area.top in rows or area.left != column)
            ):
                continue
            height = width = 1
            if area is not None:
                height = sum(1 for other in rows[n:] if other <= area.bottom)
                width = sum(1 for other in columns[place:] if other <= area.right)
            cells.append(MarkupCell(band.text(row, column), height, width))
            addresses[n, place] = address(row, column)
        markup.append(cells)
    return SheetTable(tabbed(markup), addresses)
