"""Solves tables whose columns a tool printed in blocks, each for all rows of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import numpy as np

from nlp.tables.solver.bands import Kind, Search
from nlp.tables.solver.frame import Frame
from nlp.tables.solver.orders import interleaved
from nlp.tables.solver.prices import PRICES
from nlp.tables.solver.solution import Solution, in_stream_order
from nlp.tables.solver.stream import Integers, Stream
from nlp.tables.solver.telling import tell

_MOST_WAYS = 2
"""So many ways to split a table are followed to the end."""

Segment = tuple[int, int]
"""Rows that one page prints: the first, the one behind the last."""
Blocks = tuple[int, ...]
"""The widths of the blocks of columns that were printed apart; empty where there is but one."""
Way = tuple[float, tuple[Blocks, ...]]
"""A price without sums down, and the blocks of each segment."""


def split(stream: Stream, grid: Frame) -> Iterator[Solution]:
    """Yield the solutions of a stream in which a block of columns comes before the next, for a whole page.

    The stream must have just as many numbers as the grid has cells.
    """
    segments = _segments(stream, grid)
    ways = _ways(stream, grid, segments)
    for _, chosen in ways[:_MOST_WAYS]:
        if not any(chosen):
            continue
        order = _order(segments, chosen, grid)
        kinds: list[Kind] = [
            (n, blocks)
            for n, ((first, end), blocks) in enumerate(zip(segments, chosen, strict=True))
            for _ in range(first, end)
        ]
        taken = Stream([stream.numbers[place] for place in order])
        solution = tell(Search(taken, grid, kinds=kinds).best(), taken, grid)
        if solution is not None:
            yield in_stream_order(solution, order, PRICES.split * sum(map(bool, chosen)))


def _segments(stream: Stream, grid: Frame) -> list[Segment]:
    """Return the rows of each page, where pages end between whole rows; else all in one."""
    breaks = [n for n, number in enumerate(stream.numbers) if n and number.page_break]
    if any(n % grid.width for n in breaks):
        return [(0, grid.height)]
    edges = [0, *(n // grid.width for n in breaks), grid.height]
    return [(first, end) for first, end in pairwise(edges) if end > first]


def _ways(stream: Stream, grid: Frame, segments: Sequence[Segment]) -> list[Way]:
    """Return the ways to split the segments, the cheapest first."""
    prices: list[list[tuple[float, Blocks]]] = []
    for first, end in segments:
        numbers = stream.numbers[first * grid.width : end * grid.width]
        rows = _rows(grid, first, end)
        found = []
        for blocks in _splits(grid.width):
            order = interleaved(end - first, blocks or (grid.width,))
            taken = Stream([numbers[place] for place in order])
            search = Search(taken, rows, kinds=[(0, blocks)] * (end - first))
            found.append((search.ahead.get((0, 0), np.inf) + PRICES.split * bool(blocks), blocks))
        prices.append(sorted(found)[:_MOST_WAYS])
    ways = [
        (sum((price for price, _ in way), 0.0), tuple(blocks for _, blocks in way))
        for way in product(*prices)
    ]
    return sorted(ways)


def _splits(width: int) -> Iterator[Blocks]:
    """Yield the ways to cut columns into blocks: none, or two."""
    yield ()
    for left in range(1, width):
        yield left, width - left


def _rows(grid: Frame, first: int, end: int) -> Frame:
    """Return some rows of a grid, without its sums down."""
    none = np.zeros((0, end - first), dtype=np.int64)
    return Frame(grid.rows[first:end], grid.columns, grid.across, grid.totals, none, none, ())


def _order(segments: Sequence[Segment], chosen: Sequence[Blocks], grid: Frame) -> Integers:
    return np.concatenate(
        [
            first * grid.width + interleaved(end - first, blocks or (grid.width,))
            for (first, end), blocks in zip(segments, chosen, strict=True)
        ]
    )
