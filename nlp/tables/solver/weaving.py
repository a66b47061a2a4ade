"""Solves tables of which a tool printed the boxes of several bands in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import Frame
from nlp.tables.solver.solution import Solution, in_stream_order
from nlp.tables.solver.stream import Stream
from nlp.tables.solver.telling import tell

_NEXT_BAND, _OTHER_BAND = 0.5, 1.0
"""What it costs to begin a band, and to go on with one that is not the last, in nats."""
_AHEAD = 1.5
"""What it costs that more columns of a band are printed than of the one above it."""
_WIDE = 2.0
"""What it costs that a box has more than one column."""
_MOST_WAYS = 40
"""So many ways are followed from one box to the next."""
_MOST_SOLVED = 2
"""So many ways to sort the boxes are solved."""


class Band(Struct, frozen=True):
    """Some rows from `row` on, of which `filled` columns were printed so far, in `boxes`, by their places."""

    row: int
    height: int
    filled: int
    boxes: tuple[int, ...]


class Sorting(Struct, frozen=True):
    """A way to sort the boxes so far into bands, from top to bottom, that fill so many rows.

    `last` is the band of the last box; `marks` tell which boxes that are not all zeros went where.
    """

    price: float
    rows: int
    last: int
    bands: tuple[Band, ...]
    marks: int = 0

    def lacking(self, width: int) -> dict[int, int]:
        """Return how many numbers the bands that have begun lack, by their heights."""
        lacking: dict[int, int] = {}
        for band in self.bands:
            if band.filled < width:
                lacking[band.height] = lacking.get(band.height, 0) + band.height * (width - band.filled)
        return lacking

    def state(self, width: int) -> tuple[object, ...]:
        """Return what counts for the boxes to come, and where numbers are."""
        open = tuple((band.row, band.height, band.filled) for band in self.bands if band.filled < width)
        return self.rows, self.bands[self.last].row, open, self.marks


def unwoven(stream: Stream, grid: Frame) -> Iterator[Solution]:
    """Yield the solutions of a stream in which boxes of a band stand between those of others.

    A box is what no blank line parts. Bands begin from top to bottom; the stream must have just as many
    numbers as the grid has cells.
    """
    if not stream.is_boxed():
        return
    boxes = stream.boxes()
    straight = tuple(range(len(stream.numbers)))
    values = stream.values().tolist()
    orders: dict[tuple[int, ...], tuple[int, ...]] = {}
    for way in sorted_ways(boxes, values, grid.height, grid.width):
        order = _order(way, boxes)
        orders.setdefault(tuple(values[place] for place in order), order)
    for order in [order for order in orders.values() if order != straight][:_MOST_SOLVED]:
        taken = Stream([stream.numbers[place] for place in order])
        solution = tell(Search(taken, grid).best(), taken, grid)
        if solution is not None:
            yield in_stream_order(solution, np.array(order))


def sorted_ways(boxes: Sequence[range], values: Sequence[int], height: int, width: int) -> list[Sorting]:
    """Return the ways to sort boxes into bands that fill a grid, the cheapest first.

    >>> boxes = [range(0, 2), range(2, 3), range(3, 5), range(5, 6)]
    >>> cheapest, *others = sorted_ways(boxes, [0] * 6, 3, 2)
    >>> [band.boxes for band in cheapest.bands]
    [(0, 2), (1, 3)]
    """
    ways = [Sorting(0.0, 0, -1, ())]
    for n, box in enumerate(boxes):
        numbers = tuple(values[place] for place in box)
        later = [len(other) for other in boxes[n + 1 :]]
        fitting = [sum(size for size in later if size % rows == 0) for rows in range(1, height + 1)]
        cheapest: dict[tuple[object, ...], Sorting] = {}
        for way in ways:
            for further in _with_box(way, n, numbers, height, width):
                if any(lacking > fitting[rows - 1] for rows, lacking in further.lacking(width).items()):
                    continue
                state = further.state(width)
                before = cheapest.get(state)
                if before is None or further.price < before.price:
                    cheapest[state] = further
        ways = sorted(cheapest.values(), key=lambda way: way.price)[:_MOST_WAYS]
    return [way for way in ways if way.rows == height and all(band.filled == width for band in way.bands)]


def _with_box(way: Sorting, n: int, numbers: tuple[int, ...], height: int, width: int) -> Iterator[Sorting]:
    """Yield a way with one more box: in a band that has begun, or in a new one."""
    for at, band in enumerate(way.bands):
        columns, rest = divmod(len(numbers), band.height)
        if band.filled == width or rest or band.filled + columns > width:
            continue
        more = Band(band.row, band.height, band.filled + columns, (*band.boxes, n))
        price = 0.0 if at == way.last else _OTHER_BAND
        if at and more.filled > way.bands[at - 1].filled:
            price += _AHEAD
        bands = (*way.bands[:at], more, *way.bands[at + 1 :])
        yield _way(way, price + _WIDE * (columns > 1), at, bands, numbers)
    for columns in range(1, width + 1):
        rows, rest = divmod(len(numbers), columns)
        if rest or way.rows + rows > height:
            continue
        bands = (*way.bands, Band(way.rows, rows, columns, (n,)))
        yield _way(way, _NEXT_BAND + _WIDE * (columns > 1), len(way.bands), bands, numbers)


def _way(way: Sorting, price: float, at: int, bands: tuple[Band, ...], numbers: tuple[int, ...]) -> Sorting:
    marks = way.marks
    if any(numbers):
        marks ^= hash((bands[at].row, bands[at].filled, numbers))
    return Sorting(way.price + price, bands[-1].row + bands[-1].height, at, bands, marks)


def _order(way: Sorting, boxes: Sequence[range]) -> tuple[int, ...]:
    """Return the places of the numbers, band after band."""
    return tuple(place for band in way.bands for box in band.boxes for place in boxes[box])
