"""All good ways through a stream: states at places, steps between them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nlp.tables.solver.fillings import Fillings
from nlp.tables.solver.prices import Floats
from nlp.tables.solver.stream import Integers

Place = tuple[int, int]
"""The next row of the grid and the next number of the stream."""


class Step(Struct, frozen=True):
    """Steps of the lattice: from states of one place to states of a later one.

    `origins` and `ends` are the states' places among those of their Place, `prices` what each step costs;
    `chosen` is the filling of `band` that it uses. `band` is None where a number is put aside.
    """

    origin: Place
    end: Place
    origins: Integers
    prices: Floats
    chosen: Integers
    band: Fillings | None


class States(Struct):
    """The states of one place: different sums down so far, `sums[n]` as relations × 2 × width."""

    sums: Integers
    prices: Floats
    into: list[tuple[Step, Integers]]
    """The steps that end here, with the state that each one ends in."""


class Lattice(Struct, frozen=True):
    """All ways through a stream that cost no more than `most`, as far as `dropped` does not say otherwise.

    `best` is the price of the cheapest way, infinite where there is none. `dropped` is the lowest price that
    a way might have that was not followed for there being too many, infinite where all were.
    """

    places: Mapping[Place, States]
    end: Place
    best: float
    most: float
    dropped: float
