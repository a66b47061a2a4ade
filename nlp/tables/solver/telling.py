"""Tells which cells all good fillings of a table agree on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nlp.tables.solver.fillings import BLANK, Fillings
from nlp.tables.solver.frame import Frame
from nlp.tables.solver.lanes import lanes
from nlp.tables.solver.lattice import Lattice, Place, Step
from nlp.tables.solver.misprints import sure_cells
from nlp.tables.solver.prices import PRICES, Floats
from nlp.tables.solver.solution import Choice, Reading, Solution
from nlp.tables.solver.stream import Integers, Stream


def tell(lattice: Lattice, stream: Stream, grid: Frame) -> Solution | None:
    """Return the best filling of a lattice, a cell told where all fillings within the margin agree on it.

    A cell of a sum that the best filling breaks is never told, nor any where one misprint does not explain
    what is broken. None where the lattice has no filling.
    """
    if lattice.end not in lattice.places or not np.isfinite(lattice.best):
        return None
    onward = _onward(lattice)
    best, marks, aside, turned = _best(lattice, onward, grid)
    best, unmatched = _with_displaced(best, marks, aside, stream)
    choices: dict[int, dict[int, Choice]] = {
        cell: {mark: Choice(int(best[cell]), 0.0, mark)} for cell, mark in enumerate(marks.tolist())
    }
    for band, excesses in _alternatives(lattice, onward):
        cells = band.row * grid.width + np.arange(band.places.shape[1])
        of_band = band.marks
        unlike = of_band != marks[cells]
        for filling, at in zip(*np.nonzero(unlike), strict=True):
            place, excess = int(band.places[filling, at]), float(excesses[filling])
            known, mark = choices[int(cells[at])], int(of_band[filling, at])
            if mark not in known or excess < known[mark].excess:
                known[mark] = Choice(place, excess, mark)
    values = np.where(marks == BLANK, 0, marks).reshape(grid.height, grid.width)
    sure, broken = sure_cells(lanes(grid).signs, values.T.ravel().astype(np.float64))
    of_broken = ~sure.reshape(grid.width, grid.height).T
    doubted = of_broken | _turned_about(values, turned, _headed(best, stream, grid), grid)
    for cell in unmatched:
        doubted[cell // grid.width, :] = doubted[:, cell % grid.width] = True
    dropped = lattice.dropped - lattice.best
    is_sure = dropped >= PRICES.margin
    readings = {}
    for cell, found in choices.items():
        row, column = divmod(cell, grid.width)
        alone = len(found) == 1 and not doubted[row, column] and is_sure
        ordered = tuple(sorted(found.values(), key=lambda choice: choice.excess))
        alone = alone and ordered[0].place >= 0
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


def _best(
    lattice: Lattice, onward: dict[Place, Floats], grid: Frame
) -> tuple[Integers, Integers, tuple[int, ...], list[range]]:
    """Return the places of the numbers of the cheapest filling, their marks, the places put aside.

    The last list has the rows of each band whose columns were printed out of turn.
    """
    best = np.full(grid.height * grid.width, -1, dtype=np.int64)
    marks = np.zeros_like(best)
    turned: list[range] = []
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
            marks[first : first + len(places)] = step.band.marks[step.chosen[at]]
            if step.band.turned[step.chosen[at]]:
                turned.append(range(step.band.row, step.band.row + step.band.height))
        here, state = step.origin, int(step.origins[at])
    return best, marks, tuple(sorted(aside)), turned


def _with_displaced(
    best: Integers, marks: Integers, aside: Sequence[int], stream: Stream
) -> tuple[Integers, list[int]]:
    """Return the places with those of displaced numbers in open cells, and the cells that found none."""
    best, unmatched = best.copy(), []
    left = {place: stream.numbers[place].value or 0 for place in aside}
    for cell in np.flatnonzero(best < 0).tolist():
        fitting = [place for place, value in left.items() if value == marks[cell]]
        if fitting:
            best[cell] = fitting[0]
            del left[fitting[0]]
        else:
            unmatched.append(cell)
    return best, unmatched


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
                yield step.band.these(kept), excess[kept]


def _headed(best: Integers, stream: Stream, grid: Frame) -> set[int]:
    """Return the columns of which a number stands next behind their own header alone."""
    column_of = {place: cell % grid.width for cell, place in enumerate(best.tolist())}
    return {
        column
        for place, column in column_of.items()
        if place >= 0 and stream.numbers[place].columns == (grid.columns[column],)
    }


def _turned_about(
    values: Integers, turned: Sequence[range], headed: Container[int], grid: Frame
) -> NDArray[np.bool_]:
    """Return the cells that bands with columns printed out of turn leave in doubt.

    Where one part is out of turn another may be as well: of the parts of a sum across, two columns may have
    changed places in such a band, or in all of them, if every sum down holds either way and neither has its
    header. The cells in which they differ are in doubt.
    """
    doubted = np.zeros(values.shape, dtype=bool)
    bands = [np.array(rows) for rows in turned]
    for rows in [*bands, np.concatenate(bands)] if bands else ():
        share = (grid.left - grid.right)[:, rows] @ values[rows]
        for one, two in combinations([column for column in range(grid.width) if column not in headed], 2):
            are_parts = any(signs[one] == signs[two] != 0 for signs in grid.across)
            if are_parts and (share[:, one] == share[:, two]).all():
                unlike = rows[values[rows, one] != values[rows, two]]
                doubted[np.ix_(unlike, [one, two])] = True
    return doubted
