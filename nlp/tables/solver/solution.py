"""What a search found out about a table: for each cell what is told, or what it may be."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.tables.solver.prices import PRICES
from nlp.tables.solver.stream import Integers, Stream

Cell = tuple[str, str]
"""The ids of a row and a column."""


class Choice(Struct, frozen=True):
    """A number that a cell may hold: its place in the stream, and how much dearer that is, in nats.

    `mark` is its value, BLANK for a printed mark of a blank cell.
    """

    place: int
    excess: float
    mark: int


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
    was not looked at, infinite where all were: below the margin nothing is told.
    """

    cells: dict[Cell, Reading]
    price: float
    aside: tuple[int, ...]
    broken: int
    dropped: float

    @property
    def share_told(self) -> float:
        """The share of cells that are told."""
        return sum(reading.told for reading in self.cells.values()) / max(1, len(self.cells))

    def told(self) -> dict[Cell, int]:
        """Return the places of the numbers of the cells that are told."""
        return {cell: reading.best for cell, reading in self.cells.items() if reading.told}


def in_doubt(solution: Solution, dropped: float) -> Solution:
    """Return a solution of which nothing is told, for something so little dearer was not looked at."""
    cells = {cell: replace(reading, told=False) for cell, reading in solution.cells.items()}
    return replace(solution, cells=cells, dropped=min(dropped, solution.dropped))


def in_stream_order(solution: Solution, order: Integers) -> Solution:
    """Return a solution with the places that its numbers have in the stream as it was printed.

    `order[n]` is the place of what was solved as number n.
    """
    cells = {
        cell: Reading(
            tuple(replace(choice, place=int(order[choice.place])) for choice in reading.choices),
            reading.told,
        )
        for cell, reading in solution.cells.items()
    }
    return replace(solution, cells=cells, aside=())


def agreed(found: Sequence[Solution | None]) -> Solution | None:
    """Return the cheapest of some solutions, a cell told where all those within the margin tell the same.

    What another solution dropped is in doubt here as well. None where there is none.
    """
    solutions = [solution for solution in found if solution is not None]
    if not solutions:
        return None
    best = min(solutions, key=lambda solution: solution.price)
    cells = dict(best.cells)
    dropped = best.dropped
    for other in solutions:
        dropped = min(dropped, other.price + other.dropped - best.price)
        if other is best or other.price - best.price >= PRICES.margin:
            continue
        for cell, reading in other.cells.items():
            cells[cell] = _joined(cells[cell], reading, other.price - best.price)
    joined = replace(best, cells=cells, dropped=dropped)
    return in_doubt(joined, dropped) if dropped < PRICES.margin else joined


def _joined(one: Reading, two: Reading, excess: float) -> Reading:
    """Return a reading with the choices of another one that is dearer."""
    known = {choice.mark: choice for choice in one.choices}
    for choice in two.choices:
        later = replace(choice, excess=choice.excess + excess)
        if choice.mark not in known or later.excess < known[choice.mark].excess:
            known[choice.mark] = later
    choices = tuple(sorted(known.values(), key=lambda choice: choice.excess))
    return Reading(choices, one.told and len(choices) == 1)


def with_told_by(other: Solution, solution: Solution, stream: Stream) -> Solution:
    """Return a solution with what another one tells besides; where they differ, with what both tell alone."""
    alike, more = {}, {}
    for cell, reading in other.cells.items():
        own = solution.cells[cell]
        if not own.told and reading.told:
            more[cell] = reading
        elif reading.told and stream.numbers[reading.best].value != stream.numbers[own.best].value:
            alike[cell] = replace(own, told=False)
    if not alike:
        return replace(solution, cells={**solution.cells, **more})
    cells = {
        cell: replace(reading, told=reading.told and other.cells[cell].told and cell not in alike)
        for cell, reading in solution.cells.items()
    }
    return replace(solution, cells=cells)
