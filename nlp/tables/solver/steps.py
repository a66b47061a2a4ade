"""The steps of the search: each fills some rows of some lanes, below what is filled of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.prices import Floats
from nlp.tables.solver.states import States
from nlp.tables.solver.stream import Integers

BLANK = -1
"""In place of a number: there is none."""


class Steps(Struct, frozen=True):
    """Steps from known states, each array with one number for each; `origins` are the states.

    A step fills `rows` rows of `widths` lanes from lane `lanes` on with the next `taken` numbers of the
    stream, row by row. A step of no rows puts the next number aside; one that takes no number leaves a cell
    blank. `prices` are those of the cheapest ways to the ends of the steps.
    """

    origins: Integers
    lanes: Integers
    widths: Integers
    rows: Integers
    taken: Integers
    prices: Floats

    def __len__(self) -> int:
        return len(self.prices)

    def these(self, chosen: Integers | NDArray[np.bool_] | slice) -> Steps:
        """Return some of the steps."""
        return Steps(*(array[chosen] for array in structs.astuple(self)))

    def cheapest(self, most: int, further: Floats | None = None) -> Steps:
        """Return the cheapest of the steps, no more than so many; `further` is what will follow each."""
        if len(self) <= most:
            return self
        prices = self.prices if further is None else self.prices + further
        return self.these(np.argpartition(prices, most)[:most])

    def cells(self, states: States, table: Lanes) -> tuple[NDArray[np.bool_], Integers]:
        """Return which cells each step from some states fills, and with which numbers (BLANK: none).

        Both have a line for each step, with one entry for each cell of the table.
        """
        lanes, widths, rows = (
            array.astype(np.int16)[:, None] for array in (self.lanes, self.widths, self.rows)
        )
        heights = states.heights[self.origins, self.lanes].astype(np.int16)[:, None]
        first = states.places[self.origins].astype(np.int16)[:, None]
        across, down = table.lane - lanes, table.row - heights
        filled = (across >= 0) & (across < widths) & (down >= 0) & (down < rows)
        has_number = filled & (self.taken > 0)[:, None]
        return filled, np.where(has_number, first + down * widths + across, np.int16(BLANK))


def boxes(origins: Integers, lanes: Integers, widths: Integers, rows: Integers, prices: Floats) -> Steps:
    """Return steps that fill boxes."""
    return Steps(origins, lanes, widths, rows, widths * rows, prices)


def aside(origins: Integers, prices: Floats) -> Steps:
    """Return steps that put the next number aside."""
    none = np.zeros(len(origins), dtype=np.int64)
    return Steps(origins, none, none, none, none + 1, prices)


def blanks(origins: Integers, lanes: Integers, prices: Floats) -> Steps:
    """Return steps that leave the next cell of a lane blank."""
    one = np.ones(len(origins), dtype=np.int64)
    return Steps(origins, lanes, one, one, one * 0, prices)


def together(steps: Sequence[Steps]) -> Steps:
    """Return all steps as one."""
    columns = zip(*(structs.astuple(each) for each in steps), strict=True)
    return Steps(*(np.concatenate(arrays) for arrays in columns))
