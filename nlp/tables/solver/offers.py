"""What steps a place of the stream offers to each state, and what they cost before any sum is known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nlp.tables.solver.frame import Frame
from nlp.tables.solver.label_prices import column_prices, row_prices
from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.prices import BOXES, Floats, Move
from nlp.tables.solver.states import States
from nlp.tables.solver.steps import Steps, aside, blanks, boxes
from nlp.tables.solver.stream import Integers, Number, Stream

_SLACK = 16.0
"""Boxes that cost so much more than the cheapest from the same place are not offered, in nats."""
_HIGHEST = 1e9
"""What is impossible costs more."""
_MOVES = np.array(BOXES.moves)


class Offers:
    """The steps that are offered over one stream and one table.

    No more than `surplus` numbers may be put aside and `blanks` cells be left blank.
    """

    def __init__(self, stream: Stream, table: Lanes, of_small: Stream | None = None) -> None:
        numbers = stream.numbers
        self.table, self.count = table, len(numbers)
        self.surplus = max(0, self.count - table.cells)
        self.blanks = max(0, table.cells - self.count)
        self.gaps = stream.gaps()
        self.breaks = np.array([number.page_break for number in numbers], dtype=bool)
        self.hints = _hints(stream, table, of_small)
        self.own_header = _own_headers(stream, table, of_small)
        self.last_rows = self._last_rows()

    def at(self, place: int, states: States, ids: Integers) -> Iterator[Steps]:
        """Yield the steps that take numbers from a place on, for all states there; `ids` are theirs."""
        yield self._boxes(place, states, ids)
        free = np.flatnonzero(states.aside < self.surplus)
        yield aside(ids[free], states.prices[free] + BOXES.aside)

    def blank_cells(self, states: States, ids: Integers) -> Steps:
        """Return the steps from some states that leave a cell blank."""
        free = (states.blanks < self.blanks)[:, None]
        open, lanes = np.nonzero((states.heights < self.table.height) & free)
        prices = states.prices[open] + BOXES.blank + BOXES.lane * (lanes != states.lanes[open])
        return blanks(ids[open], lanes, prices)

    def beginnings(self, place: int, states: States) -> Floats:
        """Return what it costs each state to begin a box in each lane, of one lane and of more."""
        gap, heights = self.gaps[place], states.heights
        everyone = np.arange(len(states))
        next_lane = self._next_lanes(states)
        turn = np.full(heights.shape, BOXES.out_of_turn)
        turn[everyone, next_lane] = 0.0
        price = turn + _MOVES[Move.NEXT_PART, gap] * (place > 0)
        price[:, self.table.main :] = BOXES.other_table
        price[:, self.own_header[place]] = 0.0
        found = np.stack([price, price], axis=2)
        goes_on = np.flatnonzero(states.resumes & (states.lanes >= 0))
        wide = (states.widths[goes_on] > 1).astype(np.int64)
        down = np.where(wide, _MOVES[Move.NEXT_ROW, gap], _MOVES[Move.DOWN, gap])
        found[goes_on, states.lanes[goes_on], wide] = down
        if self.breaks[place]:
            own = heights[:, : self.table.main]
            found += BOXES.page_break * (own != own[:, :1]).any(axis=1)[:, None, None]
        return found

    def _next_lanes(self, states: States) -> Integers:
        """Return the lane whose turn it is: the next one, from left to right, that is less filled."""
        width, heights = self.table.main, states.heights[:, : self.table.main]
        begun = states.lanes >= 0
        reached = np.where(begun, heights[np.arange(len(states)), states.lanes], 1)[:, None]
        behind = (np.arange(width) - np.where(begun, states.lanes + states.widths, 0)[:, None]) % width
        found = np.where(heights < reached, behind, width).argmin(axis=1)
        return np.where((heights >= reached).all(axis=1), 0, found)

    def _boxes(self, place: int, states: States, ids: Integers) -> Steps:
        """Return the boxes that may come next."""
        height = self.table.height
        chosen, lanes, widths = _level(states.heights, height, self.table.main)
        is_own = lanes < self.table.main
        start = states.heights[chosen, lanes]
        before = states.prices[chosen] + self._first_hints(place, lanes, widths, start)
        before += self.beginnings(place, states)[chosen, lanes, np.minimum(widths, 2) - 1]
        prices = before[:, None] + self._inside(place)[widths - 1]
        ends = start[:, None] + np.arange(1, height + 1)
        prices[ends > height] = np.inf
        ends = np.minimum(ends, height)
        top = states.heights[:, : self.table.main].max(axis=1)[chosen]
        prices += is_own[:, None] * _cut_prices(states.cuts[chosen], top, start, ends)
        prices[(ends > self.last_rows[place]) & is_own[:, None]] += BOXES.page_break
        likely = prices + states.doomed[chosen][:, None]
        box, rows = np.nonzero(likely <= min(_HIGHEST, likely.min(initial=np.inf) + _SLACK))
        return boxes(ids[chosen[box]], lanes[box], widths[box], rows + 1, prices[box, rows])

    def _first_hints(self, place: int, lanes: Integers, widths: Integers, start: Integers) -> Floats:
        """Return what the labels before a number cost boxes beginning with it, in the best of their lanes."""
        found = np.full(len(lanes), np.inf)
        for at in range(int(widths.max(initial=0))):
            inside = at < widths
            cells = (lanes[inside] + at) * self.table.height + start[inside]
            found[inside] = np.minimum(found[inside], self.hints[place, cells])
        return found

    def _inside(self, place: int) -> Floats:
        """Return the price of the moves in boxes from a place on: widths x rows, infinite behind the end."""
        width, height = self.table.width, self.table.height
        found = np.full((width, height), np.inf)
        most = min(self.count - place, width * height)
        gaps, breaks = self.gaps[place : place + most], self.breaks[place : place + most]
        for columns in range(1, min(width, most) + 1):
            moves = _MOVES[Move.RIGHT, gaps] + BOXES.page_break * breaks
            down = Move.DOWN if columns == 1 else Move.NEXT_ROW
            moves[::columns] = _MOVES[down, gaps[::columns]] + BOXES.page_break * breaks[::columns]
            moves[0] = 0.0
            rows = np.cumsum(moves)[columns - 1 :: columns][:height]
            found[columns - 1, : len(rows)] = rows
        return found

    def _last_rows(self) -> Integers:
        """Return for each place the row at which its page ends at the latest, as whole rows end with it."""
        found = np.full(self.count + 1, self.table.height)
        for place in np.flatnonzero(self.breaks)[::-1].tolist() if not self.blanks else ():
            found[:place] = np.minimum(place // self.table.main, self.table.height)
        return found


def _level(heights: Integers, height: int, main: int) -> tuple[Integers, Integers, Integers]:
    """Return the boxes that may begin: states, first lanes and widths of lanes filled alike, but not full.

    Lanes from `main` on are no neighbours of others.

    >>> [found.tolist() for found in _level(np.array([[1, 1, 2]]), 2, 3)]
    [[0, 0, 0], [0, 0, 1], [1, 2, 1]]
    """
    run = np.ones(heights.shape, dtype=np.int64)
    for lane in reversed(range(main - 1)):
        run[:, lane] += run[:, lane + 1] * (heights[:, lane] == heights[:, lane + 1])
    run[heights >= height] = 0
    states, lanes, widths = np.nonzero(np.arange(heights.shape[1]) < run[:, :, None])
    return states, lanes, widths + 1


def _cut_prices(cuts: NDArray[np.bool_], top: Integers, start: Integers, ends: Integers) -> Floats:
    """Return what it costs boxes to end at each row: boxes x rows; `top` is the lowest row filled so far."""
    last = cuts.shape[1] - 1
    known = np.take_along_axis(cuts, ends, axis=1) | (ends == last)
    ended = np.cumsum(cuts, axis=1)
    before = ended[np.arange(len(start)), start]
    crossed: Integers = np.take_along_axis(ended, ends - 1, axis=1) - before[:, None]
    price: Floats = BOXES.crossing * np.maximum(crossed, 0.0)
    price[~known] += np.where(ends > top[:, None], BOXES.cut, BOXES.cut_between)[~known]
    return price


def _hints(stream: Stream, table: Lanes, of_small: Stream | None) -> Floats:
    """Return what it costs each number to be in each cell, by the labels next before it: numbers x cells.

    The last line is that of no number.
    """
    frame, small = table.frame, table.small
    found = np.zeros((len(stream.numbers) + 1, table.width, frame.height))
    for place, number in enumerate(stream.numbers):
        found[place, : table.main] += _label_prices(number, frame)
    if small is not None and of_small is not None:
        for place, number in enumerate(of_small.numbers):
            own = stream.numbers[place]
            found[place, -1, table.tops[-1] :] += _label_prices(number, small).T.ravel()
            found[place, -1] += BOXES.other_table * (bool(own.columns or own.rows) > bool(number.columns))
            found[place, : table.main] += BOXES.other_table * (bool(number.columns) > bool(own.columns))
    return found.reshape(len(found), -1)


def _label_prices(number: Number, frame: Frame) -> Floats:
    """Return what the labels next before a number cost it in each cell of a table: columns x rows."""
    alone = len(number.columns) == 1
    price = BOXES.other_column_named if alone else BOXES.column_not_named
    found: Floats = column_prices(number, frame.columns, price)[:, None] + row_prices(number, frame.rows)
    return found


def _own_headers(stream: Stream, table: Lanes, of_small: Stream | None) -> NDArray[np.bool_]:
    """Tell which lanes each number has its own header for, next before it: numbers x lanes."""
    columns = table.frame.columns
    found = [[number.columns == (id,) for id in columns] for number in stream.numbers]
    if of_small is not None:
        for place, number in enumerate(of_small.numbers):
            found[place].append(bool(number.columns) and not stream.numbers[place].columns)
    return np.array(found)
