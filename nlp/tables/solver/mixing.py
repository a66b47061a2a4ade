"""Solves two tables of which a tool gave some numbers of one among those of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.solver.prices import PRICES
from nlp.tables.solver.solution import Solution, in_doubt
from nlp.tables.solver.solve import solve
from nlp.tables.solver.stream import Gap, Number, Stream

_FOREIGN = 3.0
"""What it costs to take a number from the table whose header stands next before it, in nats."""
_MOST_TRIED = 4
_MOST_SMALL = 60
"""So many ways to share are tried on the large table; before, so many on the small one."""
_MOST_MOVED = 175


class Piece(Struct, frozen=True):
    """The numbers in the region of a table, with the labels before them as each of two tables reads them."""

    large: Sequence[Number]
    small: Sequence[Number]


class Job(Struct, frozen=True):
    """A table with the rows that the page prints of it."""

    table: Table
    rows: Sequence[str]

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.table.columns)


class Shared(Struct, frozen=True):
    """A way to share the numbers of a page between two tables, its streams and their solutions."""

    price: float
    streams: tuple[Stream, Stream]
    solutions: tuple[Solution, Solution]


def share(large: Job, small: Job, of_large: Piece, of_small: Piece) -> list[Shared]:
    """Return the ways to share the numbers of two regions between two tables, the cheapest first.

    `large` is the table with sums down (三), `small` the one of one row (四). One or two runs of numbers are
    moved from the region that has too many to the table that has too few. Empty where no way is found.
    """
    lacking = large.cells - len(of_large.large)
    ways = []
    if lacking > 0:
        ways = list(_to_large(lacking, large, small, of_large, of_small))
    elif lacking < 0 and len(of_small.small) < small.cells:
        ways = list(_to_small(small.cells - len(of_small.small), small, of_large, of_small))
    ways = _different(ways)
    found = _solved(ways[:_MOST_TRIED], large, small)
    left_out = ways[_MOST_TRIED][0] - ways[0][0] if len(ways) > _MOST_TRIED else PRICES.margin
    if left_out < PRICES.margin:
        found = [_doubted(way, left_out) for way in found]
    return sorted(found, key=lambda way: way.price)


def _doubted(way: Shared, left_out: float) -> Shared:
    """Return a way of which nothing is told: others, so little dearer, were left out."""
    large, small = way.solutions
    return Shared(way.price, way.streams, (in_doubt(large, left_out), in_doubt(small, left_out)))


def _different(ways: Sequence[Way]) -> list[Way]:
    """Return the ways that give the tables other values than a cheaper one, the cheapest first."""
    known: dict[tuple[int | None, ...], Way] = {}
    for way in sorted(ways, key=lambda way: way[0]):
        values = tuple(number.value for stream in way[1:] for number in stream.numbers)
        known.setdefault(values, way)
    return list(known.values())


Way = tuple[float, Stream, Stream]
"""The price of the small table with what moving costs, and the streams of the two tables."""


def _solved(ways: Sequence[Way], large: Job, small: Job) -> list[Shared]:
    """Return the solutions of some ways, without those that let a table have none; the first thoroughly."""
    found = []
    for n, (price, one, two) in enumerate(ways):
        first = solve(one, large.table, large.rows, thorough=n == 0)
        second = solve(two, small.table, small.rows, thorough=False)
        if first is not None and second is not None:
            found.append(Shared(price + first.price, (one, two), (first, second)))
    return found


def _to_large(lacking: int, large: Job, small: Job, of_large: Piece, of_small: Piece) -> Iterator[Way]:
    """Yield the ways to move as many numbers as the large table lacks out of the small one's region."""
    if lacking > min(_MOST_MOVED, len(of_small.small)):
        return
    for places in _runs_of(of_small.small, lacking):
        rest = Stream(of_small.small).without(places)
        price = _priced(rest, small)
        if price is not None:
            moved = [of_small.large[place] for place in places]
            cost = sum(_FOREIGN for place in places if of_small.small[place].columns)
            cost -= sum(_FOREIGN for number in moved if number.columns)
            yield price + cost, Stream([*of_large.large, *moved]), rest


def _to_small(lacking: int, small: Job, of_large: Piece, of_small: Piece) -> Iterator[Way]:
    """Yield the ways to move as many numbers as the small table lacks out of the large one's region."""
    count = len(of_large.large)
    starts = [
        n for n, number in enumerate(of_large.small) if number.columns and not of_large.large[n].columns
    ]
    for start in dict.fromkeys([count - lacking, 0, *starts[:_MOST_TRIED]]):
        if start + lacking > count:
            continue
        places = range(start, start + lacking)
        joined = Stream([*of_small.small, *(of_large.small[place] for place in places)])
        price = _priced(joined, small)
        if price is not None:
            cost = sum(_FOREIGN for place in places if of_large.large[place].columns)
            cost -= sum(_FOREIGN for place in places if of_large.small[place].columns)
            yield price + cost, Stream(of_large.large).without(places), joined


def _priced(stream: Stream, job: Job) -> float | None:
    """Return the price of the small table's best filling, None where it has none without broken sums."""
    found = solve(stream, job.table, job.rows, thorough=False)
    return found.price if found is not None and not found.broken else None


def _runs_of(numbers: Sequence[Number], count: int) -> Iterator[list[int]]:
    """Yield the places of one run of so many numbers, or of two runs that no label is in."""
    starts = range(len(numbers) - count + 1)
    inside = [start for start in starts if not _labels_in(numbers, start, start + count)]
    across = [start for start in starts if start not in inside]
    for start in [*inside, *across][:_MOST_SMALL]:
        yield list(range(start, start + count))
    breaks = [n for n, number in enumerate(numbers) if n == 0 or number.gap >= Gap.LABEL]
    runs = [range(one, two) for one, two in zip(breaks, [*breaks[1:], len(numbers)], strict=True)]
    tried = 0
    for one, two in combinations([run for run in runs if len(run) > 1], 2):
        for taken in range(max(1, count - len(two)), min(len(one), count - 1) + 1):
            tried += 1
            if tried <= _MOST_SMALL:
                rest = count - taken
                yield [*range(one.stop - taken, one.stop), *range(two.stop - rest, two.stop)]


def _labels_in(numbers: Sequence[Number], first: int, end: int) -> bool:
    return any(numbers[n].gap >= Gap.LABEL for n in range(first + 1, end))


def margin_of(ways: Sequence[Shared]) -> list[Shared]:
    """Return the ways within the margin of the cheapest."""
    return [way for way in ways if way.price < ways[0].price + PRICES.margin]
