"""How far the confidence of cells can be believed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from training.scoring.acceptance import Point, curve_of_counts
from training.scoring.cells import Judged

Doubts = Counter[tuple[float, bool]]
"""How often a cell that was answered has this confidence and is right or not."""

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
"""Bins are narrow where most cells are: near 1."""


class Bin(Struct, frozen=True):
    """Cells with a confidence from `low` up to below `high`: their mean confidence, the share right."""

    low: float
    high: float
    cells: int
    confidence: float
    right: float


class Calibration(Struct, frozen=True):
    """The reliability of cells that were answered.

    `error` is the expected calibration error over the bins: the mean of |share right − confidence|,
    weighted by cells (Naeini et al. 2015). `brier` is the mean of (confidence − right)², right being
    1 or 0; `brier_of_share` is what a constant confidence, the share right, would have.
    """

    cells: int
    error: float
    brier: float
    brier_of_share: float
    bins: list[Bin]


def doubts(cells: Iterable[Judged]) -> Doubts:
    """Count the confidences of the cells that were answered."""
    return Counter((cell.predicted.confidence, cell.right) for cell in cells if cell.answered)


def calibration(counts: Mapping[tuple[float, bool], int]) -> Calibration | None:
    """Return the reliability of all cells; None where none was answered.

    >>> from collections import Counter
    >>> found = calibration(Counter({(0.9, True): 9, (0.9, False): 1}))
    >>> found.cells, round(found.error, 9), round(found.brier, 9)
    (10, 0.0, 0.09)
    """
    cells = sum(counts.values())
    if not cells:
        return None
    bins = _bins(counts)
    brier = sum(count * (confidence - right) ** 2 for (confidence, right), count in counts.items()) / cells
    right = sum(count for (_, right), count in counts.items() if right) / cells
    error = sum(one.cells * abs(one.right - one.confidence) for one in bins) / cells
    return Calibration(cells, error, brier, right * (1 - right), bins)


def _bins(counts: Mapping[tuple[float, bool], int]) -> list[Bin]:
    filled: dict[int, list[tuple[float, bool, int]]] = {}
    for (confidence, right), count in counts.items():
        at = min(bisect_right(EDGES, confidence), len(EDGES) - 1) - 1
        filled.setdefault(max(at, 0), []).append((confidence, right, count))
    return [_bin(EDGES[at], EDGES[at + 1], filled[at]) for at in sorted(filled)]


def _bin(low: float, high: float, found: Sequence[tuple[float, bool, int]]) -> Bin:
    cells = sum(count for _, _, count in found)
    confidence = sum(confidence * count for confidence, _, count in found) / cells
    return Bin(low, high, cells, confidence, sum(count for _, right, count in found if right) / cells)


def curve_of_cells(counts: Mapping[tuple[float, bool], int], of: int) -> list[Point]:
    """Return risk over coverage where cells are taken by their confidence, of all that gold has."""
    known = sorted({confidence for confidence, _ in counts}, reverse=True)
    rows = [
        (one, counts.get((one, True), 0) + counts.get((one, False), 0), counts.get((one, False), 0))
        for one in known
    ]
    return curve_of_counts(rows, of)
