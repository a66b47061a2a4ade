"""Columns that a tool may have set in another order than the form's, as far as the sums allow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.form.form import Table
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, texts
from nlp.tables.solver.tiling import Tile


def permuted(
    tiles: Iterable[Tile], grid: Sequence[Run], rows: Sequence[str], table: Table
) -> dict[str, list[Run]]:
    """Return, for some of a page's rows, their numbers turned about: readings that the sums allow as well.

    `grid` are the numbers of `rows`. Columns that are set one after the other keep their order where the
    totals come last. Of others only the sums of the columns tell: pdfminer sorts boxes by where they end.
    """
    total = table.total_place
    equations = table.sums_down(rows)

    def broken(runs: Sequence[Run]) -> int:
        columns = zip(*(map(count, run) for run in runs), strict=True)
        return sum(not equation.holds(column) for column in columns for equation in equations)

    loose = [tile for tile in tiles if _is_loose(tile, total)]
    others: dict[str, list[Run]] = {}
    for together in (*([tile] for tile in loose), loose):
        for shift in range(1, len(table.columns) - 1):
            turned = _turned(together, grid, shift, total)
            if broken(turned) > broken(grid):
                continue
            for row, run, other in zip(rows, grid, turned, strict=True):
                if texts(other) != texts(run):
                    others.setdefault(row, []).append(other)
    return others


def _is_loose(tile: Tile, total: int | None) -> bool:
    """Return whether the order of a tile's columns is not sure: the totals' is not the last of them."""
    return tile.shape.by_columns and tile.columns[-1] != total and len(tile.columns) > 2


def _turned(tiles: Iterable[Tile], grid: Sequence[Run], shift: int, total: int | None) -> list[Run]:
    """Return a grid with the columns of some tiles moved on in turn, the total in its place."""
    turned = [*grid]
    for tile in tiles:
        parts = [column for column in tile.columns if column != total]
        shift %= len(parts)
        moved = dict(zip(parts, parts[shift:] + parts[:shift], strict=True))
        for row in tile.rows:
            turned[row] = tuple(grid[row][moved.get(column, column)] for column in range(len(grid[row])))
    return turned
