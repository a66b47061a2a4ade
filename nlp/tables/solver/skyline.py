"""Searches how a stream fills a table: each box of its numbers goes below what its lanes have so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.tables.solver.lanes import Lanes
from nlp.tables.solver.offers import Offers
from nlp.tables.solver.prices import BOXES, Floats
from nlp.tables.solver.states import Marks, States
from nlp.tables.solver.steps import Steps, together
from nlp.tables.solver.stream import Integers, Stream

_STEPS_A_STATE = 6
"""So many steps that end at one place are looked at for each state that is followed from there."""
_MOST_BLANK = 2
"""So many cells in turn are left blank."""


class Ways(Struct, frozen=True):
    """What the search followed: all states by their ids, and those at which every cell is filled.

    `steps` are the steps that were followed in the order of their ends, each with the ids of these; `offers`
    tells what steps cost.
    """

    offers: Offers
    states: States
    ends: Integers
    steps: list[tuple[Steps, Integers]]


def ways(stream: Stream, table: Lanes, breadth: int) -> Ways:
    """Return the cheapest ways to fill a table with a stream.

    `breadth` states are followed from each place of the stream on. As many numbers as there are too many are
    put aside, as many cells as there are too many left blank.
    """
    return _Search(stream, table, breadth).ways()


class _Search:
    def __init__(self, stream: Stream, table: Lanes, breadth: int) -> None:
        self.table, self.breadth = table, breadth
        self.offers = Offers(stream, table)
        self.values = np.array([*(number.value or 0 for number in stream.numbers), 0], dtype=np.float64)
        rounds = (self.offers.count + 1) * (1 + min(_MOST_BLANK, self.offers.blanks)) + self.offers.blanks
        self.states = States(table, 1 + breadth * rounds)
        self.marks = Marks(self.states)
        self.terms = np.abs(table.signs).T.astype(np.float32)
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
        order = np.argsort(steps.taken, kind="stable")
        ends, firsts = np.unique(steps.taken[order], return_index=True)
        for taken, chosen in zip(ends.tolist(), np.split(order, firsts[1:]), strict=True):
            self.coming.setdefault(place + taken, []).append(steps.these(chosen).cheapest(2 * self.breadth))

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
        steps = steps.cheapest(_STEPS_A_STATE * self.breadth, self._further(steps))
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
        foremost = np.argsort((states.prices + rest)[cheapest], kind="stable")
        found: Integers = cheapest[foremost[: self.breadth]]
        return found

    def _further(self, steps: Steps) -> Floats:
        """Return the least that will follow each step: lanes that are not full, numbers to be put aside."""
        heights = self.states.heights[steps.origins]
        ends = heights[np.arange(len(steps)), steps.lanes] + steps.rows
        fills = steps.widths * ((ends == self.table.height) & (steps.rows > 0))
        aside = self.states.aside[steps.origins] + (steps.rows == 0)
        blanks = self.states.blanks[steps.origins] + (steps.taken == 0)
        found: Floats = self._rest(heights, aside, blanks) - BOXES.lane * fills
        return found

    def _rest(self, heights: Integers, aside: Integers, blanks: Integers) -> Floats:
        """Return the least that will follow where lanes are filled so far, and so many numbers put aside."""
        found: Floats = BOXES.lane * (heights < self.table.height).sum(axis=1)
        found += BOXES.aside * (self.offers.surplus - aside)
        found += BOXES.blank * (self.offers.blanks - blanks)
        return found

    def _behind(self, steps: Steps, place: int) -> States:
        """Return the states behind some steps."""
        found = self.states.these(steps.origins)
        filled, numbers = steps.cells(self.states, self.table)
        values = self.values[numbers]
        found.places[:] = place
        found.prices = steps.prices + self._hints(steps, numbers)
        lanes = np.arange(self.table.width)
        inside = (lanes >= steps.lanes[:, None]) & (lanes < (steps.lanes + steps.widths)[:, None])
        found.heights += inside * steps.rows[:, None]
        self._add(found, values, filled)
        self._wake(found, values, filled)
        placed = steps.rows > 0
        found.lanes[placed], found.widths[placed] = steps.lanes[placed], steps.widths[placed]
        box = np.flatnonzero(placed & (steps.taken > 0))
        found.cuts[box, found.heights[box, steps.lanes[box]]] = True
        found.resumes[:] = True
        found.resumes[box] = False
        found.aside += steps.rows == 0
        found.blanks += steps.taken == 0
        return found

    def _hints(self, steps: Steps, numbers: Integers) -> Floats:
        """Return what the labels before the numbers of each step cost, but for its first one, which paid."""
        every = self.offers.hints[numbers, np.arange(len(self.table.lane))].sum(axis=1)
        cells = steps.lanes * self.table.height + self.states.heights[steps.origins, steps.lanes]
        is_box = (steps.rows > 0) & (steps.taken > 0)
        first = self.states.places[steps.origins] * is_box
        found: Floats = every - self.offers.hints[first, cells * is_box] * is_box
        return found

    def _add(self, states: States, values: Floats, filled: NDArray[np.bool_]) -> None:
        """Add values to sums; those that close and do not hold have their price."""
        states.sums += values @ self.table.signs.T
        open = (self.table.row >= states.heights[:, self.table.lane]).astype(np.float32) @ self.terms
        closed = (open == 0) & (filled.astype(np.float32) @ self.terms > 0)
        states.prices += BOXES.broken(np.where(closed, states.sums, 0.0)).sum(axis=1)
        states.sums[closed] = 0.0

    def _wake(self, states: States, values: Floats, filled: NDArray[np.bool_]) -> None:
        """Numbers in rows all of whose numbers before were 0 have their price."""
        shape = (len(values), self.table.width, self.table.height)
        has_value = (values != 0).reshape(shape).any(axis=1)
        states.prices += BOXES.awakened * (has_value & states.seen & ~states.awake).sum(axis=1)
        states.seen |= filled.reshape(shape).any(axis=1)
        states.awake |= has_value
