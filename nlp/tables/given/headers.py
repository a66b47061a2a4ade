"""Headers of given tables: over which cells each stands, and which column of the form it names."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.labels.headers import column_of

FOREIGN = ""
"""Stands for the column of a header that the form does not have."""


class Header(Struct, frozen=True, gc=False):
    """A header over the columns of a grid from `first` up to `end`, excluded, and what column it names."""

    first: int
    end: int
    column: str
    cell: GridCell


def column_named(cell: GridCell, lexicon: Lexicon) -> str | None:
    """Return the id of the column that a header names; None for none."""
    named = column_of(cell.text, lexicon)
    return None if named is None else named[0]


def headers_of(grid: Grid, rows: Sequence[int], lexicon: Lexicon) -> list[Header]:
    """Return the headers of consecutive rows from the left: for each column of the grid the lowest text."""
    width = max((cell.end_column for row in rows for cell in grid.covering[row]), default=0)
    headers: list[Header] = []
    for place in range(width):
        cell = _lowest_text(grid, rows, place)
        if cell is None:
            continue
        column = column_named(cell, lexicon)
        if column is None and cell.key in lexicon.headers:
            continue
        if headers and headers[-1].cell is cell and headers[-1].end == place:
            headers[-1] = replace(headers[-1], end=place + 1)
        else:
            headers.append(Header(place, place + 1, column or FOREIGN, cell))
    return headers


def _lowest_text(grid: Grid, rows: Sequence[int], place: int) -> GridCell | None:
    """Return the lowest cell with text in some rows at a column of the grid; None where there is none."""
    for row in reversed(rows):
        for cell in grid.covering[row]:
            if cell.overlaps(place, place + 1) and not cell.is_empty:
                return cell
    return None
