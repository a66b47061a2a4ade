"""Reads a table whose numbers come in pieces: some rows at a time, each piece column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from nlp.forms import Relation, Table
from nlp.report import Number
from nlp.tables.anchors import Anchors
from nlp.tables.placing import FILLINGS, Placement, Run, priced
from nlp.tables.tokens import Kind, Token

_BROKEN = -4.6
"""Log of the share of sums that agencies print wrong, about one in a hundred."""
_TORN = -0.7
"""What it costs that a white gap stands in one column of a piece and not in the next."""
_ACROSS = -3.0
"""What it costs that a label stands between the numbers of one piece."""
_PIECE = (-0.1, -0.5)
"""What each piece costs: a row, or more rows."""
_MOVED = -2.0
"""What it costs, a place, that the column of the totals does not come last."""
_BEAM = 12
"""How many readings are kept for each number of rows read."""
_READINGS = 4
_MARGIN = 3.0
"""How much better a reading must score for the other to be no rival."""
_SURE, _UNSURE = 0.95, 0.8

Values = Sequence[Number | None]
Valuing = Callable[[Token], Number | None]


@dataclass(frozen=True)
class Reading:
    """One way to cut the numbers into pieces: rows in each piece, its order of tokens, its score."""

    heights: tuple[int, ...]
    order: tuple[int, ...]
    score: float

    @property
    def by_columns(self) -> bool:
        return max(self.heights, default=1) > 1


def readings(
    tokens: Sequence[Token], values: Values, breaks: Sequence[bool], rows: Sequence[str], table: Table
) -> list[Reading]:
    """Return the best readings of a table's numbers, best first; none where they cannot fill its rows.

    `tokens` are the numbers in page order, `values` theirs, `breaks` tell behind which of them a label
    stands, `rows` are the rows that the page names, in the order of the form. A piece is read
    row by row (one row) or column by column (more). A reading's score weighs the sums of the rows
    first, then those of the columns, and the white gaps between columns.
    `order[row * width + column]` is the place of the cell's number among the tokens.
    """
    width = len(table.columns)
    if not rows or len(tokens) != width * len(rows):
        return []
    gaps = _gaps(tokens)
    beams: list[list[Reading]] = [[Reading((), (), 0.0)], *([] for _ in rows)]
    sums = _RowSums(values, table)
    for done in range(len(rows)):
        kept = _best(beams[done])
        for height in range(1, len(rows) - done + 1):
            order, score = _piece(sums, done * width, height, width)
            score += _tearing(gaps, done * width, height, width) + _PIECE[height > 1]
            score += _ACROSS * sum(breaks[done * width : (done + height) * width - 1])
            beams[done + height] += [
                Reading((*one.heights, height), one.order + order, one.score + score) for one in kept
            ]
    whole = [
        Reading(one.heights, one.order, one.score + _down(one.order, values, rows, table))
        for one in _best(beams[-1])
    ]
    return sorted(whole, key=lambda reading: -reading.score)[:_READINGS]


def _best(beam: list[Reading]) -> list[Reading]:
    """Return the best few readings that put the numbers differently."""
    distinct = {reading.order: reading for reading in sorted(beam, key=lambda reading: reading.score)}
    return sorted(distinct.values(), key=lambda reading: -reading.score)[:_BEAM]


def _piece(sums: _RowSums, start: int, height: int, width: int) -> tuple[tuple[int, ...], float]:
    """Return the order of a piece's numbers, and its score.

    pdfminer may set the box of the totals before the last column's: where another column is the sum
    of all others in every row, that one is the total.
    """
    order = _by_columns(start, height, width)
    score = sums.score(order)
    if height == 1 or score >= 0:
        return order, score
    moved = [_with_total_from(at, order, width) for at in range(width - 1)]
    scored = [(sums.score(other) + _MOVED * (width - 1 - at), other) for at, other in enumerate(moved)]
    best = max(scored)
    return (best[1], best[0]) if best[0] > score else (order, score)


def _with_total_from(at: int, order: tuple[int, ...], width: int) -> tuple[int, ...]:
    columns = [*range(at), *range(at + 1, width), at]
    return tuple(order[row + column] for row in range(0, len(order), width) for column in columns)


def _by_columns(start: int, height: int, width: int) -> tuple[int, ...]:
    return tuple(start + column * height + row for row in range(height) for column in range(width))


def _gaps(tokens: Sequence[Token]) -> list[bool]:
    """Tell for each number whether something, a blank line or a label, stands between it and the next."""
    return [*(two.line - one.line != 1 for one, two in pairwise(tokens)), True]


def _tearing(gaps: Sequence[bool], start: int, height: int, width: int) -> float:
    """Price a piece whose columns are not parted alike: tools set every column of a box the same way."""
    if height == 1:
        return 0.0
    columns = [gaps[start + column * height : start + (column + 1) * height] for column in range(width)]
    uneven = sum(one[:-1] != two[:-1] for one, two in pairwise(columns))
    unparted = sum(not column[-1] for column in columns)
    return _TORN * (uneven + unparted)


class _RowSums:
    """Scores rows by their own sum."""

    def __init__(self, values: Values, table: Table) -> None:
        self.values = values
        self.places = {column.id: n for n, column in enumerate(table.columns)}
        self.width = len(table.columns)
        self.relations = table.across

    def score(self, order: tuple[int, ...]) -> float:
        rows = (order[at : at + self.width] for at in range(0, len(order), self.width))
        return sum(self._row(row) for row in rows)

    def _row(self, row: tuple[int, ...]) -> float:
        score = 0.0
        for relation in self.relations:
            left, right = (
                [self.values[row[self.places[id]]] for id in side] for side in (relation.left, relation.right)
            )
            score += weight(left, right)
        return score


def weight(left: Values, right: Values) -> float:
    """Return what a sum says for a reading: nothing where all is zero, more the larger its numbers."""
    one, other = sum(value or 0 for value in left), sum(value or 0 for value in right)
    if one != other:
        return _BROKEN
    return log(1 + one)


def _down(order: tuple[int, ...], values: Values, rows: Sequence[str], table: Table) -> float:
    width = len(table.columns)
    place = {row: n for n, row in enumerate(rows)}
    score = 0.0
    for relation in table.down:
        sides = list(_rows(relation, place))
        for column in range(width):
            left, right = ([values[order[row * width + column]] for row in side] for side in sides)
            score += weight(left, right)
    return score


def _rows(relation: Relation, place: dict[str, int]) -> Iterator[list[int]]:
    for side in (relation.left, relation.right):
        yield [place[row] for row in side if row in place]


def pieces(tokens: Sequence[Token], anchors: Anchors, table: Table, value: Valuing) -> Placement | None:
    """Return the reading in pieces; None where the numbers cannot fill the rows that the page names.

    The rows are taken in the order of the form: boxes lose the order of their labels.
    """
    rows = _rows_of(anchors, table)
    places = [at for at, token in enumerate(tokens) if token.kind in FILLINGS]
    numbers = [tokens[at] for at in places]
    breaks = [_labelled(tokens[one:two]) for one, two in pairwise([*places, len(tokens)])]
    found = readings(numbers, [value(token) for token in numbers], breaks, rows, table)
    if not found:
        return None
    best, *others = [_runs(reading, numbers, len(table.columns)) for reading in found]
    anchor_of = {anchor.row: anchor for anchor in anchors.rows}
    read = priced("pieces", zip((anchor_of[row] for row in rows), best, strict=True), (), table)
    for reading, runs in zip(found[1:], others, strict=True):
        if found[0].score - reading.score < _MARGIN:
            for row, run, other in zip(rows, best, runs, strict=True):
                if [token.text for token in run] != [token.text for token in other]:
                    read.doubts.setdefault(row, []).append(other)
    sureness = _SURE if found[0].score > 0 or not any(map(value, numbers)) else _UNSURE
    return replace(read, sureness=sureness, by_columns=found[0].by_columns)


def _labelled(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.TEXT for token in tokens)


def _runs(reading: Reading, numbers: Sequence[Token], width: int) -> list[Run]:
    tokens = [numbers[place] for place in reading.order]
    return [tuple(tokens[at : at + width]) for at in range(0, len(tokens), width)]


def _rows_of(anchors: Anchors, table: Table) -> list[str]:
    """Return the rows that a page names, in the order of the form."""
    there = {anchor.row for anchor in anchors.rows}
    return [row.id for row in table.rows if row.id in there]
