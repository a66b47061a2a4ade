"""Finds columns of prose side by side on a page, which are read one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.pdf.writing import TextRun

_LEAST_LINES = 4
"""In lines: with fewer on one side there are no columns."""
_LEAST_TEXT = 8
"""In characters: shorter lines are of a list or of a table without rules."""
_GUTTER = 1.0
"""In heights of a line: the gap between columns is no narrower."""
_FULL = 2.5
"""In heights: lines that end nearer to the right edge are full, as half the lines of a column are."""
_SAME = 4.0
"""In points: the width of a step of the left edges that are counted."""
_APART = 12
"""In such steps: the left edges of two columns are no nearer."""


class Column(NamedTuple):
    """Lines from the top, and their left and right edge; None for a line that is in no column."""

    lines: Sequence[list[TextRun]]
    edges: tuple[float, float] | None = None


def columns(lines: Sequence[list[TextRun]]) -> list[list[Column]]:
    """Return the lines of a page, which come from the top, in blocks.

    A block is either two columns, to be read one after the other, or one line alone.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return [[Column([line])] for line in lines]
    blocks: list[list[Column]] = []
    for band in _bands(lines, gutter):
        two_columns = _two_columns(band, gutter)
        if two_columns:
            blocks.append(two_columns)
        else:
            blocks += [[Column([line])] for line in band]
    return blocks


def _gutter(lines: Sequence[list[TextRun]]) -> float | None:
    """Return the place, from the left, of the gap before the second column; None for a page without one."""
    counts: Counter[int] = Counter()
    for line in lines:
        for run in line:
            if len(run.text) >= _LEAST_TEXT:
                counts[round(run.left / _SAME)] += 1
    leftmost = min(counts, default=0)
    candidates = [
        left for left, count in counts.items() if count >= _LEAST_LINES / 2 and left > leftmost + _APART
    ]
    if not candidates:
        return None
    return (min(candidates) - 1) * _SAME


def _bands(lines: Sequence[list[TextRun]], gutter: float) -> Iterator[list[list[TextRun]]]:
    """Cut a page at the lines that run across the gutter; each of these is a band by itself."""
    band: list[list[TextRun]] = []
    for line in lines:
        if any(run.left < gutter < run.right for run in line):
            yield band
            yield [line]
            band = []
        else:
            band.append(line)
    yield band


def _two_columns(band: Sequence[list[TextRun]], gutter: float) -> list[Column] | None:
    """Return the two columns of a band; None where what stands side by side is no prose."""
    left: list[list[TextRun]] = []
    right: list[list[TextRun]] = []
    for line in band:
        left_runs = [run for run in line if run.left < gutter]
        right_runs = [run for run in line if run.left >= gutter]
        if left_runs:
            left.append(left_runs)
        if right_runs:
            right.append(right_runs)
    if not (_is_prose(left) and _is_prose(right)):
        return None
    left_edges, right_edges = _edges(left), _edges(right)
    gap = right_edges[0] - left_edges[1]
    if gap < _GUTTER * left[0][0].height:
        return None
    return [Column(left, left_edges), Column(right, right_edges)]


def _is_prose(lines: Sequence[list[TextRun]]) -> bool:
    """Return whether lines are many and long enough for a column, and half of them are full."""
    characters = sum(len(run.text) for line in lines for run in line)
    if len(lines) < _LEAST_LINES or characters < _LEAST_TEXT * len(lines):
        return False
    _, right = _edges(lines)
    full = sum(right - line[-1].right < _FULL * line[-1].height for line in lines)
    return 2 * full >= len(lines)


def _edges(lines: Sequence[list[TextRun]]) -> tuple[float, float]:
    """Return the left and the right edge of some lines."""
    return min(line[0].left for line in lines), max(line[-1].right for line in lines)
