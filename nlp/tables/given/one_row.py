"""The values of the table of one row (四) in given tables: each stands under a column's label and a row's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.given.headers import column_named
from nlp.tables.labels.row_matches import row_named
from nlp.tables.page.tokens import Token

Place = tuple[str, str]
"""The id of a row and of a column of the form."""


class OneRow(Struct, frozen=True):
    """The cells of the table by row and column id, its headers by column id, and the numbers left over."""

    cells: dict[Place, Token]
    headers: dict[str, Token]
    foreign: list[Token]
    unplaced: list[Token]


class _ValueRow(Struct, frozen=True):
    """A row of cells below the table's headers; `cells` is None where they contradict their headers."""

    cells: dict[Place, GridCell] | None
    foreign: list[Token]
    numbers: list[Token]


def values_of_one_row(grids: Sequence[Grid], lexicon: Lexicon) -> OneRow | None:
    """Return the cells of the table of one row; None where no given table has its headers."""
    headers: dict[str, Token] = {}
    rows: list[_ValueRow] = []
    has_headers = False
    for grid in grids:
        for n in range(len(grid.covering)):
            cells = grid.beginning(n)
            _note_headers(cells, lexicon, headers)
            row = _value_row(grid, cells, lexicon)
            if row is not None:
                rows.append(row)
                has_headers = True
    for grid, next_grid in pairwise(grids):
        row = _on_next_page(grid, next_grid, lexicon)
        if row is not None:
            rows.append(row)
            has_headers = True
    if not has_headers:
        return None
    filled_rows = [row for row in rows if row.numbers] or rows[:1]
    foreign = [token for row in filled_rows for token in row.foreign]
    texts = {tuple(token.text for token in row.numbers) for row in filled_rows}
    first = filled_rows[0].cells
    if len(texts) > 1 or first is None:
        return OneRow({}, headers, foreign, [token for row in filled_rows for token in row.numbers])
    read: dict[Place, Token] = {}
    unplaced: list[Token] = []
    for place, cell in first.items():
        if cell.filling is None:
            unplaced += cell.numbers or cell.tokens
        else:
            read[place] = cell.filling
    return OneRow(read, headers, foreign, unplaced)


def _note_headers(cells: Sequence[GridCell], lexicon: Lexicon, headers: dict[str, Token]) -> None:
    for cell in cells:
        column = column_named(cell, lexicon) if cell.is_label else None
        if column is not None and cell.tokens:
            headers.setdefault(column, cell.tokens[0])


def _value_row(grid: Grid, cells: Sequence[GridCell], lexicon: Lexicon) -> _ValueRow | None:
    """Return a row of values below headers of the table; None for any other row."""
    values = [cell for cell in cells if not cell.is_label]
    if not values:
        return None
    row = _placed([(cell, _labels_above(grid, cell, lexicon)) for cell in values])
    if row is None or _is_whole_below_headers(grid, values, lexicon):
        return row
    return replace(row, cells=None)


def _is_whole_below_headers(grid: Grid, values: Sequence[GridCell], lexicon: Lexicon) -> bool:
    """Return whether no cell is missing in a row of values, nor in the rows of headers above it."""
    first = min(cell.column for cell in values)
    end = grid.end_of(values[0].row)
    rows = {values[0].row}
    for cell in values:
        for above in grid.above(cell):
            if column_named(above, lexicon) is not None or row_named(above.text, lexicon) is not None:
                rows.add(above.row)
    return all(grid.is_whole(row, first, end) for row in rows)


_Labels = tuple[str | None, str | None, bool]
"""The ids of the row and of the column whose labels stand above a cell, and whether a foreign label does."""


def _labels_above(grid: Grid, cell: GridCell, lexicon: Lexicon) -> _Labels:
    """Return the labels above a cell: the nearest must be that of a column, further up is that of a row."""
    column = None
    for above in grid.above(cell):
        if above.is_empty or not above.is_label:
            continue
        if column is None:
            column = column_named(above, lexicon)
            if column is None:
                return None, None, True
            continue
        row = row_named(above.text, lexicon)
        if row is not None:
            return row, column, False
        if column_named(above, lexicon) is not None:
            break
    return None, column, False


def _placed(labelled: Sequence[tuple[GridCell, _Labels]]) -> _ValueRow | None:
    """Return cells by their labels; None where no cell has a row's and a column's label above it."""
    placed: dict[Place, GridCell] = {}
    foreign: list[Token] = []
    numbers: list[Token] = []
    fits = True
    for cell, (row, column, is_foreign) in labelled:
        if row is not None and column is not None:
            fits = fits and (row, column) not in placed
            placed[row, column] = cell
            numbers += cell.numbers
        elif is_foreign:
            foreign += cell.numbers
        elif cell.numbers or column is not None:
            numbers += cell.numbers
            fits = False
    if not placed:
        return None
    return _ValueRow(placed if fits else None, foreign, numbers)


def _on_next_page(grid: Grid, next_grid: Grid, lexicon: Lexicon) -> _ValueRow | None:
    """Return the row of values that begins a page, where the headers end the page before it."""
    if not grid.covering or not next_grid.covering:
        return None
    values = next_grid.beginning(0)
    leaves = grid.covering[-1]
    is_row_of_values = bool(values) and all(not cell.is_label for cell in values)
    if not is_row_of_values or len(leaves) != len(values):
        return None
    labelled = []
    for leaf, cell in zip(leaves, values, strict=True):
        column = column_named(leaf, lexicon) if leaf.is_label else None
        row = None
        for above in grid.above(leaf):
            row = row or (row_named(above.text, lexicon) if above.is_label else None)
        labelled.append((cell, (row, column, False)))
    if any(row is None or column is None for _, (row, column, _) in labelled):
        return None
    return _placed(labelled)
