"""Headers of given tables: over which cells each stands, and which column of the form it names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import Grid, GridCell

FOREIGN = ""
"""Stands for the column of a header that the form does not have."""


class Headers(Struct, frozen=True):
    """The headers over the rows of a grid, as the ids of the columns that they name.

    `columns` are those of the headers from the left, `by_place` those over each column of the grid. `left`
    is the first column of the grid under a header that the form has, None where there is none; `end` is the
    one behind the last header; `is_whole` tells that no cell is missing among the headers.
    """

    columns: list[str]
    by_place: dict[int, str]
    left: int | None
    end: int
    is_whole: bool

    def over(self, cell: GridCell) -> set[str]:
        """Return the ids of the columns whose headers stand over a cell."""
        places = range(cell.column, cell.end_column)
        return {self.by_place[place] for place in places if place in self.by_place}


def headers_of(grid: Grid, rows: Sequence[int], lexicon: Lexicon) -> Headers:
    """Return the headers of consecutive rows: for each column of the grid the lowest text."""
    end = max(map(grid.end_of, rows))
    columns: list[str] = []
    by_place: dict[int, str] = {}
    naming_rows: set[int] = set()
    before = None
    for place in range(end):
        cell = _lowest_text(grid, rows, place)
        column = cell.names_column(lexicon) if cell else None
        if cell is None or (column is None and cell.key in lexicon.headers):
            before = None
            continue
        by_place[place] = column or FOREIGN
        if cell is not before:
            columns.append(column or FOREIGN)
        if column:
            naming_rows.add(cell.row)
        before = cell
    left = min((place for place, column in by_place.items() if column), default=None)
    is_whole = all(grid.is_whole(row, left or 0, end) for row in naming_rows)
    return Headers(columns, by_place, left, end, is_whole)


def _lowest_text(grid: Grid, rows: Sequence[int], place: int) -> GridCell | None:
    """Return the lowest cell with text in some rows at a column of the grid; None where there is none."""
    for row in reversed(rows):
        for cell in grid.covering[row]:
            if cell.column <= place < cell.end_column and not cell.is_empty:
                return cell
    return None
