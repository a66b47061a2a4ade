"""The orders in which a tool may print the cells of a band: some whole rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.tables.solver.prices import PRICES, Floats, Move
from nlp.tables.solver.stream import Integers

Part = tuple[int, int]
"""A part of a band: its first column and the one behind its last."""


class Orders(Struct, frozen=True):
    """Ways to print the `height` × `width` cells of a band, one a line of each array.

    `cells[n, k]` is the cell that order n prints as its k-th: row · width + column. `moves[n, k]` is the
    Move to it (the first one's is NEXT_PART). `prices[n]` is the price of the order itself, in nats.
    `turned[n]` tells whether a part is out of turn. `places` turns `cells` round: `places[n, cell]` tells as
    which the cell is printed.
    """

    height: int
    width: int
    cells: NDArray[np.int16]
    places: NDArray[np.int16]
    moves: NDArray[np.int8]
    prices: NDArray[np.float64]
    turned: NDArray[np.bool_]


@cache
def band_orders(height: int, width: int, out_of_turn: bool = True) -> Orders:
    """Return the orders of a band.

    The columns are cut into parts in every way; each part is printed row by row, one of a single column from
    top to bottom; parts are printed from left to right, or one of them out of its turn.

    >>> orders = band_orders(2, 2)
    >>> [line.tolist() for line in orders.cells]
    [[0, 1, 2, 3], [0, 2, 1, 3], [1, 3, 0, 2]]
    """
    every = list(_arrangements(width, out_of_turn))
    cells = np.array([_cells(parts, height, width) for _, parts in every])
    moves = np.array([_moves(parts, height) for _, parts in every])
    prices = np.array([price for price, _ in every])
    turned = np.array([list(parts) != sorted(parts) for _, parts in every])
    return _cheapest(height, width, cells, moves, prices, turned)


def _arrangements(width: int, out_of_turn: bool) -> Iterator[tuple[float, list[Part]]]:
    """Yield parts in the order of printing, with the price of that."""
    for cut in _cuts(width):
        parts = list(pairwise(cut))
        price = PRICES.part * (len(parts) - 1)
        yield price, parts
        for at, part in enumerate(parts if out_of_turn else ()):
            rest = [*parts[:at], *parts[at + 1 :]]
            for to in range(len(parts)):
                if to != at:
                    yield price + PRICES.out_of_turn, [*rest[:to], part, *rest[to:]]


def _cuts(width: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to cut so many columns into parts, as the places of the cuts."""
    for many in range(width):
        for inner in combinations(range(1, width), many):
            yield (0, *inner, width)


def _cells(parts: Sequence[Part], height: int, width: int) -> Integers:
    """Return the cells of some parts in the order of printing, each part row by row."""
    rows = np.arange(height)[:, None] * width
    return np.concatenate([(rows + np.arange(first, end)).ravel() for first, end in parts])


def _moves(parts: Sequence[Part], height: int) -> Integers:
    """Return the move to each cell of some parts that are printed row by row."""
    found = []
    for first, end in parts:
        moves = np.full((height, end - first), int(Move.RIGHT))
        moves[:, 0] = Move.DOWN if end - first == 1 else Move.NEXT_ROW
        moves[0, 0] = Move.NEXT_PART
        found.append(moves.ravel())
    return np.concatenate(found)


def _cheapest(
    height: int, width: int, cells: Integers, moves: Integers, prices: Floats, turned: NDArray[np.bool_]
) -> Orders:
    """Return the orders, of those that print the same cells one after the other the cheapest alone."""
    factors = np.random.default_rng(2).integers(-(2**62), 2**62, cells.shape[1], dtype=np.int64)
    with np.errstate(over="ignore"):
        marks = (cells * factors).sum(axis=1)
    by_mark = np.lexsort((np.arange(len(prices)), prices, marks))
    first = np.ones(len(prices), dtype=bool)
    first[1:] = np.diff(marks[by_mark]) != 0
    kept = np.sort(by_mark[first])
    return Orders(
        height,
        width,
        cells[kept].astype(np.int16),
        np.argsort(cells[kept], axis=1).astype(np.int16),
        moves[kept].astype(np.int8),
        prices[kept],
        turned[kept],
    )


@cache
def one_line_orders(height: int, width: int) -> Orders:
    """Return the orders of rows that are printed beside each other on one line (四).

    In order, or one run of cells out of turn; whole rows out of turn are dearer.

    >>> orders = one_line_orders(1, 3)
    >>> [line.tolist() for line in orders.cells]
    [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 0, 1], [0, 2, 1]]
    """
    count = height * width
    straight = tuple(range(count))
    found: dict[tuple[int, ...], float] = {straight: 0.0}
    for first in range(count):
        for end in range(first + 1, count + 1):
            run, rest = straight[first:end], straight[:first] + straight[end:]
            for to in range(len(rest) + 1):
                whole_rows = first % width == end % width == to % width == 0
                price = PRICES.row_out_of_turn if whole_rows else PRICES.out_of_turn
                found.setdefault(rest[:to] + run + rest[to:], price)
    cells = np.array(list(found))
    follows = np.diff(cells, axis=1, prepend=-2) == 1
    moves = np.where(follows, int(Move.RIGHT), int(Move.NEXT_PART))
    return Orders(
        height,
        width,
        cells.astype(np.int16),
        np.argsort(cells, axis=1).astype(np.int16),
        moves.astype(np.int8),
        np.array(list(found.values())),
        np.array(list(found.values())) > 0,
    )
