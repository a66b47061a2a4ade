"""Leaves open which column is which where columns were printed one after the other and nothing names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon
from nlp.record.model import Cell, TableCells
from nlp.tables.cell_writer import ambiguous
from nlp.tables.layouts.bands import columns_named
from nlp.tables.page.tokens import Kind, Token

_BELOW = 0.8
"""So large a share of a column's cells is printed next after the one above it: columns follow each other."""

Row = Mapping[str, Cell]


def with_columns_in_doubt(
    cells: TableCells, known: Lexicon, tokens: Sequence[Token], is_scattered: bool
) -> TableCells:
    """Return the cells of a table, open where its columns may have been printed in another order.

    A tool may print a column out of its turn, and no sum tells parts of a total from each other. Persons ask
    for most, which is the first part: where another part comes to more, and neither has its header next to
    it, the cells in which they differ may be either's. So may those of all parts in a table that
    `is_scattered`: no search found the order of its numbers.
    """
    parts = _parts(known.table)
    if not parts or not (is_scattered or _is_column_by_column(cells, parts[0])):
        return cells
    first, totals = parts[0], {column: _sum_of(cells, column) for column in parts}
    larger = [
        column
        for column in parts[1:]
        if totals[column] > totals[first] and not _has_header(cells, column, known, tokens)
    ]
    if not larger or _has_header(cells, first, known, tokens):
        return cells
    doubted = parts if is_scattered else [first, *larger]
    return {id: _in_doubt(row, doubted) for id, row in cells.items()}


def _parts(table: Table) -> list[str]:
    """Return the columns that one sum across adds up, in their order."""
    return [column for relation in table.across[:1] for column in relation.right]


def _is_column_by_column(cells: TableCells, column: str) -> bool:
    """Tell whether nearly all cells of a column are printed next after the one above them."""
    printed = sorted(cell.span for row in cells.values() for cell in row.values() if cell.span is not None)
    place = {span: at for at, span in enumerate(printed)}
    own = [row[column].span for row in cells.values() if column in row]
    places = [place[span] for span in own if span is not None]
    below = sum(later == before + 1 for before, later in pairwise(places))
    return below > _BELOW * len(cells)


def _sum_of(cells: TableCells, column: str) -> float:
    return sum(row[column].value or 0 for row in cells.values() if column in row)


def _has_header(cells: TableCells, column: str, known: Lexicon, tokens: Sequence[Token]) -> bool:
    """Tell whether the text next before a column's first cell is its header."""
    lines = [cell.line for row in cells.values() if (cell := row.get(column)) and cell.line is not None]
    first = min(lines, default=0)
    before = [token.text for token in tokens if token.kind is Kind.TEXT and token.line <= first]
    return columns_named(before[-1:], known) == (column,)


def _in_doubt(row: Row, columns: Sequence[str]) -> dict[str, Cell]:
    """Return a row whose cells in some columns are open if they differ."""
    values = dict.fromkeys(row[column].value for column in columns if column in row)
    if len(values) < 2:
        return dict(row)
    return {id: ambiguous([*values]) if id in columns else cell for id, cell in row.items()}
