"""Tells which cells all good fillings of a table agree on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from numpy.typing import NDArray

from nlp.tables.solver.bands import Lattice, Place, Step
from nlp.tables.solver.fillings import Fillings
from nlp.tables.solver.frame import Frame
from nlp.tables.solver.prices import PRICES, Floats
from nlp.tables.solver.stream import Integers, Stream

Cell = tuple[str, str]
"""The ids of a row and a column."""


class Choice(Struct, frozen=True):
    """A number that a cell may hold: its place in the stream, and how much dearer that is, in nats."""

    place: int
    excess: float


class Reading(Struct, frozen=True):
    """What a cell holds: `told`, or one of `choices`, cheapest first, each of another value."""

    choices: tuple[Choice, ...]
    told: bool

    @property
    def best(self) -> int:
        """The place in the stream of the number that the best filling puts into the cell."""
        return self.choices[0].place


class Solution(Struct, frozen=True):
    """How a stream fills a table.

    `price` is that of the best filling, in nats; `aside` are the places of numbers that it gives to no cell.
    `broken` counts its sums that do not hold. `dropped` is how far above it the cheapest filling may be that
    was not looked at, infinite where all were: below the margin nothing is told. `without_sums`: no sum of
    the table says anything.
    """

    cells: dict[Cell, Reading]
    price: float
    aside: tuple[int, ...]
    broken: int
    dropped: float

    def told(self) -> dict[Cell, int]:
        """Return the places of the numbers of the cells that are told."""
        return {cell: reading.best for cell, reading in self.cells.items() if reading.told}


def told(lattice: Lattice, stream: Stream, grid: Frame) -> Solution | None:
    """Return the best filling of a lattice, a cell told where all fillings within the margin agree on it.

    A cell of a sum that the best filling breaks is never told. None where the lattice has no filling.
    """
    if lattice.end not in lattice.places or not np.isfinite(lattice.best):
        return None
    onward = _onward(lattice)
    best, aside = _best(lattice, onward, grid)
    codes = np.array([-1 if number.value is None else number.value for number in stream.numbers])
    choices: dict[int, dict[int, Choice]] = {
        cell: {int(codes[place]): Choice(int(place), 0.0)} for cell, place in enumerate(best)
    }
    for band, prices in _alternatives(lattice, onward):
        cells = band.row * grid.width + np.arange(band.places.shape[1])
        unlike = codes[band.places] != codes[best[cells]]
        for filling, at in zip(*np.nonzero(unlike), strict=True):
            place, excess = int(band.places[filling, at]), float(prices[filling])
            known = choices[int(cells[at])]
            code = int(codes[place])
            if code not in known or excess < known[code].excess:
                known[code] = Choice(place, excess)
    values = stream.values()[best].reshape(grid.height, grid.width)
    in_broken, broken = _broken(values, grid)
    dropped = lattice.dropped - lattice.best
    readings = {}
    for cell, found in choices.items():
        row, column = divmod(cell, grid.width)
        alone = len(found) == 1 and not in_broken[row, column] and dropped >= PRICES.margin
        ordered = tuple(sorted(found.values(), key=lambda choice: choice.excess))
        readings[grid.rows[row], grid.columns[column]] = Reading(ordered, alone)
    return Solution(readings, lattice.best, aside, broken, dropped)


def _onward(lattice: Lattice) -> dict[Place, Floats]:
    """Return for each state of each place the least price from it to the end."""
    onward = {here: np.full(len(states.prices), np.inf) for here, states in lattice.places.items()}
    onward[lattice.end][:] = 0.0
    for here in sorted(lattice.places, reverse=True):
        for step, ends in lattice.places[here].into:
            followed = ends >= 0
            price = step.prices[followed] + onward[here][ends[followed]]
            np.minimum.at(onward[step.origin], step.origins[followed], price)
    return onward


def _best(lattice: Lattice, onward: dict[Place, Floats], grid: Frame) -> tuple[Integers, tuple[int, ...]]:
    """Return the place of the number in each cell of the cheapest filling, and those put aside."""
    best = np.full(grid.height * grid.width, -1, dtype=np.int64)
    aside: list[int] = []
    here, state = lattice.end, int(np.argmin(lattice.places[lattice.end].prices))
    while here != (0, 0):
        step, at = _cheapest_into(lattice, here, state)
        if step.band is None:
            aside.append(step.origin[1])
        else:
            first = step.band.row * grid.width
            places = step.band.places[step.chosen[at]]
            best[first : first + len(places)] = places
        here, state = step.origin, int(step.origins[at])
    return best, tuple(sorted(aside))


def _cheapest_into(lattice: Lattice, here: Place, state: int) -> tuple[Step, int]:
    """Return the step by which a state is reached at the least price, and which of its ways that is."""
    ways = []
    for n, (step, ends) in enumerate(lattice.places[here].into):
        reaching = np.flatnonzero(ends == state)
        if len(reaching):
            before = lattice.places[step.origin].prices[step.origins[reaching]]
            prices = before + step.prices[reaching]
            cheapest = int(np.argmin(prices))
            ways.append((float(prices[cheapest]), n, int(reaching[cheapest])))
    _, n, at = min(ways)
    return lattice.places[here].into[n][0], at


def _alternatives(lattice: Lattice, onward: dict[Place, Floats]) -> Iterator[tuple[Fillings, Floats]]:
    """Yield the fillings of bands on ways within the margin, with how much dearer their best way is."""
    for here, states in lattice.places.items():
        for step, ends in states.into:
            if step.band is None:
                continue
            before = lattice.places[step.origin].prices[step.origins]
            after = np.where(ends >= 0, onward[here][ends], np.inf)
            excess = np.full(len(step.band.prices), np.inf)
            np.minimum.at(excess, step.chosen, before + step.prices + after - lattice.best)
            kept = np.flatnonzero(excess < PRICES.margin)
            if len(kept):
                band = step.band
                few = Fillings(
                    band.row, band.first, band.height, excess[kept], band.places[kept], band.values[kept]
                )
                yield few, excess[kept]


def _broken(values: Integers, grid: Frame) -> tuple[NDArray[np.bool_], int]:
    """Return which cells of a filled grid are in a sum that does not hold, and how many such sums there are."""
    marked = np.zeros(values.shape, dtype=bool)
    count = 0
    for signs in grid.across:
        off = values @ signs != 0
        marked |= off[:, None] & (signs != 0)[None, :]
        count += int(off.sum())
    for left, right in zip(grid.left, grid.right, strict=True):
        off = left @ values != right @ values
        marked |= off[None, :] & (left + right > 0)[:, None]
        count += int(off.sum())
    return marked, count
