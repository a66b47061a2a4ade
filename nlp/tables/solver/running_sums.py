"""The sums over a table's lanes while these are being filled: what is added to them, which are still open."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.prices import Floats
from nlp.tables.solver.stream import Integers

Booleans = NDArray[np.bool_]


class RunningSums:
    """The sums over some lanes, left less right side, one a column of each array.

    The first `paid` are the form's own. Each other follows from two of them that share rows: that more was
    answered than came in shows long before the totals are printed.
    """

    def __init__(self, table: Lanes) -> None:
        signs = np.concatenate([table.signs, _implied(table)])
        self.paid = len(table.signs)
        self.count = len(signs)
        of_cell = [np.flatnonzero(signs[:, cell]) for cell in range(signs.shape[1])]
        self.of_cell = np.zeros((signs.shape[1], max(map(len, of_cell))), dtype=np.int64)
        self.signs = np.zeros(self.of_cell.shape)
        for cell, sums in enumerate(of_cell):
            self.of_cell[cell, : len(sums)] = sums
            self.signs[cell, : len(sums)] = signs[sums, cell]
        groups: dict[tuple[int, ...], int] = {}
        self.group, self.last = np.zeros((2, 2, self.count), dtype=np.int64)
        for side in (0, 1):
            for at, line in enumerate(signs if side == 0 else -signs):
                cells = np.flatnonzero(line > 0)
                lanes = tuple(np.unique(table.lane[cells]).tolist())
                self.group[side, at] = groups.setdefault(lanes, len(groups))
                self.last[side, at] = table.row[cells].max()
        self.groups = [list(lanes) for lanes in groups]

    def added(self, ways: Integers, cells: Integers, values: Floats, count: int) -> Floats:
        """Return what values, each of a way and a cell, add to each sum of `count` ways: ways x sums."""
        places = ways[:, None] * self.count + self.of_cell[cells]
        weights = self.signs[cells] * values[:, None]
        found = np.bincount(places.ravel(), weights.ravel(), count * self.count).astype(np.float64)
        return found.reshape(count, self.count)

    def open(self, heights: Integers) -> tuple[Booleans, Booleans]:
        """Tell whether cells of the left, and of the right side of each sum are still open: n x sums."""
        filled = np.stack([heights[:, lanes].min(axis=1) for lanes in self.groups], axis=1)
        return filled[:, self.group[0]] <= self.last[0], filled[:, self.group[1]] <= self.last[1]


def _implied(table: Lanes) -> Floats:
    """Return the signs of what follows from two sums down, one with on its left what the other adds."""
    down = table.frame.left - table.frame.right
    lines = [one + two for one, two in combinations(down, 2) if (one * two < 0).any()]
    found = [np.kron(np.eye(table.width)[lane], line) for line in lines for lane in range(table.main)]
    return np.array(found).reshape(-1, len(table.lane))
