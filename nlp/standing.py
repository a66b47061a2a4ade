"""Whether a table's numbers stand on the page in the order of their cells in the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from nlp.report import Cell, Row, TableCells


def out_of_order(rows: TableCells) -> list[str]:
    """Return the ids, `row.column`, of cells that stand before the cell above or to the left of them.

    Row by row, column by column, page by page: whichever way a tool prints a table, each number comes after
    those above it and after those to its left. Two rows or columns in each other's place do not, even
    where every sum holds. This looks at the finished record alone, not at how it was read.
    """
    across = (_named(row, cells) for row, cells in rows.items())
    return list(dict.fromkeys(id for line in (*across, *_columns(rows)) for id in _early(line)))


def _named(row: str, cells: Row) -> list[tuple[str, Cell]]:
    return [(f"{row}.{column}", cell) for column, cell in cells.items()]


def _columns(rows: TableCells) -> Iterator[list[tuple[str, Cell]]]:
    for column in dict.fromkeys(column for cells in rows.values() for column in cells):
        yield [(f"{row}.{column}", cells[column]) for row, cells in rows.items() if column in cells]


def _early(cells: Iterable[tuple[str, Cell]]) -> Iterator[str]:
    standing = ((id, cell.span[0]) for id, cell in cells if cell.span is not None)
    for (_, before), (id, start) in pairwise(standing):
        if start < before:
            yield id
