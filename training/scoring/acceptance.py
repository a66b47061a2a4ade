"""Measures which records may be used without review, and how many faults that would let through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct

from training.scoring.metrics import Share, share
from training.scoring.proportions import at_most, clustered_at_most
from training.scoring.wrong import WrongCell

_POINTS = 20
"""The number of points that are kept of a curve, about."""


class Point(Struct, frozen=True):
    """A point of a risk-coverage curve.

    `coverage` is the share of all records or cells that have at least this confidence, `risk` the share of
    those that are at fault.
    """

    confidence: float
    coverage: float
    risk: float


class Acceptance(Struct, frozen=True):
    """What is known about accepted records, those with an empty review.

    `records` is their share of all records, `at_fault` the share of them with a fault: a cell that is not
    right or that gold does not have, a wrong agency or year. `at_most` bounds that share with 95 %
    confidence, the texts of one report taken together; `cells_at_most` bounds the share of silently wrong
    cells as if each went wrong by itself. In the curves a record has the lowest confidence of its cells.
    """

    records: Share
    at_fault: Share
    at_most: float | None
    silently_wrong: int
    cells_accepted: int
    cells_at_most: float | None
    silently_wrong_cells: list[WrongCell]
    curve_of_records: list[Point]
    curve_of_cells: list[Point]
    silently_wrong_facts: dict[str, Share] = {}
    reports_accepted: int = 0
    silently_invented: int = 0


class Taken(Struct, frozen=True, gc=False):
    """A document whose cells were judged: whether accepted and without fault, and its lowest confidence.

    `report` names the report that the text is of.
    """

    accepted: bool
    faultless: bool
    cells: int
    lowest: float | None
    report: str = ""


def acceptance(
    documents: Sequence[Taken], silent: int, listed: list[WrongCell], cells: Sequence[Point]
) -> Acceptance:
    """Return the figures of the documents whose cells were judged.

    `silent` is the number of silently wrong cells, `listed` are those of them that are listed, and `cells`
    is the curve of cells.
    """
    accepted = [document for document in documents if document.accepted]
    at_fault = share(sum(not document.faultless for document in accepted), len(accepted))
    of_accepted = sum(document.cells for document in accepted)
    return Acceptance(
        share(len(accepted), len(documents)),
        at_fault,
        _at_most_by_report(accepted),
        silent,
        of_accepted,
        at_most(silent, of_accepted),
        listed,
        _curve_of_records(documents),
        list(cells),
        reports_accepted=len({document.report for document in accepted}),
    )


def _at_most_by_report(accepted: Sequence[Taken]) -> float | None:
    """Return the bound of the share of records at fault, those of one report taken together."""
    reports = sorted({document.report for document in accepted})
    faults = Counter(document.report for document in accepted if not document.faultless)
    records = Counter(document.report for document in accepted)
    return clustered_at_most(
        np.array([faults[report] for report in reports]), np.array([records[report] for report in reports])
    )


def _curve_of_records(documents: Sequence[Taken]) -> list[Point]:
    """Return the curve of all records, also of those with a review: confidence has to tell by itself."""
    faults: list[tuple[float, bool]] = []
    for document in documents:
        if document.lowest is not None:
            faults.append((document.lowest, not document.faultless))
    return curve(faults, len(documents))


def curve(faults: Iterable[tuple[float, bool]], of: int) -> list[Point]:
    """Return risk over coverage for (confidence, whether at fault), out of `of`; most confident first.

    >>> curve([(0.9, False), (0.5, True)], 4)
    [Point(confidence=0.9, coverage=0.25, risk=0.0), Point(confidence=0.5, coverage=0.5, risk=0.5)]
    """
    count_of = Counter[float]()
    faults_of = Counter[float]()
    for confidence, is_fault in faults:
        count_of[confidence] += 1
        faults_of[confidence] += is_fault
    rows = [(confidence, count_of[confidence], faults_of[confidence]) for confidence in count_of]
    rows.sort(reverse=True)
    return curve_of_counts(rows, of)


def curve_of_counts(rows: Iterable[tuple[float, int, int]], of: int) -> list[Point]:
    """Return the curve for rows of (confidence, how many, how many at fault), the most confident first."""
    points: list[Point] = []
    total, total_faults = 0, 0
    for confidence, count, faults in rows:
        total += count
        total_faults += faults
        points.append(Point(confidence, total / of, total_faults / total))
    return _thinned(points)


def _thinned(points: list[Point]) -> list[Point]:
    """Return points at about even steps of coverage, the first and the last among them."""
    kept: list[Point] = []
    next_coverage = 0.0
    for point in points:
        if point is points[-1] or point.coverage >= next_coverage:
            kept.append(point)
            next_coverage = point.coverage + points[-1].coverage / _POINTS
    return kept
