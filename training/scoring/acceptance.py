"""Which records may be used unattended, and what that would let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from training.scoring.metrics import Share, share
from training.scoring.wrong import WrongCell

_POINTS = 20
"""How many points of a curve are kept."""
RULE_OF_THREE = 3.0
"""With nothing seen in n cases, 3 / n bounds the rate with 95 % confidence (Hanley and Lippman-Hand 1983)."""


class Point(Struct, frozen=True):
    """Of all that could be taken, the share with at least this confidence, and the share of it at fault."""

    confidence: float
    coverage: float
    risk: float


class Acceptance(Struct, frozen=True):
    """Records with an empty review: their share, the share of them with a fault, the cells at fault.

    `at_most` bounds the share of accepted records with a fault where none was seen, and
    `cells_at_most` that of their cells. The curves take records by the lowest confidence among their
    cells, cells by their own.
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


class Taken(Struct, frozen=True, gc=False):
    """A document whose cells were judged: whether it offers itself, whether it is exact, its doubts."""

    accepted: bool
    exact: bool
    cells: int
    lowest: float | None


def acceptance(
    documents: Sequence[Taken], silent: int, listed: list[WrongCell], cells: Sequence[Point]
) -> Acceptance:
    """Score what is accepted among the records whose cells were judged."""
    accepted = [document for document in documents if document.accepted]
    at_fault = share(sum(not document.exact for document in accepted), len(accepted))
    of_accepted = sum(document.cells for document in accepted)
    return Acceptance(
        share(len(accepted), len(documents)),
        at_fault,
        bound(at_fault.count, at_fault.of),
        silent,
        of_accepted,
        bound(silent, of_accepted),
        listed,
        _curve_of_records(documents),
        list(cells),
    )


def bound(seen: int, of: int) -> float | None:
    """Return the bound that the rule of three gives; None where something was seen.

    >>> bound(0, 300), bound(1, 300), bound(0, 2)
    (0.01, None, 1.0)
    """
    return min(1.0, RULE_OF_THREE / of) if of and not seen else None


def _curve_of_records(documents: Sequence[Taken]) -> list[Point]:
    """Every record is here, also one that asks for a review: confidence should tell on its own."""
    read = [(one.lowest, not one.exact) for one in documents if one.lowest is not None]
    return curve(read, len(documents))


def curve(taken: Iterable[tuple[float, bool]], of: int) -> list[Point]:
    """Return risk over coverage for (confidence, at fault), the most confident first.

    >>> curve([(0.9, False), (0.5, True)], 4)
    [Point(confidence=0.9, coverage=0.25, risk=0.0), Point(confidence=0.5, coverage=0.5, risk=0.5)]
    """
    counted = []
    for confidence, group in groupby(sorted(taken, key=lambda one: -one[0]), key=lambda one: one[0]):
        faults = [fault for _, fault in group]
        counted.append((confidence, len(faults), sum(faults)))
    return curve_of_counts(counted, of)


def curve_of_counts(counted: Iterable[tuple[float, int, int]], of: int) -> list[Point]:
    """Return the curve for (confidence, how many, how many of them at fault), the most confident first."""
    points, count, faults = [], 0, 0
    for confidence, many, wrong in counted:
        count, faults = count + many, faults + wrong
        points.append(Point(confidence, count / of, faults / count))
    return _thinned(points)


def _thinned(points: list[Point]) -> list[Point]:
    """Keep points at even steps of coverage, the first and the last among them."""
    kept, due = [], 0.0
    for point in points:
        if point is points[-1] or point.coverage >= due:
            kept.append(point)
            due = point.coverage + points[-1].coverage / _POINTS
    return kept
