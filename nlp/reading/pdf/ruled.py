"""Tables that a page rules: from its lines to cells, merged ones included."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlp.reading.pdf.glyphs import Glyph
from nlp.reading.pdf.rules import Rules

_NEAR = 3.0
"""Lines closer than this, in points, are one line."""
_MEETING = 1.0
"""Lines that end closer than this to each other, in points, meet."""
_COVERED = 0.6
"""What share of a cell's edge must be ruled."""
_MOST_MEETINGS = 4_000_000
_MOST_CELLS = 50_000
"""A grid of more cells than this is a drawing."""

Edges = list[list[bool]]
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

    def cell(self, x: float, y: float) -> int | None:
        """Return the cell at a point of the page, None outside the table."""
        if not (self.xs[0] - _NEAR <= x <= self.xs[-1] + _NEAR and self.ys[-1] <= y <= self.ys[0]):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, -y, key=lambda edge: -edge) - 1, 0), len(self.ys) - 2)
        return self.cells[row][column]

    def rows(self) -> Iterator[list[int | None]]:
        """Yield the cells of each row from the left, each once; None where one from above goes on."""
        above: set[int] = set()
        for fields in self.cells:
            row = list(dict.fromkeys(fields))
            yield [None if cell in above else cell for cell in row]
            above |= set(row)


def tables(rules: Rules) -> list[Ruled]:
    """Return the ruled tables of a page from the top."""
    rules = _without_frames(rules)
    found = (_table(rules, bottom, top) for bottom, top in _bands(rules))
    return [table for table in found if table]


def _without_frames(rules: Rules) -> Rules:
    """Leave out lines that frame the page around its tables: none of the table's own lines meets them."""
    if len(rules.down) * len(rules.across) > _MOST_MEETINGS:
        return rules
    kept = [line for line in rules.down if not _is_frame(line, rules)]
    return Rules(rules.across, kept or rules.down)


def _is_frame(line: Drawn, rules: Rules) -> bool:
    """Tell whether a shorter line runs beside this one, and no line meets it between its ends."""
    x, bottom, top = line
    low, high = bottom + 2 * _NEAR, top - 2 * _NEAR
    if not any(bottom <= one <= other <= top and (low < one or other < high) for _, one, other in rules.down):
        return False
    met = (left - _MEETING <= x <= right + _MEETING for y, left, right in rules.across if low < y < high)
    return not any(met)


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


def _ruled_across(lines: list[tuple[float, float, float]], xs: list[float], ys: list[float]) -> Edges:
    """Tell for each field whether its upper edge is ruled."""
    ruled = [[0.0] * (len(xs) - 1) for _ in ys]
    for y, left, right in lines:
        row = ruled[_nearest(ys, y)]
        for column in range(len(xs) - 1):
            row[column] += max(0.0, min(right, xs[column + 1]) - max(left, xs[column]))
    wide = [_COVERED * (right - left) for left, right in pairwise(xs)]
    return [[length >= enough for length, enough in zip(row, wide, strict=True)] for row in ruled]


def _ruled_down(lines: list[tuple[float, float, float]], xs: list[float], ys: list[float]) -> Edges:
    """Tell for each field, column by column, whether its left edge is ruled."""
    ruled = [[0.0] * (len(ys) - 1) for _ in xs]
    for x, bottom, top in lines:
        column = ruled[_nearest(xs, x)]
        for row in range(len(ys) - 1):
            column[row] += max(0.0, min(top, ys[row]) - max(bottom, ys[row + 1]))
    high = [_COVERED * (top - bottom) for top, bottom in pairwise(ys)]
    return [[length >= enough for length, enough in zip(column, high, strict=True)] for column in ruled]


def _nearest(places: list[float], place: float) -> int:
    return min(range(len(places)), key=lambda n: abs(places[n] - place))


def _cells(upper: Edges, left: Edges) -> list[list[int]]:
    """Number the fields of a grid; those that nothing parts share the lowest number among them."""
    rows, columns = len(left[0]), len(upper[0])
    parents = list(range(rows * columns))

    def root(field: int) -> int:
        while parents[field] != field:
            parents[field] = parents[parents[field]]
            field = parents[field]
        return field

    def unite(one: int, two: int) -> None:
        one, two = root(one), root(two)
        parents[max(one, two)] = min(one, two)

    for row in range(rows):
        for column in range(columns):
            field = row * columns + column
            if column and not left[column][row]:
                unite(field - 1, field)
            if row and not upper[row][column]:
                unite(field - columns, field)
    return [[root(row * columns + column) for column in range(columns)] for row in range(rows)]


def within(tables: Iterable[Ruled], glyph: Glyph) -> tuple[Ruled, int] | None:
    """Return the table and the cell that a character stands in."""
    x, y = (glyph.left + glyph.right) / 2, glyph.middle
    for table in tables:
        if (cell := table.cell(x, y)) is not None:
            return table, cell
    return None
