"""Searches how a stream fills a table: each box of its numbers goes below what its lanes have so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.offers import Offers
from nlp.tables.solver.prices import BOXES, Floats
from nlp.tables.solver.running_sums import RunningSums
from nlp.tables.solver.states import Marks, States
from nlp.tables.solver.steps import Steps, together
from nlp.tables.solver.stream import Integers, Stream


class Breadth(Struct, frozen=True):
    """How far the search looks around: from a place so many `states` are followed.

    Of the steps that end at one place so many `steps` are looked at for each of these states, of those from
    one place to another so many are `kept`.
    """

    states: int
    steps: int
    kept: int


NARROW, WIDE = Breadth(60, 10, 2), Breadth(100, 10, 2)
_MOST_BLANK = 2
"""So many cells in turn are left blank."""


Inside = tuple[Integers, Integers, Integers]
"""Numbers in the boxes of steps: for each the step, the number, the cell."""


class Ways(Struct, frozen=True):
    """What the search followed: all states by their ids, and those at which every cell is filled.

    `steps` are the steps that were followed in the order of their ends, each with the ids of these; `offers`
    tells what steps cost.
    """

    offers: Offers
    states: States
    ends: Integers
    steps: list[tuple[Steps, Integers]]


def ways(stream: Stream, table: Lanes, breadth: Breadth, of_small: Stream | None = None) -> Ways:
    """Return the cheapest ways to fill a table, and a small one beside it, with a stream.

    `of_small` are the same numbers with the labels before them as the small table reads them.

    As many numbers as there are too many are
    put aside, as many cells as there are too many left blank.
    """
    return _Search(Offers(stream, table, of_small), stream, table, breadth).ways()


class _Search:
    def __init__(self, offers: Offers, stream: Stream, table: Lanes, breadth: Breadth) -> None:
        self.offers, self.table, self.breadth = offers, table, breadth
        self.values = np.array([*(number.value or 0 for number in stream.numbers), 0], dtype=np.float64)
        rounds = (self.offers.count + 1) * (1 + min(_MOST_BLANK, self.offers.blanks)) + self.offers.blanks
        self.sums = RunningSums(table)
        self.states = States(table, 1 + breadth.states * rounds, self.sums.count)
        self.marks = Marks(self.states)
        self.hinted = np.flatnonzero(self.offers.hints.any(axis=1))
        self.counted = np.flatnonzero(self.values)
        self.known = 1
        self.coming: dict[int, list[Steps]] = {}
        self.followed: list[tuple[Steps, Integers]] = []

    def ways(self) -> Ways:
        """Follow the stream from its beginning to its end."""
        here = np.array([0])
        for place in range(self.offers.count + 1):
            if place:
                here = self._settled(self.coming.pop(place, []), place)
            here = np.concatenate([here, *self._with_blanks(here, place)])
            if place < self.offers.count and len(here):
                for steps in self.offers.at(place, self.states.these(here), here):
                    self._follow(place, steps)
        full = (self.states.heights[here] == self.table.height).all(axis=1)
        return Ways(self.offers, self.states, here[full], self.followed)

    def _follow(self, place: int, steps: Steps) -> None:
        """Keep steps from a place for the places at which they end."""
        if not len(steps):
            return
        most = self.breadth.kept * self.breadth.states
        order = np.lexsort((steps.prices + self._further(steps), steps.taken))
        steps = steps.these(order)
        ends, firsts = np.unique(steps.taken, return_index=True)
        bounds = pairwise([*firsts.tolist(), len(steps)])
        for taken, (first, end) in zip(ends.tolist(), bounds, strict=True):
            cheapest = steps.these(slice(first, min(end, first + most)))
            self.coming.setdefault(place + taken, []).append(cheapest)

    def _with_blanks(self, here: Integers, place: int) -> Iterable[Integers]:
        """Yield the ids of the states behind cells that are left blank, one after the other."""
        at_end = place == self.offers.count
        for _ in range(self.offers.blanks if at_end else min(self.offers.blanks, _MOST_BLANK)):
            if not len(here):
                return
            here = self._settled([self.offers.blank_cells(self.states.these(here), here)], place)
            yield here

    def _settled(self, coming: Sequence[Steps], place: int) -> Integers:
        """Return the ids of the states at which steps end, of equal ones the cheapest alone."""
        if not any(map(len, coming)):
            return np.zeros(0, dtype=np.int64)
        steps = together(coming)
        steps = steps.cheapest(self.breadth.steps * self.breadth.states, self._further(steps))
        states = self._behind(steps, place)
        marks = self.marks.of(states)
        kept = self._kept(states, marks)
        ids = np.arange(self.known, self.known + len(kept))
        self.states.put(self.known, states.these(kept))
        self.known += len(kept)
        by_mark = np.argsort(marks[kept])
        places = np.searchsorted(marks[kept], marks, sorter=by_mark)
        end = by_mark[np.minimum(places, len(kept) - 1)]
        near = (marks[kept][end] == marks) & (states.prices < states.prices[kept][end] + BOXES.margin)
        self.followed.append((replace(steps, prices=states.prices).these(near), ids[end[near]]))
        return ids

    def _kept(self, states: States, marks: Integers) -> Integers:
        """Return the places of the states to follow: of equal ones the cheapest, the foremost of these."""
        order = np.lexsort((states.prices, marks))
        is_first = np.ones(len(order), dtype=bool)
        is_first[1:] = np.diff(marks[order]) != 0
        cheapest = order[is_first]
        rest = self._rest(states.heights, states.aside, states.blanks)
        foremost = np.argsort((states.prices + states.doomed + rest)[cheapest], kind="stable")
        found: Integers = cheapest[foremost[: self.breadth.states]]
        return found

    def _further(self, steps: Steps) -> Floats:
        """Return the least that will follow each step: lanes to fill, numbers to put aside, doomed sums."""
        heights = self.states.heights[steps.origins]
        ends = heights[np.arange(len(steps)), steps.lanes] + steps.rows
        fills = steps.widths * ((ends == self.table.height) & (steps.rows > 0))
        aside = self.states.aside[steps.origins] + (steps.rows == 0)
        blanks = self.states.blanks[steps.origins] + (steps.taken == 0)
        found: Floats = self._rest(heights, aside, blanks) - BOXES.lane * fills
        return found + self.states.doomed[steps.origins]

    def _rest(self, heights: Integers, aside: Integers, blanks: Integers) -> Floats:
        """Return the least that will follow where lanes are filled so far, and so many numbers put aside."""
        found: Floats = BOXES.lane * (heights < self.table.height).sum(axis=1)
        found += BOXES.aside * (self.offers.surplus - aside)
        found += BOXES.blank * (self.offers.blanks - blanks)
        return found

    def _behind(self, steps: Steps, place: int) -> States:
        """Return the states behind some steps."""
        found = self.states.these(steps.origins)
        found.places[:] = place
        found.prices = steps.prices + self._hints(steps, place)
        lanes = np.arange(self.table.width)
        inside = (lanes >= steps.lanes[:, None]) & (lanes < (steps.lanes + steps.widths)[:, None])
        before = self.sums.open(found.heights)
        found.heights += inside * steps.rows[:, None]
        counted = self._inside(steps, place, self.counted)
        self._add(found, counted, np.logical_or(*before))
        self._wake(found, counted, steps)
        placed = (steps.rows > 0) & (steps.lanes < self.table.main)
        found.lanes[placed], found.widths[placed] = steps.lanes[placed], steps.widths[placed]
        box = np.flatnonzero(placed & (steps.taken > 0))
        found.cuts[box, found.heights[box, steps.lanes[box]]] = True
        found.resumes[:] = True
        found.resumes[box] = False
        found.aside += steps.rows == 0
        found.blanks += steps.taken == 0
        return found

    def _inside(self, steps: Steps, place: int, numbers: Integers) -> Inside:
        """Return where some numbers stand in the boxes of steps that end before the number `place`."""
        firsts = place - steps.taken
        among = numbers[(numbers >= firsts.min()) & (numbers < place)]
        behind = among - firsts[:, None]
        box, at = np.nonzero((behind >= 0) & (steps.rows > 0)[:, None])
        down, across = np.divmod(behind[box, at], steps.widths[box])
        row = self.states.heights[steps.origins[box], steps.lanes[box]] + down
        return box, among[at], (steps.lanes[box] + across) * self.table.height + row

    def _hints(self, steps: Steps, place: int) -> Floats:
        """Return what the labels before the numbers of boxes cost, but for the first ones, which paid."""
        box, number, cell = self._inside(steps, place, self.hinted)
        prices = self.offers.hints[number, cell] * (number > place - steps.taken[box])
        return np.bincount(box, prices, len(steps)).astype(np.float64)

    def _add(self, states: States, counted: Inside, were_open: NDArray[np.bool_]) -> None:
        """Add the numbers that are not 0 to sums; those that close and do not hold have their price."""
        box, number, cell = counted
        states.sums += self.sums.added(box, cell, self.values[number], len(states))
        left, right = self.sums.open(states.heights)
        closed = were_open & ~left & ~right
        off = np.where(closed, states.sums, 0.0)[:, : self.sums.paid]
        states.prices += BOXES.broken(off).sum(axis=1)
        states.sums[closed] = 0.0
        doomed = (~left & (states.sums < 0)) | (~right & (states.sums > 0))
        states.doomed = BOXES.broken(np.where(doomed, states.sums, 0.0)).sum(axis=1)

    def _wake(self, states: States, counted: Inside, steps: Steps) -> None:
        """Numbers in rows all of whose numbers before were 0 have their price."""
        box, _, cell = counted
        lane, row = np.divmod(cell, self.table.height)
        is_own = lane < self.table.main
        has_value = np.zeros(states.awake.shape, dtype=bool)
        has_value[box[is_own], row[is_own]] = True
        states.prices += BOXES.awakened * (has_value & states.seen & ~states.awake).sum(axis=1)
        ends = states.heights[np.arange(len(steps)), steps.lanes] * (steps.lanes < self.table.main)
        rows = np.arange(self.table.height)
        states.seen |= (rows < ends[:, None]) & (rows >= (ends - steps.rows)[:, None])
        states.awake |= has_value
