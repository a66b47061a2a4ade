"""Measures how well the confidence of cells agrees with the share of them that is right."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from training.scoring.acceptance import Point, curve_of_counts
from training.scoring.cells import Judged

Doubts = Counter[tuple[float, bool]]
"""The number of answered cells for each (confidence, whether right)."""

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
"""The edges of the bins of confidence, which are narrow near 1, where most cells are."""


class Bin(Struct, frozen=True):
    """Cells with `low` ≤ confidence < `high` (≤ in the last bin): mean confidence, and the share right."""

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
    """Return the confidence and outcome of the cells that were answered."""
    return Counter((cell.predicted.confidence, cell.right) for cell in cells if cell.answered)


def calibration(counts: Mapping[tuple[float, bool], int]) -> Calibration | None:
    """Return the reliability of all cells; None if none was answered.

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
    share_right = sum(count for (_, right), count in counts.items() if right) / cells
    error = sum(bin.cells * abs(bin.right - bin.confidence) for bin in bins) / cells
    return Calibration(cells, error, brier, share_right * (1 - share_right), bins)


def _bins(counts: Mapping[tuple[float, bool], int]) -> list[Bin]:
    """Return the bins that have cells, lowest confidence first."""
    cells_by_bin: dict[int, list[tuple[float, bool, int]]] = {}
    last = len(EDGES) - 2
    for (confidence, right), count in counts.items():
        number = bisect_right(EDGES, confidence) - 1
        number = min(max(number, 0), last)
        cells_by_bin.setdefault(number, []).append((confidence, right, count))
    return [_bin(EDGES[number], EDGES[number + 1], cells_by_bin[number]) for number in sorted(cells_by_bin)]


def _bin(low: float, high: float, counts: Sequence[tuple[float, bool, int]]) -> Bin:
    """Return the bin of cells given as (confidence, whether right, how many)."""
    cells = sum(count for _, _, count in counts)
    confidence = sum(confidence * count for confidence, _, count in counts) / cells
    right = sum(count for _, right, count in counts if right) / cells
    return Bin(low, high, cells, confidence, right)


def curve_of_cells(counts: Mapping[tuple[float, bool], int], of: int) -> list[Point]:
    """Return risk over coverage where cells are taken by their confidence, out of `of` cells in gold."""
    rows: list[tuple[float, int, int]] = []
    for confidence in sorted({confidence for confidence, _ in counts}, reverse=True):
        right, wrong = counts.get((confidence, True), 0), counts.get((confidence, False), 0)
        rows.append((confidence, right + wrong, wrong))
    return curve_of_counts(rows, of)
