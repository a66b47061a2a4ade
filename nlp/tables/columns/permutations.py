"""Columns that a tool may have set in another order than the form's, as far as the sums allow it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from nlp.form.form import Table
from nlp.record.model import Number
from nlp.tables.page.runs import Run, texts
from nlp.tables.page.tokens import Token
from nlp.tables.solver.tiling import Tile

Valuing = Callable[[Token], Number | None]


class Sums:
    """The sums of the columns of a table, over the rows that a page names."""

    def __init__(self, rows: Sequence[str], table: Table, value: Valuing) -> None:
        self.value, self.width, self.total = value, len(table.columns), table.total_place
        self.equations = table.sums_down(rows)

    def broken(self, grid: Sequence[Run]) -> int:
        """Return how many sums do not hold."""
        read = [[self.value(token) for token in run] for run in grid]
        columns = zip(*read, strict=True)
        return sum(not equation.holds(column) for column in columns for equation in self.equations)


def permuted(tiles: Iterable[Tile], grid: Sequence[Run], sums: Sums) -> Iterator[tuple[int, Run]]:
    """Yield rows with their numbers turned about, by their places: readings that the sums allow as well.

    Columns that are set one after the other keep their order where the totals come last. Of others only
    the sums tell: pdfminer sorts boxes by where they end.
    """
    total = sums.total
    loose = [tile for tile in tiles if _is_loose(tile, total)]
    if not loose:
        return
    broken = sums.broken(grid)
    for together in (*([tile] for tile in loose), loose):
        for shift in range(1, sums.width - 1):
            other = _permuted_grid(together, grid, shift, total)
            if sums.broken(other) > broken:
                continue
            for row, (run, moved) in enumerate(zip(grid, other, strict=True)):
                if texts(moved) != texts(run):
                    yield row, moved


def _is_loose(tile: Tile, total: int | None) -> bool:
    """Return whether the order of a tile's columns is not sure: the totals' is not the last of them."""
    return tile.shape.by_columns and tile.columns[-1] != total and len(tile.columns) > 2


def _permuted_grid(tiles: Iterable[Tile], grid: Sequence[Run], shift: int, total: int | None) -> list[Run]:
    """Return a grid with the columns of some tiles turned about, the total in its place."""
    other = [*grid]
    for tile in tiles:
        parts = [column for column in tile.columns if column != total]
        shift %= len(parts)
        moved = dict(zip(parts, parts[shift:] + parts[:shift], strict=True))
        for row in tile.rows:
            other[row] = tuple(grid[row][moved.get(column, column)] for column in range(len(grid[row])))
    return other
