"""Finds the tables that ruled lines form on a page, with their cells and merged cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.reading.pdf.boxed import DrawnBox, drawn_boxes, without_boxes
from nlp.reading.pdf.glyphs import Numbers
from nlp.reading.pdf.rules import Rules

OUTSIDE = -1
"""Stands for the number of a cell where there is none."""

_NEAR = 3.0
"""In points: lines that are closer are one line."""
_MEETING = 1.0
"""In points: lines that end closer to each other meet."""
_COVERED = 0.6
"""The share of a field's edge that must be ruled for the edge to separate cells."""
_MOST_MEETINGS = 4_000_000
"""Frames are not looked for on a page with more pairs of lines: it is a drawing."""
_MOST_FIELDS = 50_000
"""A grid of more fields is a drawing."""

Edges = NDArray[np.bool_]
"""For each line of a grid and each field along it whether the field's edge is ruled there."""
Rule = tuple[float, float, float]
"""A ruled line: its place, and where it begins and ends."""


@dataclass(frozen=True)
class RuledTable:
    """A ruled table, as a grid of fields that form cells.

    `xs` are the grid's lines from the left, `ys` those from the top, in points from the lower left corner
    of the page. `cells[row][column]` is the number of the cell that a field belongs to: fields that no line
    separates have the same one.
    """

    xs: list[float]
    ys: list[float]
    cells: list[list[int]]

    @property
    def fields(self) -> int:
        """The number of fields of the grid; the number of every cell is lower."""
        return (len(self.xs) - 1) * (len(self.ys) - 1)

    def cells_at(self, x: Numbers, y: Numbers) -> NDArray[np.intp]:
        """Return the number of the cell at each of some points, OUTSIDE for points outside the table."""
        inside = (x >= self.xs[0] - _NEAR) & (x <= self.xs[-1] + _NEAR)
        inside &= (y >= self.ys[-1]) & (y <= self.ys[0])
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        column = np.clip(np.searchsorted(self.xs, x, "right") - 1, 0, columns - 1)
        row = np.clip(np.searchsorted([-edge for edge in self.ys], -y, "right") - 1, 0, rows - 1)
        return np.where(inside, np.array(self.cells)[row, column], OUTSIDE)

    def edges_at(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the left and the right edge of the cell at a point; None for a point outside the table."""
        cell = int(self.cells_at(np.array([x]), np.array([y]))[0])
        if cell == OUTSIDE:
            return None
        _, column, _, columns = self.extents()[cell]
        return self.xs[column], self.xs[column + columns]

    def rows(self) -> Iterator[list[tuple[int | None, float]]]:
        """Yield the cells of each row from the left, each as its number and its right edge.

        A cell over several columns comes once. One over several rows comes in each of them, with None for
        its number in all but the first.
        """
        above: set[int] = set()
        for fields in self.cells:
            right_edges = dict(zip(fields, self.xs[1:], strict=True))
            yield [(None if cell in above else cell, right) for cell, right in right_edges.items()]
            above |= right_edges.keys()

    def whole_rows(self) -> list[int]:
        """Return the numbers of the cells that have a row to themselves, from the top.

        >>> RuledTable([0, 10, 20], [30, 20, 10], [[0, 0], [2, 3]]).whole_rows()
        [0]
        """
        alone = [fields[0] for fields in self.cells if len(set(fields)) == 1]
        return list(dict.fromkeys(alone))

    def extents(self) -> dict[int, tuple[int, int, int, int]]:
        """Return for the number of each cell its row, its column, and how many rows and columns it spans.

        What is no rectangle, such as the frame around several tables, counts as its first field alone.

        >>> table = RuledTable([0, 10, 20], [30, 20, 10], [[0, 1], [0, 3]])
        >>> table.extents()
        {0: (0, 0, 2, 1), 1: (0, 1, 1, 1), 3: (1, 1, 1, 1)}
        """
        fields_of: dict[int, list[tuple[int, int]]] = {}
        for row, fields in enumerate(self.cells):
            for column, cell in enumerate(fields):
                fields_of.setdefault(cell, []).append((row, column))
        extents = {}
        for cell, places in fields_of.items():
            top, left = places[0]
            bottom, right = places[-1]
            rows, columns = bottom + 1 - top, right + 1 - left
            if len(places) != rows * columns:
                rows, columns = 1, 1
            extents[cell] = (top, left, rows, columns)
        return extents


def ruled_tables(rules: Rules) -> list[RuledTable]:
    """Return the ruled tables of a page from the top.

    A box that is drawn around something alone in a cell is none of its lines.
    """
    if len(rules.down) * max(len(rules.across), len(rules.down)) > _MOST_MEETINGS:
        return _tables(rules)
    boxes = drawn_boxes(rules)
    tables = _tables(_without_frames(without_boxes(rules, boxes) if boxes else rules))
    cells = [_cell_around(box, tables) for box in boxes]
    counts = Counter(cells)
    alone = [box for box, cell in zip(boxes, cells, strict=True) if cell and counts[cell] == 1]
    if len(alone) < len(boxes):
        tables = _tables(_without_frames(without_boxes(rules, alone)))
    return tables


def _tables(rules: Rules) -> list[RuledTable]:
    """Return the tables that lines form, all of them taken for lines of tables."""
    tables = [_table(rules, bottom, top) for bottom, top in _bands(rules)]
    return [table for table in tables if table]


def _cell_around(box: DrawnBox, tables: Sequence[RuledTable]) -> tuple[int, int] | None:
    """Return the positions of the table and the number of the cell at the middle of a box, None for none."""
    for n, table in enumerate(tables):
        cell = int(table.cells_at(np.array([box.x]), np.array([box.y]))[0])
        if cell != OUTSIDE:
            return n, cell
    return None


def _without_frames(rules: Rules) -> Rules:
    """Return the lines of a page without the vertical ones that only frame the page around its tables.

    Shorter vertical lines run beside a frame, and no horizontal line meets it between its ends.
    """
    if not rules.down:
        return rules
    x, bottom, top = (side[:, None] for side in np.array(rules.down).T)
    low, high = bottom + 2 * _NEAR, top - 2 * _NEAR
    encloses = (bottom <= bottom.T) & (top >= top.T)
    is_shorter = (low < bottom.T) | (high > top.T)
    has_shorter_beside = (encloses & is_shorter).any(axis=1)
    y, left, right = np.array(rules.across).reshape(-1, 3).T
    is_between_ends = (low < y) & (y < high)
    reaches = (left - _MEETING <= x) & (x <= right + _MEETING)
    is_met = (is_between_ends & reaches).any(axis=1)
    is_frame = (has_shorter_beside & ~is_met).tolist()
    kept = [line for line, frame in zip(rules.down, is_frame, strict=True) if not frame]
    return Rules(rules.across, kept or rules.down)


def _bands(rules: Rules) -> list[tuple[float, float]]:
    """Return the lower and upper end of each stretch of the page, from the top, with vertical lines."""
    bands: list[tuple[float, float]] = []
    for _, bottom, top in sorted(rules.down, key=lambda line: -line[2]):
        if bands and top >= bands[-1][0] - _NEAR:
            bands[-1] = (min(bottom, bands[-1][0]), bands[-1][1])
        else:
            bands.append((bottom, top))
    return bands


def _table(rules: Rules, bottom: float, top: float) -> RuledTable | None:
    """Return the table between two heights; None where the lines form no grid of two fields or more."""
    across = [line for line in rules.across if bottom - _NEAR <= line[0] <= top + _NEAR]
    down = [line for line in rules.down if line[1] >= bottom - _NEAR and line[2] <= top + _NEAR]
    if not across:
        return None
    left = min(line[1] for line in across)
    right = max(line[2] for line in across)
    xs = _places([line[0] for line in down], left, right)
    ys = _places([line[0] for line in across], bottom, top)[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _MOST_FIELDS:
        return None
    return RuledTable(xs, ys, _cells(_ruled_across(across, xs, ys), _ruled_down(down, xs, ys)))


def _places(lines: Iterable[float], first: float, last: float) -> list[float]:
    """Return the places of lines in ascending order, near ones as their mean.

    The ends of the table, `first` and `last`, are among them, whether a line is there or not.
    """
    groups: list[list[float]] = []
    for place in sorted((*lines, first, last)):
        if groups and place - groups[-1][0] <= _NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _ruled_across(lines: list[Rule], xs: list[float], ys: list[float]) -> Edges:
    """Return for each horizontal line of the grid, from the top, and each column whether it is ruled."""
    return _covered(lines, ys, np.array(xs[:-1]), np.array(xs[1:]))


def _ruled_down(lines: list[Rule], xs: list[float], ys: list[float]) -> Edges:
    """Return for each vertical line of the grid, from the left, and each row whether it is ruled."""
    return _covered(lines, xs, np.array(ys[1:]), np.array(ys[:-1]))


def _covered(lines: list[Rule], places: list[float], begins: Numbers, ends: Numbers) -> Edges:
    """Return for each place of the grid and each stretch along it whether ruled lines there cover it.

    `begins` and `ends` are the ends of the stretches; a ruled line counts for the place nearest to it.
    """
    line_place, first, last = (side[:, None] for side in np.array(lines).reshape(-1, 3).T)
    length = np.maximum(np.minimum(last, ends) - np.maximum(first, begins), 0.0)
    nearest = np.abs(line_place - np.array(places)).argmin(axis=1)
    covered = np.zeros((len(places), len(begins)))
    np.add.at(covered, nearest, length)
    return covered >= _COVERED * (ends - begins)


def _cells(across: Edges, down: Edges) -> list[list[int]]:
    """Return the number of the cell of each field, by rows: the lowest number among the cell's fields.

    Fields are numbered by rows from the upper left one. Neighbours without a ruled edge between them belong
    to one cell (union-find).
    """
    rows, columns = down.shape[1], across.shape[1]
    parents = list(range(rows * columns))

    def root(field: int) -> int:
        while parents[field] != field:
            parents[field] = parents[parents[field]]
            field = parents[field]
        return field

    def unite(one: int, two: int) -> None:
        one, two = root(one), root(two)
        parents[max(one, two)] = min(one, two)

    for column, row in np.argwhere(~down[1:-1]).tolist():
        unite(row * columns + column, row * columns + column + 1)
    for row, column in np.argwhere(~across[1:-1]).tolist():
        unite(row * columns + column, (row + 1) * columns + column)
    roots = [root(field) if parents[field] != field else field for field in range(rows * columns)]
    return [roots[first : first + columns] for first in range(0, rows * columns, columns)]
