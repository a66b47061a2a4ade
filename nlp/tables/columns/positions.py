"""Tells a number's column by where it stands on a line that is laid out with spaces."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import sub
from statistics import median
from unicodedata import east_asian_width

from msgspec import Struct

from nlp.tables.page.tokens import Token
from nlp.text.lines import Line

_OFF = 0.4
"""How far from its column a number may stand, as a share of the distance between two columns."""
_GAP = 3.5
"""Columns nearer to each other than this are parted by single spaces: nothing is laid out."""
_STRAIGHT = 1.5
"""How far columns may lean from row to row on a page that is laid out."""
_ENOUGH = 3

Metric = Callable[[str], int]


def _characters(text: str) -> int:
    """Every character is one place wide (pdftotext -layout)."""
    return len(text)


def _cells(text: str) -> int:
    """A Chinese character is two places wide (a terminal, most other tools)."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


class Positions(Struct, frozen=True):
    """Where the columns stand on the full rows of a table: by line number, and how to measure."""

    metric: Metric
    rows: list[tuple[int, list[float]]]

    def columns(self, filled: Sequence[Token], lines: Sequence[Line]) -> list[int] | None:
        """Return the column of each of a line's numbers; None where the full rows next to it disagree."""
        if not self.rows:
            return None
        at = bisect(self.rows, (filled[0].line, []))
        found = _centres(filled, lines, self.metric)
        readings = [_nearest(found, columns) for _, columns in self.rows[max(0, at - 1) : at + 1]]
        return readings[0] if readings.count(readings[0]) == len(readings) else None


def learn(full: Sequence[Sequence[Token]], lines: Sequence[Line]) -> Positions:
    """Learn from full rows, each on one line, in the measure in which their columns stand straighter."""
    measured = []
    for metric in (_characters, _cells):
        rows = sorted((row[0].line, _centres(row, lines, metric)) for row in full)
        measured.append(Positions(metric, rows))
    best = min(measured, key=lambda positions: _slant(positions.rows))
    is_straight = len(full) >= _ENOUGH and _slant(best.rows) <= _STRAIGHT
    return best if is_straight else Positions(best.metric, [])


def _centres(row: Sequence[Token], lines: Sequence[Line], metric: Metric) -> list[float]:
    raw = lines[row[0].line - 1].raw
    return [metric(raw[: token.start]) + metric(token.text) / 2 for token in row]


def _slant(rows: list[tuple[int, list[float]]]) -> float:
    """Return by how much a row's numbers are off those of the row before, in the middle of all cases."""
    steps: list[float] = []
    for (_, above), (_, below) in pairwise(rows):
        steps.append(sum(map(abs, map(sub, above, below))) / len(above))
    return median(steps or [0.0])


def _nearest(found: list[float], columns: list[float]) -> list[int] | None:
    gap = min(right - left for left, right in pairwise(columns))
    if gap < _GAP:
        return None
    reach = _OFF * gap
    taken = [min(range(len(columns)), key=lambda n: abs(columns[n] - x)) for x in found]
    near = all(abs(columns[n] - x) <= reach for n, x in zip(taken, found, strict=True))
    return taken if near and taken == sorted(set(taken)) else None
