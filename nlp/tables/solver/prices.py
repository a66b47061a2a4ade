"""What the search for an order of cells pays for each step, in nats: first guesses, to be fitted."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Move(IntEnum):
    """Where a cell stands that is printed next."""

    RIGHT = 0
    NEXT_ROW = 1
    """At the beginning of the next row of a part that is printed row by row."""
    DOWN = 2
    """Below, in a part that is one column."""
    NEXT_PART = 3


class Prices(Struct, frozen=True):
    """All prices of the search, in nats.

    `moves` has a row for each Move, with the price at each Gap: same line, line end, blank line, label
    between, label on the line.
    """

    moves: tuple[tuple[float, ...], ...] = (
        (0.02, 0.6, 0.6, 2.5, 6.0),
        (8.0, 0.4, 0.6, 0.4, 0.4),
        (8.0, 0.3, 0.6, 0.8, 0.8),
        (4.0, 0.8, 0.6, 1.2, 6.0),
    )
    band: float = 1.5
    part: float = 1.0
    """For each part of a band but the first."""
    out_of_turn: float = 3.5
    """For a part that is printed before or behind its turn."""
    row_out_of_turn: float = 7.0
    """For rows on one line, of which one is printed before or behind its turn."""
    split: float = 2.5
    """For columns that are printed in two blocks, each for all rows of a page."""
    page_break: float = 10.0
    """For a page that ends within a band."""
    aside: float = 4.0
    """For a number that belongs to no cell."""
    open: float = 4.0
    """For a cell whose number was put aside."""
    wrong_row: float = 5.0
    """For a number that stands on the line of another row's label."""
    row_not_named: float = 1.5
    """For a number that stands next behind another row's label, on another line."""
    column_not_named: float = 3.0
    """For a number that stands next behind another column's header."""
    wrong_sum: float = 4.6
    """For a sum that does not hold: agencies print about one in a hundred wrong."""
    wrong_sum_of_zero: float = 0.5
    """The more, where the printed total is 0; else 2 + ln(total + 1)."""
    farthest: float = 22.0
    """How far above the cheapest price without sums down fillings are followed at all."""
    margin: float = 6.0
    """A filling that costs so much more than the best is no alternative."""

    def broken(self, totals: NDArray[np.int64]) -> Floats:
        """Return the price of sums that do not hold, by their printed totals.

        >>> [float(price.round(1)) for price in PRICES.broken(np.array([0, 9]))]
        [5.1, 8.9]
        """
        large = 2.0 + np.log1p(np.abs(totals))
        return self.wrong_sum + np.where(totals == 0, self.wrong_sum_of_zero, large)


PRICES = Prices()
