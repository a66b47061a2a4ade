"""Finds how boxes of numbers tile a table's grid, scored by the form's sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log1p

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Table
from nlp.record.model import Number
from nlp.tables.labels.text_blocks import TextBlock

BROKEN = -4.6
"""Log of the share of sums that agencies print wrong, about one in a hundred."""
_BESIDE, _UNEVEN, _WRAPPED, _BELOW, _HOLE, _JUMP = 0.0, -1.0, -0.1, -0.6, -1.0, -2.5
"""What a tile costs: beside the last one, as high or not; at the left of new rows; below the last one; in
the highest hole; anywhere else."""
_BY_COLUMNS = -0.5
"""What it costs that the numbers of a tile of several rows and columns stand column by column."""
_HEADED, _MISHEADED = 3.0, -6.0
"""What it says that the columns of a tile are those that its header names, or are none of them."""
_NAMED, _MISNAMED = 1.0, -1.0
"""What it says that the row of a tile is that whose label stands above, or is another."""
_FOREIGN = -2.0
"""What it costs to leave out a box under a label of this table, or to take one under another's."""
_ALIEN = 5
"""No more numbers stand in one box of another table."""
_BEAM = 6
_WINDOW = 25.0
"""How many tilings are kept for each number of boxes, and how far behind the best."""
_STRAINED, FAULTS = -10.0, 2
"""A layout that costs more, or breaks more sums, is no reading."""


GridCell = tuple[int, int]


class Shape(Struct, frozen=True, gc=False):
    """A rectangle that some numbers may be: so many rows and columns, filled row by row or by columns.

    `marks` are the values that are not 0, with their row and column in it.
    """

    numbers: Sequence[int]
    height: int
    width: int
    by_columns: bool
    marks: tuple[tuple[int, int, Number | None], ...] = ()

    def places(self) -> Iterator[tuple[int, int, int]]:
        """Yield each number's place among the tokens, with its row and column in the rectangle."""
        for n, number in enumerate(self.numbers):
            down, along = (n % self.height, n // self.height) if self.by_columns else divmod(n, self.width)
            yield number, down, along


class Tile(Struct, frozen=True, gc=False):
    """A shape laid onto the grid from row `row` on.

    `columns` are its columns in the order of the page: a tool may set the totals before the last ones.
    """

    shape: Shape
    row: int
    columns: tuple[int, ...]

    @property
    def column(self) -> int:
        """The first of its columns on the form."""
        return min(self.columns)

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.row, self.row + self.shape.height)

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Yield each number's place among the tokens with its row and column."""
        return ((number, self.row + down, self.columns[along]) for number, down, along in self.shape.places())


class Tiling(Struct, frozen=True, gc=False):
    """A way to lay boxes onto the grid, as far as it got.

    `heights` tells how far each column is filled, `found` the values that are not 0 by their cell, `mark` is
    the same for tilings that fill the grid alike; `left` are numbers of no cell; of the `score`, `strain` is
    what the layout costs, and `broken` counts sums that do not hold. `misheaded`: a box is under others'
    headers.
    """

    heights: tuple[int, ...]
    tiles: tuple[Tile, ...] = ()
    left: tuple[int, ...] = ()
    found: Mapping[GridCell, Number | None] = {}
    mark: int = 0
    score: float = 0.0
    strain: float = 0.0
    broken: int = 0
    misheaded: bool = False


