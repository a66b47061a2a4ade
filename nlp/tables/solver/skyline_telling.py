"""Tells which cells all good ways to fill a grid agree on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

import numpy as np

from nlp.tables.solver.fillings import BLANK as BLANK_MARK
from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.misprints import sure_cells
from nlp.tables.solver.prices import BOXES
from nlp.tables.solver.skyline import Ways
from nlp.tables.solver.solution import Cell, Choice, Reading, Solution
from nlp.tables.solver.steps import BLANK, Steps
from nlp.tables.solver.stream import Gap, Integers, Stream

_STRAIGHT = 50.0
"""Where the best way costs more, the order of the boxes tells no column from another, in nats."""
_UNPRINTED = -7_920
"""Stands for a blank cell without a trace where values are told apart."""


Other = tuple[int, int, float]
"""A cell, the place of another number than the best one that it may have, how much dearer that is."""


def tell_boxes(ways: Ways, stream: Stream, table: Lanes) -> list[Solution]:
    """Return the best filling of each table, a cell told where all fillings within the margin agree on it.

    A cell of a sum that the best filling breaks is never told, nor any where one misprint does not explain
    what is broken. Empty where there is no filling.
    """
    if not len(ways.ends):
        return []
    end = int(ways.ends[np.argmin(ways.states.prices[ways.ends])])
    path = _path(ways, end)
    best = _numbers(ways, table, path)
    values = [*(number.value for number in stream.numbers), 0]
    codes = np.array([*(BLANK_MARK if value is None else value for value in values[:-1]), _UNPRINTED])
    choices = [{int(codes[place]): Choice(place, 0.0, int(codes[place]))} for place in best.tolist()]
    others = (
        *_followed(ways, table, codes, codes[best]),
        *_turned(ways, table, path, best),
        *_put_aside(ways, stream, table, path),
    )
    for at, place, excess in others:
        code = int(codes[place])
        known = choices[at].get(code)
        if known is None or excess < known.excess:
            choices[at][code] = Choice(place, excess, code)
    printed = np.array([value or 0 for value in values], dtype=np.float64)
    sure, broken = sure_cells(table.signs, printed[best])
    readings = []
    for n, found in enumerate(choices):
        ordered = tuple(sorted(found.values(), key=lambda choice: choice.excess))
        readings.append(Reading(ordered, bool(sure[n]) and len(found) == 1 and ordered[0].place >= 0))
    left = tuple(sorted(set(range(len(stream.numbers))).difference(best.tolist())))
    price = float(ways.states.prices[end])
    return [Solution(cells, price, left, broken, np.inf) for cells in _by_table(readings, table)]


def _by_table(readings: Sequence[Reading], table: Lanes) -> Iterator[dict[Cell, Reading]]:
    """Yield what the cells of each table hold."""
    own = [(row, column) for column in table.frame.columns for row in table.frame.rows]
    yield dict(zip(own, readings, strict=False))
    if table.small is not None:
        cells = [(row, column) for row in table.small.rows for column in table.small.columns]
        yield dict(zip(cells, readings[-len(cells) :], strict=True))


def _path(ways: Ways, end: int) -> list[Steps]:
    """Return the steps of the cheapest way to a state, each alone, the first one first."""
    into: dict[int, tuple[Steps, int]] = {}
    for steps, ends in ways.steps:
        for at in np.flatnonzero(steps.prices <= ways.states.prices[ends]).tolist():
            into.setdefault(int(ends[at]), (steps, at))
    path: list[Steps] = []
    while end:
        steps, at = into[end]
        path.append(steps.these(slice(at, at + 1)))
        end = int(steps.origins[at])
    return path[::-1]


def _numbers(ways: Ways, table: Lanes, path: Sequence[Steps]) -> Integers:
    """Return the place of the number that each cell has on a way, BLANK where there is none."""
    found = np.full(len(table.lane), BLANK, dtype=np.int64)
    for step in path:
        filled, numbers = step.cells(ways.states, table)
        found[filled[0]] = numbers[0][filled[0]]
    return found


def _followed(ways: Ways, table: Lanes, codes: Integers, best: Integers) -> Iterator[Other]:
    """Yield what other ways that were followed put into cells, within the margin."""
    states = ways.states
    onward = np.full(len(states), np.inf)
    onward[ways.ends] = 0.0
    price = float(states.prices[ways.ends].min())
    for steps, ends in reversed(ways.steps):
        np.minimum.at(onward, steps.origins, onward[ends] + steps.prices - states.prices[steps.origins])
        excess = steps.prices + onward[ends] - price
        near = np.flatnonzero(excess < BOXES.margin)
        filled, numbers = steps.these(near).cells(states, table)
        for at, cell in zip(*np.nonzero(filled & (codes[numbers] != best)), strict=True):
            yield int(cell), int(numbers[at, cell]), float(excess[near[at]])


def _turned(ways: Ways, table: Lanes, path: Sequence[Steps], best: Integers) -> Iterator[Other]:
    """Yield what cells have where columns that add up to the same totals change places, within the margin.

    No sum tells such columns from each other; their turns and their headers do, and boxes of several columns.
    Where the way is dear, so much is out of place that only headers do.
    """
    if not table.parts:
        return
    boxes = [
        range(int(step.lanes[0]), int(step.lanes[0] + step.widths[0]))
        for step in path
        if step.rows[0] and step.lanes[0] < table.main
    ]
    orders = np.array([*permutations(table.parts)])
    lanes = np.tile(np.arange(table.width), (len(orders), 1))
    lanes[:, table.parts] = orders
    is_straight = float(ways.states.prices[ways.ends].min()) < _STRAIGHT
    for box in boxes if is_straight else ():
        lanes = lanes[(np.diff(lanes[:, box], axis=1) > 0).all(axis=1)]
    printed = [*dict.fromkeys(lane for box in boxes for lane in box)]
    cells = lanes[:, table.lane] * table.height + table.row
    moved = np.array([_moved(order) for order in lanes[:, printed].tolist()])
    prices = BOXES.out_of_turn * moved * is_straight + ways.offers.hints[best, cells].sum(axis=1)
    excess = prices - prices[0]
    for n in np.flatnonzero(excess < BOXES.margin).tolist():
        for cell, number in zip(cells[n].tolist(), best.tolist(), strict=True):
            yield cell, number, max(0.0, float(excess[n]))


def _put_aside(ways: Ways, stream: Stream, table: Lanes, path: Sequence[Steps]) -> Iterator[Other]:
    """Yield numbers that a way puts aside though they go on the box before, with the cells below it.

    A misprint alone may be why such a number was not taken.
    """
    for before, step in pairwise(path):
        place = int(ways.states.places[step.origins[0]])
        if step.rows[0] or not before.rows[0] or stream.numbers[place].gap >= Gap.LABEL:
            continue
        row = int(ways.states.heights[step.origins[0], before.lanes[0]])
        for lane in range(int(before.lanes[0]), int(before.lanes[0] + before.widths[0])):
            if row < table.height:
                yield lane * table.height + row, place, BOXES.wrong_sum


def _moved(lanes: Sequence[int]) -> int:
    """Return how many lanes at least were moved if they were printed in this order.

    >>> [_moved(lanes) for lanes in ([0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1])]
    [0, 1, 2]
    """
    ends: list[int] = []
    for lane in lanes:
        at = bisect_left(ends, lane)
        ends[at : at + 1] = [lane]
    return len(lanes) - len(ends)
