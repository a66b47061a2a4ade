"""Columns of prose that stand side by side on a page, to be read one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.pdf.writing import Piece

_LEAST_LINES = 4
"""With fewer lines than this on one side, two things stand beside each other and no columns."""
_LEAST_TEXT = 8
"""Shorter lines, in characters, are of a list or of a table without rules."""
_GUTTER = 1.0
"""How wide, in heights, the blank between columns is at least."""
_FULL = 2.5
"""Lines that end within so many heights of the edge are full: half of a column's are."""
_SAME = 4.0
"""How near, in points, lines of a column begin."""
_APART = 12
"""How far apart, in that measure, columns begin at least."""

Row = list[Piece]


class Column(NamedTuple):
    """Lines from the top, and the edges that they keep to; no edges where they stand alone on the page."""

    rows: Sequence[Row]
    edges: tuple[float, float] | None = None


def columns(rows: Sequence[Row]) -> list[list[Column]]:
    """Return the lines of a page, sorted from the top, in blocks: one column, or several side by side."""
    blocks: list[list[Column]] = []
    if (x := _gutter(rows)) is None:
        return [[Column([row])] for row in rows]
    for band in _bands(rows, x):
        sides = _sides(band, x)
        blocks += [sides] if sides else [[Column([row])] for row in band]
    return blocks


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where the first of the columns that do not begin at the left of the page begins."""
    long = (piece for row in rows for piece in row if len(piece.text) >= _LEAST_TEXT)
    lefts = Counter(round(piece.left / _SAME) for piece in long)
    first = min(lefts, default=0) + _APART
    within = [left for left, times in lefts.items() if times >= _LEAST_LINES / 2 and left > first]
    return (min(within) - 1) * _SAME if within else None


def _bands(rows: Sequence[Row], x: float) -> Iterator[list[Row]]:
    """Cut the page where a line runs across the gutter; such lines are bands by themselves."""
    band: list[Row] = []
    for row in rows:
        if any(piece.left < x < piece.right for piece in row):
            yield band
            yield [row]
            band = []
        else:
            band.append(row)
    yield band


def _sides(band: Sequence[Row], x: float) -> list[Column] | None:
    """Return both columns of a band; None where it has none."""
    left = [side for row in band if (side := [piece for piece in row if piece.left < x])]
    right = [side for row in band if (side := [piece for piece in row if piece.left >= x])]
    if not (_is_prose(left) and _is_prose(right)):
        return None
    edges = [_edges(side) for side in (left, right)]
    if edges[1][0] - edges[0][1] < _GUTTER * left[0][0].height:
        return None
    return [Column(left, edges[0]), Column(right, edges[1])]


def _is_prose(rows: Sequence[Row]) -> bool:
    if len(rows) < _LEAST_LINES or sum(map(_length, rows)) < _LEAST_TEXT * len(rows):
        return False
    right = _edges(rows)[1]
    full = sum(right - row[-1].right < _FULL * row[-1].height for row in rows)
    return 2 * full >= len(rows)


def _length(row: Row) -> int:
    return sum(len(piece.text) for piece in row)


def _edges(rows: Sequence[Row]) -> tuple[float, float]:
    return min(row[0].left for row in rows), max(row[-1].right for row in rows)
