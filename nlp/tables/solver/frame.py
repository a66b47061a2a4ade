"""The grid of a table that numbers are laid onto, with the form's sums as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.solver.stream import Integers


class Frame(Struct, frozen=True):
    """Some rows and columns of a table and the sums over them.

    `across[s]` has +1 for the columns on the left of a sum and -1 for those on its right, `totals[s]` is the
    place of its first column on the left. `left[s]` and `right[s]` have 1 for the rows of a sum down, and
    `closes[s]` is the place of the last row that it needs.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    across: Integers
    totals: tuple[int, ...]
    left: Integers
    right: Integers
    closes: tuple[int, ...]

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def height(self) -> int:
        return len(self.rows)


def frame(table: Table, rows: Sequence[str], without_totals: bool = False) -> Frame:
    """Return the grid of the rows of a table that a page prints; on some its columns of totals are blank.

    >>> from nlp.form.form import named
    >>> table = named("2021").table("review_litigation")
    >>> grid = frame(table, [row.id for row in table.rows])
    >>> grid.across.tolist(), grid.totals, grid.closes
    ([[-1, -1, -1, -1, 1]], (4,), ())
    """
    totals = {column for sum in table.across for column in sum.left} if without_totals else set()
    sums = () if without_totals else table.across
    columns = [column.id for column in table.columns if column.id not in totals]
    across = [_places(sum.left, columns) - _places(sum.right, columns) for sum in sums]
    left, right, closes = [], [], []
    for sum in table.down:
        one, two = table.printed(sum.left, rows), table.printed(sum.right, rows)
        if one and two:
            left.append(_places(one, rows))
            right.append(_places(two, rows))
            closes.append(max(rows.index(row) for row in (*one, *two)))
    return Frame(
        tuple(rows),
        tuple(columns),
        _stacked(across, len(columns)),
        tuple(columns.index(sum.left[0]) for sum in sums),
        _stacked(left, len(rows)),
        _stacked(right, len(rows)),
        tuple(closes),
    )


def _places(ids: Iterable[str], all_ids: Sequence[str]) -> Integers:
    wanted = set(ids)
    return np.array([id in wanted for id in all_ids], dtype=np.int64)


def _stacked(lines: Sequence[Integers], width: int) -> Integers:
    return np.stack(lines) if lines else np.zeros((0, width), dtype=np.int64)
