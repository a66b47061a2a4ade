"""What the searches for an order of cells pay for each step, in nats."""

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
    """At the beginning of the next part of a band, or of the next box."""


class SharedPrices(Struct, frozen=True):
    """What both searches pay, in nats."""

    out_of_turn: float = 3.5
    """For a part or a box that is printed before or behind its turn."""
    page_break: float = 10.0
    """For a page that ends within rows that are not yet whole."""
    aside: float = 4.0
    """For a number that belongs to no cell."""
    wrong_row: float = 5.0
    """For a number that stands on the line of another row's label."""
    row_not_named: float = 1.5
    """For a number that stands next behind another row's label, on another line."""
    column_not_named: float = 3.0
    """For a number that stands next behind the headers of other columns."""
    wrong_sum: float = 4.6
    """For a sum that does not hold: agencies print about one in a hundred wrong."""
    margin: float = 6.0
    """A filling that costs so much more than the best is no alternative."""


class Prices(SharedPrices, frozen=True):
    """The prices of the search for bands, in nats.

    `moves` has a row for each Move, with the price at each Gap: same line, line end (in a box), blank
    line, end of a box, end of a cell, label between, label on the line, end of a whole box.
    """

    moves: tuple[tuple[float, ...], ...] = (
        (0.02, 0.6, 0.6, 0.6, 0.6, 0.6, 2.5, 6.0, 0.6),
        (8.0, 0.4, 0.4, 0.6, 0.6, 0.6, 0.4, 0.4, 0.6),
        (8.0, 0.3, 0.3, 0.6, 0.6, 0.6, 0.8, 0.8, 0.6),
        (4.0, 0.8, 0.8, 0.6, 0.6, 0.6, 1.2, 6.0, 0.6),
    )
    band: float = 1.5
    part: float = 1.0
    """For each part of a band but the first."""
    row_out_of_turn: float = 7.0
    """For rows on one line, of which one is printed before or behind its turn."""
    open: float = 4.0
    """For a cell whose number was put aside."""
    wrong_sum_of_zero: float = 0.5
    """The more, where the printed total is 0; else 2 + ln(total + 1)."""
    farthest: float = 22.0
    """How far above the cheapest price without sums down fillings are followed at all."""

    def broken(self, totals: NDArray[np.int64]) -> Floats:
        """Return the price of sums that do not hold, by their printed totals.

        >>> [float(price.round(1)) for price in PRICES.broken(np.array([0, 9]))]
        [5.1, 8.9]
        """
        large = 2.0 + np.log1p(np.abs(totals))
        return self.wrong_sum + np.where(totals == 0, self.wrong_sum_of_zero, large)


PRICES = Prices()


class BoxPrices(SharedPrices, frozen=True):
    """The prices of the search for a skyline of boxes, in nats.

    `moves` has a row for each Move, with the price at each Gap: same line, line end (in a box), blank
    line, end of a box, end of a cell, label between, label on the line, end of a whole box.
    What is likeliest is free.
    """

    moves: tuple[tuple[float, ...], ...] = (
        (0.0, 0.1, 0.1, 0.4, 0.3, 0.0, 2.1, 5.6, 1.2),
        (8.0, 0.1, 0.1, 0.0, 0.3, 0.4, 0.0, 0.0, 2.0),
        (8.0, 0.0, 0.0, 0.0, 0.7, 0.4, 0.4, 0.4, 1.6),
        (5.0, 1.2, 4.0, 1.0, 0.1, 1.4, 1.2, 6.6, 0.1),
    )
    other_table: float = 3.0
    """For a box of another table, and for a number that stands next behind the header of another table."""
    lane: float = 1.0
    """For each lane that is not full yet: the least that its numbers will cost."""
    cut: float = 1.5
    """For a piece that ends lower than all others, above the last row."""
    cut_between: float = 5.0
    """For a piece that ends at a row at which none ended, while others went further down."""
    crossing: float = 1.0
    """For a piece that goes on below a row at which another ended."""
    blank: float = 2.5
    """For a blank cell without a trace."""
    other_column_named: float = 7.5
    """For a number that stands next behind the header of one column, which is not its own."""
    awakened: float = 1.5
    """For a number in a row all of whose numbers before were 0."""

    def broken(self, off: Floats) -> Floats:
        """Return the price of sums that do not hold, by how much they are off; 0 for those that do.

        >>> BOXES.broken(np.array([0.0, 1.0, -9.0])).round(1).tolist()
        [0.0, 7.8, 9.4]
        """
        return np.where(off == 0, 0.0, self.wrong_sum + 2.5 + np.log1p(np.abs(off)))


BOXES = BoxPrices()
