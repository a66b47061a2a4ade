"""Tables that a page rules: from its lines to cells, merged ones included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.reading.pdf.glyphs import Numbers
from nlp.reading.pdf.rules import Rules

OUTSIDE = -1
"""Where a character stands that is in no cell."""

_NEAR = 3.0
"""Lines closer than this, in points, are one line."""
_MEETING = 1.0
"""Lines that end closer than this to each other, in points, meet."""
_COVERED = 0.6
"""What share of a cell's edge must be ruled."""
_MOST_MEETINGS = 4_000_000
_MOST_CELLS = 50_000
"""A grid of more cells than this is a drawing."""

Edges = NDArray[np.bool_]
Drawn = tuple[float, float, float]


@dataclass(frozen=True)
class Ruled:
    """A ruled table: `xs` from the left, `ys` from the top; `cells[row][column]` is the number of the cell.

    Fields of the grid that no line parts have the same number.
    """

    xs: list[float]
    ys: list[float]
    cells: list[list[int]]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def fields(self) -> int:
        """How many fields the grid has; no cell has a higher number."""
        return (len(self.xs) - 1) * (len(self.ys) - 1)

    def at(self, x: Numbers, y: Numbers) -> NDArray[np.intp]:
        """Return the cell at each of some points of the page, OUTSIDE for one outside the table."""
        inside = (x >= self.xs[0] - _NEAR) & (x <= self.xs[-1] + _NEAR)
        inside &= (y >= self.ys[-1]) & (y <= self.ys[0])
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        column = np.clip(np.searchsorted(self.xs, x, "right") - 1, 0, columns - 1)
        row = np.clip(np.searchsorted([-edge for edge in self.ys], -y, "right") - 1, 0, rows - 1)
        return np.where(inside, np.array(self.cells)[row, column], OUTSIDE)

    def rows(self) -> Iterator[list[tuple[int | None, float]]]:
        """Yield the cells of each row from the left with their right edges, each cell once.

        It is None where one from above goes on.
        """
        above: set[int] = set()
        for fields in self.cells:
            row = dict(zip(fields, self.xs[1:], strict=True))
            yield [(None if cell in above else cell, right) for cell, right in row.items()]
            above |= row.keys()


def tables(rules: Rules) -> list[Ruled]:
    """Return the ruled tables of a page from the top."""
    rules = _without_frames(rules)
    found = (_table(rules, bottom, top) for bottom, top in _bands(rules))
    return [table for table in found if table]


def _without_frames(rules: Rules) -> Rules:
    """Leave out lines that frame the page around its tables.

    Shorter lines run beside such a line, and none of the table's own lines meets it between its ends.
    """
    if not rules.down or len(rules.down) * max(len(rules.across), len(rules.down)) > _MOST_MEETINGS:
        return rules
    x, bottom, top = (side[:, None] for side in np.array(rules.down).T)
    low, high = bottom + 2 * _NEAR, top - 2 * _NEAR
    longer = ((bottom <= bottom.T) & (top >= top.T) & ((low < bottom.T) | (high > top.T))).any(axis=1)
    y, left, right = np.array(rules.across).reshape(-1, 3).T
    met = ((low < y) & (y < high) & (left - _MEETING <= x) & (x <= right + _MEETING)).any(axis=1)
    kept = [line for line, frame in zip(rules.down, (longer & ~met).tolist(), strict=True) if not frame]
    return Rules(rules.across, kept or rules.down)


def _bands(rules: Rules) -> list[tuple[float, float]]:
    """Return the stretches of the page, from the top, through which lines run down."""
    bands: list[tuple[float, float]] = []
    for _, bottom, top in sorted(rules.down, key=lambda line: -line[2]):
        if bands and top >= bands[-1][0] - _NEAR:
            bands[-1] = (min(bottom, bands[-1][0]), bands[-1][1])
        else:
            bands.append((bottom, top))
    return bands


def _table(rules: Rules, bottom: float, top: float) -> Ruled | None:
    across = [line for line in rules.across if bottom - _NEAR <= line[0] <= top + _NEAR]
    down = [line for line in rules.down if line[1] >= bottom - _NEAR and line[2] <= top + _NEAR]
    if not across:
        return None
    ends = [end for line in across for end in line[1:]]
    xs = _places([line[0] for line in down], min(ends), max(ends))
    ys = _places([line[0] for line in across], bottom, top)[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_CELLS:
        return None
    return Ruled(xs, ys, _cells(_ruled_across(across, xs, ys), _ruled_down(down, xs, ys)))


def _places(found: Iterable[float], first: float, last: float) -> list[float]:
    """Return the places of lines in order, near ones as one; the table's own ends are among them."""
    places: list[list[float]] = []
    for place in sorted((*found, first, last)):
        if places and place - places[-1][0] <= _NEAR:
            places[-1].append(place)
        else:
            places.append([place])
    return [sum(near) / len(near) for near in places]


def _ruled_across(lines: list[Drawn], xs: list[float], ys: list[float]) -> Edges:
    """Tell for each field whether its upper edge is ruled."""
    return _covered(lines, ys, np.array(xs[:-1]), np.array(xs[1:]))


def _ruled_down(lines: list[Drawn], xs: list[float], ys: list[float]) -> Edges:
    """Tell for each field, column by column, whether its left edge is ruled."""
    return _covered(lines, xs, np.array(ys[1:]), np.array(ys[:-1]))


def _covered(lines: list[Drawn], places: list[float], begins: Numbers, ends: Numbers) -> Edges:
    """Tell for each place which stretches, each from where it begins to where it ends, lines there cover."""
    at, first, last = (side[:, None] for side in np.array(lines).reshape(-1, 3).T)
    length = np.maximum(np.minimum(last, ends) - np.maximum(first, begins), 0.0)
    covered = np.zeros((len(places), len(begins)))
    np.add.at(covered, np.abs(at - np.array(places)).argmin(axis=1), length)
    return covered >= _COVERED * (ends - begins)


def _cells(upper: Edges, left: Edges) -> list[list[int]]:
    """Number the fields of a grid; those that nothing parts share the lowest number among them."""
    rows, columns = left.shape[1], upper.shape[1]
    parents = list(range(rows * columns))

    def root(field: int) -> int:
        while parents[field] != field:
            parents[field] = parents[parents[field]]
            field = parents[field]
        return field

    def unite(one: int, two: int) -> None:
        one, two = root(one), root(two)
        parents[max(one, two)] = min(one, two)

    for column, row in np.argwhere(~left[1:-1]).tolist():
        unite(row * columns + column, row * columns + column + 1)
    for row, column in np.argwhere(~upper[1:-1]).tolist():
        unite(row * columns + column, (row + 1) * columns + column)
    roots = [root(field) if parents[field] != field else field for field in range(rows * columns)]
    return [roots[first : first + columns] for first in range(0, rows * columns, columns)]
