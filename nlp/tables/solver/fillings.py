"""The different ways in which the next numbers of a stream may fill some rows, with their prices."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.tables.solver.frame import Frame
from nlp.tables.solver.orders import Orders
from nlp.tables.solver.prices import PRICES, Floats
from nlp.tables.solver.stream import Integers, Stream

_BLANK = -7_919
"""Stands for a printed blank mark where fillings are told apart."""
_MOVES = np.array(PRICES.moves)


class Fillings(Struct, frozen=True):
    """The fillings of rows `row` to `row + height` with the numbers from `first` on, cheapest first.

    `places[n, cell]` is the number in the stream that filling n puts into a cell (row · width + column),
    `values` are the values of these, as n × height × width; `prices[n]` is in nats.
    """

    row: int
    first: int
    height: int
    prices: Floats
    places: NDArray[np.int16]
    values: Integers

    def under(self, most: float) -> Fillings:
        """Return those that cost no more than `most`."""
        count = int(np.searchsorted(self.prices, most, side="right"))
        return Fillings(
            self.row, self.first, self.height, self.prices[:count], self.places[:count], self.values[:count]
        )


class Filler:
    """Fills bands of a grid from a stream."""

    def __init__(self, stream: Stream, grid: Frame) -> None:
        self.grid = grid
        self.values, self.gaps = stream.values(), stream.gaps()
        blank = np.array([number.value is None for number in stream.numbers], dtype=bool)
        self.codes = np.where(blank, _BLANK, self.values)
        breaks = np.array([number.page_break for number in stream.numbers], dtype=np.int64)
        self.breaks = np.concatenate([[0], np.cumsum(breaks)])
        self.row_prices = _row_prices(stream, grid)
        self.column_prices = _column_prices(stream, grid)
        generator = np.random.default_rng(0)
        self.marks = generator.integers(-(2**62), 2**62, grid.height * grid.width, dtype=np.int64)

    def fill(self, orders: Orders, row: int, first: int) -> Fillings:
        """Return the different fillings that some orders make of the numbers from `first` on."""
        count = orders.height * orders.width
        places = orders.places + np.int16(first)
        values = self.values[places].reshape(-1, orders.height, orders.width)
        prices = orders.prices + PRICES.band + self._moves(orders, first) + self._sums(values)
        prices += PRICES.page_break * (self.breaks[first + count] - self.breaks[first + 1])
        prices += self._labels(orders, row, first)
        with np.errstate(over="ignore"):
            marks = (self.codes[places] * self.marks[:count]).sum(axis=1)
        cheapest_first = np.lexsort((prices, marks))
        distinct = np.ones(len(marks), dtype=bool)
        distinct[1:] = np.diff(marks[cheapest_first]) != 0
        kept = cheapest_first[distinct]
        kept = kept[np.argsort(prices[kept], kind="stable")]
        return Fillings(row, first, orders.height, prices[kept], places[kept], values[kept])

    def _moves(self, orders: Orders, first: int) -> Floats:
        count = orders.height * orders.width
        found: Floats = _MOVES[orders.moves[:, 1:], self.gaps[first + 1 : first + count]].sum(axis=1)
        return found

    def _sums(self, values: Integers) -> Floats:
        """Return what the sums across that do not hold cost, by filling."""
        price = np.zeros(len(values))
        for signs, total in zip(self.grid.across, self.grid.totals, strict=True):
            off = values @ signs != 0
            if off.any():
                price += np.where(off, PRICES.broken(values[:, :, total]), 0.0).sum(axis=1)
        return price

    def _labels(self, orders: Orders, row: int, first: int) -> Floats:
        """Return what it costs that numbers are not in the rows and columns that stand before them."""
        price = np.zeros(len(orders.prices))
        count = orders.height * orders.width
        for place in range(first, first + count):
            cells = orders.cells[:, place - first]
            if (by_row := self.row_prices.get(place)) is not None:
                price += by_row[row + cells // orders.width]
            if (by_column := self.column_prices.get(place)) is not None:
                price += by_column[cells % orders.width]
        return price


def _row_prices(stream: Stream, grid: Frame) -> dict[int, Floats]:
    """Return for the numbers next behind a row's label what each row of the grid costs them."""
    found = {}
    for place, number in enumerate(stream.numbers):
        if any(row in grid.rows for row in number.rows):
            price = PRICES.wrong_row if number.beside else PRICES.row_not_named
            found[place] = np.array([0.0 if row in number.rows else price for row in grid.rows])
    return found


def _column_prices(stream: Stream, grid: Frame) -> dict[int, Floats]:
    """Return for the numbers next behind a column's header what each column costs them."""
    found = {}
    for place, number in enumerate(stream.numbers):
        if any(column in grid.columns for column in number.columns):
            price = PRICES.column_not_named
            found[place] = np.array([0.0 if column in number.columns else price for column in grid.columns])
    return found
