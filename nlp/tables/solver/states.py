"""What is filled of a table at a place of the stream, for each of the ways that are followed."""

from __future__ import annotations

import numpy as np

from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.stream import Integers


class States:
    """States of a table, each array with one row for each.

    - `places`: how many numbers of the stream are behind it; `prices`: the price of the cheapest way to it.
    - `heights`: how many cells of each lane are filled; `sums`: left less right side of each sum so far.
    - `doomed`: what sums will cost that cannot hold any more, as numbers are never negative.
    - `lanes`, `widths`: the first lane and the width of the table's last box (lane -1: none so far).
    - `resumes`: the last step filled no box of the table, so that the box before may go on.
    - `cuts`: whether a box ended before each row.
    - `seen`, `awake`: whether each row has a number, and one that is not 0.
    - `aside`, `blanks`: how many numbers were put aside, how many cells were left blank.
    """

    def __init__(self, table: Lanes, count: int, sums: int) -> None:
        self.places = np.zeros(count, dtype=np.int64)
        self.prices = np.zeros(count)
        self.heights = np.tile(table.tops, (count, 1))
        self.sums = np.zeros((count, sums))
        self.doomed = np.zeros(count)
        self.lanes = np.full(count, -1)
        self.widths = np.ones(count, dtype=np.int64)
        self.resumes = np.zeros(count, dtype=bool)
        self.cuts = np.zeros((count, table.height + 1), dtype=bool)
        self.seen = np.zeros((count, table.height), dtype=bool)
        self.awake = np.zeros((count, table.height), dtype=bool)
        self.aside = np.zeros(count, dtype=np.int64)
        self.blanks = np.zeros(count, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.prices)

    def these(self, chosen: Integers) -> States:
        """Return some of the states, as copies."""
        found = object.__new__(States)
        for name, values in vars(self).items():
            setattr(found, name, values[chosen])
        return found

    def put(self, first: int, states: States) -> None:
        """Write states over those from `first` on."""
        for name, values in vars(self).items():
            values[first : first + len(states)] = getattr(states, name)


class Marks:
    """Numbers for states: two states have the same only where the same may follow at the same price."""

    _FIELDS = ("heights", "sums", "lanes", "widths", "resumes", "aside", "blanks")

    def __init__(self, states: States) -> None:
        generator = np.random.default_rng(5)
        self._factors = {
            name: generator.integers(-(2**62), 2**62, getattr(states, name)[0].size, dtype=np.int64)
            for name in self._FIELDS
        }

    def of(self, states: States) -> Integers:
        """Return the mark of each state."""
        found = np.zeros(len(states), dtype=np.int64)
        with np.errstate(over="ignore"):
            for name, factors in self._factors.items():
                values = getattr(states, name).astype(np.int64).reshape(len(states), len(factors))
                found += values @ factors
        return found
