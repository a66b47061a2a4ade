"""Finds the ways to cut a table's numbers into pieces of rows, scored by the form's sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.form.form import Table
from nlp.record.model import Number
from nlp.tables.page.tokens import Token
from nlp.tables.solver.tiling import BROKEN

_ACROSS = -3.0
"""What it costs that a label stands between the numbers of one piece."""
_PIECE = (-0.1, -0.5)
"""What each piece costs: a row, or more rows."""
_MOVED = -2.0
"""What it costs, a place, that the column of the totals does not stand where the form has it."""
_BEAM = 12
"""How many cuts are kept for each number of rows read."""

Counts = NDArray[np.float64]


class RowPiece(Struct, frozen=True):
    """Some rows of a table, set column by column: its numbers' places, how many rows, its score.

    `total` is the column, in page order, that holds the totals; `home` is its place on the form, the same
    unless a tool moved it.
    """

    start: int
    height: int
    width: int
    total: int
    home: int
    score: float
    broken: int = 0

    def order(self) -> Iterator[int]:
        """Yield the places of the numbers row by row, the columns in the order of the form."""
        columns = [column for column in range(self.width) if column != self.total]
        columns.insert(self.home, self.total)
        for row in range(self.height):
            for column in columns:
                yield self.start + column * self.height + row


class Partition(Struct, frozen=True, dict=True):
    """A way to cut the numbers into pieces, its score, how many of the columns' sums it breaks."""

    pieces: tuple[RowPiece, ...]
    score: float
    broken_down: int = 0

    @property
    def broken(self) -> int:
        """How many sums do not hold."""
        return self.broken_down + sum(piece.broken for piece in self.pieces)

    @cached_property
    def order(self) -> list[int]:
        """`order[row * width + column]` is the place of the cell's number among the numbers."""
        return [place for piece in self.pieces for place in piece.order()]


class Cutting:
    """The search for the best cuts of one table's numbers.

    `tokens` are the numbers in page order, `values` theirs, `breaks` tell behind which of them a label
    stands, `rows` are the rows that the page names, in the order of the form.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        values: Sequence[Number | None],
        breaks: Sequence[bool],
        rows: Sequence[str],
        table: Table,
    ) -> None:
        self.rows, self.width = rows, len(table.columns)
        self.total, self.down = table.total_place, table.sums_down(rows)
        self.values: Counts = np.array([value or 0 for value in values], np.float64)
        self.breaks = np.concatenate(([0], np.cumsum(np.array(breaks, np.int64))))

    def best(self) -> Partition | None:
        """Return the best cut; None where the numbers cannot fill the rows, or none are totals.

        A piece is read row by row (one row) or column by column (more). A cut's score weighs the sums
        of the rows first, then those of the columns, the labels between numbers.
        """
        if self.total is None or not self.rows or len(self.values) != self.width * len(self.rows):
            return None
        beams: list[list[Partition]] = [[Partition((), 0.0)], *([] for _ in self.rows)]
        for done in range(len(self.rows)):
            kept = _foremost(beams[done], _BEAM)
            for height in range(1, len(self.rows) - done + 1):
                piece = self._piece(done * self.width, height, self.total)
                beams[done + height] += [Partition((*c.pieces, piece), c.score + piece.score) for c in kept]
        whole = [self._whole(cut) for cut in _foremost(beams[-1], _BEAM)]
        return max(whole, key=lambda cut: cut.score, default=None)

    def _whole(self, cut: Partition) -> Partition:
        """Return a cut of all rows with what the sums of the columns say."""
        sums = self._down(cut.order)
        return Partition(cut.pieces, cut.score + float(sums.sum()), int((sums < 0).sum()))

    def _piece(self, start: int, height: int, home: int) -> RowPiece:
        """Return a piece with its score; `home` is the place of the totals on the form.

        pdfminer may set the box of the totals before the last column's: where another column is the
        sum of all others in more rows, that one holds the totals.
        """
        end = start + height * self.width
        columns = self.values[start:end].reshape(self.width, height)
        weights = _weights(columns, columns.sum(0) - columns)
        scores = weights.sum(1)
        total = home
        if height > 1 and scores[total] < 0:
            total = int(np.argmax(scores + _MOVED * np.abs(np.arange(self.width) - home)))
        score = float(scores[total]) + _MOVED * abs(total - home) + _PIECE[height > 1]
        score += _ACROSS * int(self.breaks[end - 1] - self.breaks[start])
        return RowPiece(start, height, self.width, total, home, score, int((weights[total] < 0).sum()))

    def _down(self, order: list[int]) -> Counts:
        """Weigh the sums of the columns."""
        read = self.values[order].reshape(len(self.rows), self.width)
        weights = []
        for equation in self.down:
            left, right = read[list(equation.left)].sum(0), read[list(equation.right)].sum(0)
            weights.append(_weights(left, right))
        return np.concatenate(weights)


def _foremost(cuts: list[Partition], most: int) -> list[Partition]:
    return sorted(cuts, key=lambda cut: -cut.score)[:most]


def _weights(left: Counts, right: Counts) -> Counts:
    """Return what sums say for a reading: nothing where all is zero, more the larger their numbers."""
    return np.where(left == right, np.log1p(left), BROKEN)
