"""The values of the table of one row (四) in given tables: each stands under a column's label and a row's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import GivenReading, Grid, GridCell
from nlp.tables.labels.row_matches import row_named


class _Labels(NamedTuple):
    """The ids of the row and of the column whose labels stand above a cell; whether one of neither does."""

    row: str | None
    column: str | None
    is_foreign: bool = False


class _ValueRow(Struct, frozen=True):
    """A row of cells below the table's headers; `cells` is None where they contradict their headers."""

    cells: dict[tuple[str, str], GridCell] | None
    foreign: list[GridCell]
    numbers: list[str]


def values_of_one_row(grids: Sequence[Grid], lexicon: Lexicon) -> GivenReading | None:
    """Return the cells of the table of one row; None where no given table has it, or two rows contradict."""
    rows = [_value_row(grid, grid.beginning(n), lexicon) for grid in grids for n in range(len(grid.covering))]
    value_rows = [row for row in rows if row is not None]
    filled = [row for row in value_rows if row.numbers] or value_rows[:1]
    if not filled or filled[0].cells is None or any(row.numbers != filled[0].numbers for row in filled):
        return None
    reading = GivenReading({}, [cell for row in filled for cell in row.foreign])
    for place, cell in filled[0].cells.items():
        if cell.filling is None:
            return None
        reading.cells[place] = cell.filling
    return reading


def _value_row(grid: Grid, cells: Sequence[GridCell], lexicon: Lexicon) -> _ValueRow | None:
    """Return a row of values below headers; None where no cell has a row's and a column's label above it."""
    values = [cell for cell in cells if not cell.is_label]
    placed: dict[tuple[str, str], GridCell] = {}
    foreign: list[GridCell] = []
    numbers: list[str] = []
    fits = True
    for cell in values:
        row, column, is_foreign = _labels_above(grid, cell, lexicon)
        if is_foreign:
            foreign.append(cell)
            continue
        numbers += [token.text for token in cell.numbers]
        if row is not None and column is not None:
            fits = fits and (row, column) not in placed
            placed[row, column] = cell
        elif cell.numbers or column is not None:
            fits = False
    if not placed:
        return None
    fits = fits and _is_whole_below_headers(grid, values, lexicon)
    return _ValueRow(placed if fits else None, foreign, numbers)


def _is_whole_below_headers(grid: Grid, values: Sequence[GridCell], lexicon: Lexicon) -> bool:
    """Return whether no cell is missing in a row of values, nor in the rows of headers above it."""
    first = min(cell.column for cell in values)
    end = grid.end_of(values[0].row)
    rows = {values[0].row}
    for cell in values:
        for above in grid.above(cell):
            if above.names_column(lexicon) or row_named(above.text, lexicon):
                rows.add(above.row)
    return all(grid.is_whole(row, first, end) for row in rows)


def _labels_above(grid: Grid, cell: GridCell, lexicon: Lexicon) -> _Labels:
    """Return the labels above a cell: the nearest must be that of a column, further up is that of a row."""
    column = None
    for above in grid.above(cell):
        if above.is_empty or not above.is_label:
            continue
        if column is None:
            column = above.names_column(lexicon)
            if column is None:
                return _Labels(None, None, is_foreign=True)
        else:
            row = row_named(above.text, lexicon)
            if row is not None or above.names_column(lexicon):
                return _Labels(row, column)
    return _Labels(None, column)
