"""The different ways in which the next numbers of a stream may fill some rows, with their prices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.tables.solver.frame import Frame
from nlp.tables.solver.label_prices import column_prices, row_prices
from nlp.tables.solver.orders import Orders
from nlp.tables.solver.prices import PRICES, Floats, Move
from nlp.tables.solver.stream import Integers, Stream

BLANK = -7_919
"""Stands for a printed blank mark where fillings are told apart."""
_MOVES = np.array(PRICES.moves)


class Fillings(Struct, frozen=True):
    """The fillings of rows `row` to `row + height` with the numbers from `first` on, cheapest first.

    `places[n, cell]` is the number in the stream that filling n puts into a cell (row · width + column), -1
    where the cell is left open: its number was displaced, and `lacking[n]` is what the row's sum lacks.
    `prices[n]` is in nats, `turned[n]` tells whether a part is out of turn; `taken` counts the numbers of
    the stream that each filling uses. `numbers` are the values of all of these, `codes` the same with BLANK
    for printed blank marks: thousands of fillings are kept, so each tells its values when asked for them.
    """

    row: int
    first: int
    height: int
    prices: Floats
    places: NDArray[np.int16]
    lacking: Integers
    turned: NDArray[np.bool_]
    taken: int
    numbers: Integers
    codes: Integers

    @property
    def values(self) -> Integers:
        """The values in the cells, as n × height × width; in an open one what its sum lacks."""
        return self._of_cells(self.numbers).reshape(len(self.prices), self.height, -1)

    @property
    def marks(self) -> Integers:
        """The values with BLANK for printed blank marks, as n × cells."""
        return self._of_cells(self.codes)

    def _of_cells(self, numbers: Integers) -> Integers:
        found: Integers = np.where(self.places < 0, self.lacking[:, None], numbers[self.places])
        return found

    def under(self, most: float) -> Fillings:
        """Return those that cost no more than `most`."""
        return self.these(slice(0, int(np.searchsorted(self.prices, most, side="right"))))

    def these(self, chosen: slice | Integers) -> Fillings:
        """Return some of the fillings."""
        return replace(
            self,
            prices=self.prices[chosen],
            places=self.places[chosen],
            lacking=self.lacking[chosen],
            turned=self.turned[chosen],
        )


class Filler:
    """Fills bands of a grid from a stream."""

    def __init__(self, stream: Stream, grid: Frame) -> None:
        self.grid = grid
        self.values, self.gaps = stream.values(), stream.gaps()
        blank = np.array([number.value is None for number in stream.numbers], dtype=bool)
        self.codes = np.where(blank, BLANK, self.values)
        breaks = np.array([number.page_break for number in stream.numbers], dtype=np.int64)
        self.breaks = np.concatenate([[0], np.cumsum(breaks)])
        self.known_values = frozenset(self.values.tolist())
        self.row_prices = _row_prices(stream, grid)
        self.column_prices = _column_prices(stream, grid)
        self.hinted = sorted({*self.row_prices, *self.column_prices})
        generator = np.random.default_rng(0)
        self.factors = generator.integers(-(2**62), 2**62, grid.height * grid.width, dtype=np.int64)

    def fill(self, orders: Orders, row: int, first: int) -> Fillings:
        """Return the different fillings that some orders make of the numbers from `first` on."""
        count = orders.height * orders.width
        prices = orders.prices + PRICES.band + self._moves(orders, first) + self._labels(orders, row, first)
        prices += PRICES.page_break * (self.breaks[first + count] - self.breaks[first + 1])
        cheapest = int(prices.argmin())
        least = prices[cheapest] + self._sums(self._values(orders, [cheapest], first))[0]
        near = np.flatnonzero(prices <= least + PRICES.farthest)  # no way through others is followed
        values = self._values(orders, near, first)
        prices = prices[near] + self._sums(values)
        kept = np.flatnonzero(prices <= prices.min() + PRICES.farthest)
        near = near[kept]
        found = Fillings(
            row,
            first,
            orders.height,
            prices[kept],
            orders.places[near] + np.int16(first),
            np.zeros(len(near), dtype=np.int64),
            orders.turned[near],
            count,
            self.values,
            self.codes,
        )
        return self._distinct(found)

    def fill_but_one(self, row: int, first: int) -> Fillings:
        """Return the fillings of one row with a cell left open; what its sum lacks must be in the stream."""
        width = self.grid.width
        lacks = np.zeros(width, dtype=np.int64)
        places = np.full((width, width), -1, dtype=np.int16)
        prices = np.full(width, PRICES.band + PRICES.open)
        signs = self.grid.across[0]
        for open in range(width):
            others = [column for column in range(width) if column != open]
            numbers = np.arange(first, first + width - 1)
            places[open, others] = numbers
            lacking = -int(self.values[numbers] @ signs[others]) * int(signs[open])
            lacks[open] = lacking
            prices[open] += _MOVES[Move.RIGHT, self.gaps[numbers[1:]]].sum()
            for number, column in zip(numbers.tolist(), others, strict=True):
                if number in self.row_prices:
                    prices[open] += self.row_prices[number][row]
                if number in self.column_prices:
                    prices[open] += self.column_prices[number][column]
            if lacking not in self.known_values:
                prices[open] = np.inf
        straight = np.zeros(width, dtype=bool)
        found = Fillings(row, first, 1, prices, places, lacks, straight, width - 1, self.values, self.codes)
        return self._distinct(found)

    def _distinct(self, found: Fillings) -> Fillings:
        """Return fillings cheapest first, of equal ones the cheapest alone."""
        with np.errstate(over="ignore"):
            marks = (found.marks * self.factors[: found.places.shape[1]]).sum(axis=1)
        by_mark = np.lexsort((found.prices, marks))
        distinct = np.ones(len(marks), dtype=bool)
        distinct[1:] = np.diff(marks[by_mark]) != 0
        kept = by_mark[distinct]
        return found.these(kept[np.argsort(found.prices[kept], kind="stable")])

    def _values(self, orders: Orders, chosen: Integers | Sequence[int], first: int) -> Integers:
        """Return what some orders put into each cell, as orders × height × width."""
        found: Integers = self.values[orders.places[chosen] + np.int16(first)]
        return found.reshape(-1, orders.height, orders.width)

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
        for place in self.hinted:
            if not first <= place < first + count:
                continue
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
            found[place] = row_prices(number, grid.rows)
    return found


def _column_prices(stream: Stream, grid: Frame) -> dict[int, Floats]:
    """Return for the numbers next behind a column's header what each column costs them."""
    found = {}
    for place, number in enumerate(stream.numbers):
        if any(column in grid.columns for column in number.columns):
            found[place] = column_prices(number, grid.columns, PRICES.column_not_named)
    return found