class Tilings:
    """The search for the best tilings of one table's rows by some boxes.

    `values` are the numbers' values by their places, `rows` the rows that the page names, in the order of
    the form.
    """

    def __init__(
        self,
        blocks: Sequence[TextBlock],
        values: Mapping[int, Number | None],
        rows: Sequence[str],
        table: Table,
    ) -> None:
        self.blocks, self.values = blocks, values
        self.columns = [column.id for column in table.columns]
        self.width, self.height = len(self.columns), len(rows)
        self.row_of = {n: rows.index(row.id) for n, row in enumerate(table.rows) if row.id in rows}
        self.across, self.down = table.sums_across, table.sums_down(rows)
        self.spare = sum(len(block.numbers) for block in blocks) - self.width * self.height
        self.shapes: dict[tuple[int, int], list[Shape]] = {}

    def best(self) -> Tiling | None:
        """Return the best tiling of the whole grid; None where the numbers cannot fill it."""
        if self.spare < 0 or not self.height:
            return None
        beam = [Tiling((0,) * self.width)]
        for block in self.blocks:
            after: dict[tuple[tuple[int, ...], int], Tiling] = {}
            for tiling in beam:
                for further in self._with(tiling, block):
                    known = after.get((further.heights, further.mark))
                    if known is None or known.score < further.score:
                        after[further.heights, further.mark] = further
            beam = _foremost(after.values(), _BEAM)
        whole = [tiling for tiling in beam if min(tiling.heights) == self.height]
        return max(whole, key=lambda tiling: tiling.score, default=None)

    def _with(self, tiling: Tiling, block: TextBlock) -> Iterator[Tiling]:
        """Yield a tiling with one more block: left out, or as a tile."""
        if len(tiling.left) + len(block.numbers) <= self.spare:
            cost = 0.0 if block.foreign else _FOREIGN
            yield replace(
                tiling,
                left=(*tiling.left, *block.numbers),
                score=tiling.score + cost,
                strain=tiling.strain + cost,
            )
        taken = _FOREIGN if block.foreign and len(block.numbers) <= _ALIEN else 0.0
        for tile in self._tiles(tiling.heights, block.numbers):
            yield from self._laid(tiling, tile, taken + self._label_score(block, tile))

    def _tiles(
        self,
        heights: tuple[int, ...],
        numbers: Sequence[int],
    ) -> Iterator[Tile]:
        """Yield the tiles that some numbers can be."""
        for shape in self._shapes(numbers):
            for column in range(self.width - shape.width + 1):
                row = heights[column]
                level = heights[column : column + shape.width] == (row,) * shape.width
                if level and row + shape.height <= self.height:
                    yield Tile(shape, row, tuple(range(column, column + shape.width)))

    def _shapes(self, numbers: Sequence[int]) -> list[Shape]:
        """Return the shapes that some numbers may have, made once."""
        known = (numbers[0], len(numbers))
        if known not in self.shapes:
            self.shapes[known] = [
                self._marked(Shape(numbers, len(numbers) // width, width, by_columns))
                for width in range(1, self.width + 1)
                if len(numbers) % width == 0 and len(numbers) // width <= self.height
                for by_columns in (False, True)
                if not (by_columns and 1 in (width, len(numbers) // width))
            ]
        return self.shapes[known]

    def _marked(self, shape: Shape) -> Shape:
        places = ((down, along, self.values[number]) for number, down, along in shape.places())
        return replace(shape, marks=tuple(place for place in places if place[2] != 0))

    def _label_score(self, block: TextBlock, tile: Tile) -> float:
        """Return what a box's own labels say of a tile."""
        label_score = 0.0
        if block.columns:
            columns = {self.columns[column] for column in tile.columns}
            are_others = len(columns) == len(block.columns) or columns.isdisjoint(block.columns)
            if columns == set(block.columns):
                label_score += _HEADED
            elif are_others:
                label_score += _MISHEADED
        if block.row in self.row_of:
            label_score += _NAMED if self.row_of[block.row] == tile.row else _MISNAMED
        return label_score

    def _laid(self, tiling: Tiling, tile: Tile, label_score: float) -> Iterator[Tiling]:
        """Yield a tiling with a tile, and with the sums that it makes whole."""
        shape = tile.shape
        strain = (
            tiling.strain + label_score + _place(tiling, tile) + (_BY_COLUMNS if shape.by_columns else 0.0)
        )
        if strain < _STRAINED:
            return
        found, mark = dict(tiling.found), tiling.mark
        for down, along, value in shape.marks:
            cell = (tile.row + down, tile.columns[along])
            found[cell] = value
            mark ^= hash((cell, value))
        filled, first = tile.row + shape.height, tile.column
        heights = (*tiling.heights[:first], *[filled] * shape.width, *tiling.heights[first + shape.width :])
        whole_rows = range(min(tiling.heights), min(heights))
        sums = [weight for row in whole_rows for weight in self._across(found, row)]
        if filled == self.height:
            sums += [weight for column in tile.columns for weight in self._down(found, column)]
        broken = tiling.broken + sum(weight < 0 for weight in sums)
        if broken <= FAULTS:
            score = tiling.score - tiling.strain + strain + sum(sums)
            misheaded = tiling.misheaded or label_score <= _MISHEADED + _NAMED
            tiles = (*tiling.tiles, tile)
            yield Tiling(heights, tiles, tiling.left, found, mark, score, strain, broken, misheaded)

    def _across(self, found: Mapping[GridCell, Number | None], row: int) -> Iterator[float]:
        values = [found.get((row, column)) for column in range(self.width)]
        for equation in self.across:
            yield _weight(*equation.amounts(values))

    def _down(self, found: Mapping[GridCell, Number | None], column: int) -> Iterator[float]:
        values = [found.get((row, column)) for row in range(self.height)]
        for equation in self.down:
            yield _weight(*equation.amounts(values))


def _place(tiling: Tiling, tile: Tile) -> float:
    """Return what the place of a tile costs behind the last one."""
    lowest = min(tiling.heights)
    if not tiling.tiles:
        return 0.0 if tile.column == 0 else _JUMP
    last = tiling.tiles[-1]
    if tile.column == last.column + last.shape.width and tile.row == last.row:
        return _BESIDE if tile.shape.height == last.shape.height else _UNEVEN
    if tile.column == tiling.heights.index(lowest):
        return _WRAPPED if lowest == max(tiling.heights) else _HOLE
    return _BELOW if tile.column == last.column and tile.row == last.rows.stop else _JUMP


def _foremost(tilings: Iterable[Tiling], most: int) -> list[Tiling]:
    found = sorted(tilings, key=lambda tiling: -tiling.score)[:most]
    return [tiling for tiling in found if tiling.score >= found[0].score - _WINDOW]


def _weight(left: Number, right: Number) -> float:
    """Return what a sum says for a reading: nothing where all is zero, more the larger its numbers."""
    return log1p(left) if left == right else BROKEN
