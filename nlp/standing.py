"""Whether a table's numbers stand on the page in the order of their cells in the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.report import TableCells


def out_of_order(rows: TableCells) -> list[str]:
    """Return the ids, `row.column`, of cells that stand before the cell above or to the left of them.

    Row by row, column by column, page by page: whichever way a tool prints a table, each number comes after
    those above it and after those to its left. Two rows or columns in each other's place do not, even
    where every sum holds. This looks at the finished record alone, not at how it was read.
    """
    across = [
        [(cell.span[0], row, column) for column, cell in cells.items() if cell.span is not None]
        for row, cells in rows.items()
    ]
    down: dict[str, list[_Standing]] = {column: [] for cells in rows.values() for column in cells}
    for line in across:
        for standing in line:
            down[standing[2]].append(standing)
    early = (one for line in (*across, *down.values()) for one in _early(line))
    return list(dict.fromkeys(f"{row}.{column}" for _, row, column in early))


_Standing = tuple[int, str, str]
"""Where in the text a cell stands, its row, its column."""


def _early(line: Sequence[_Standing]) -> Iterator[_Standing]:
    return (after for before, after in pairwise(line) if after[0] < before[0])
