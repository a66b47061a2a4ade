"""Which records may be used unattended, and what that would let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from nlp.report import Number
from training.scoring.cells import Judged, exact
from training.scoring.metrics import Share, share, share_of

_POINTS = 20
"""How many points of a curve are kept."""


class Document(NamedTuple):
    """The judged cells of a record, and whether it offers itself for use without a person."""

    name: str
    accepted: bool
    cells: Sequence[Judged]


class SilentCell(Struct, frozen=True):
    """A cell that is not right in a record that asks for no review."""

    document: str
    cell: str
    gold: Number | None
    gold_state: str
    predicted: Number | None
    predicted_state: str


class Point(Struct, frozen=True):
    """Of all that could be taken, the share with at least this confidence, and the share of it at fault."""

    confidence: float
    coverage: float
    risk: float


class Acceptance(Struct, frozen=True):
    """Records with an empty review: their share, the share of them with a fault, the cells at fault.

    The curves take records by the lowest confidence among their cells, cells by their own.
    """

    records: Share
    at_fault: Share
    silently_wrong: int
    silently_wrong_cells: list[SilentCell]
    curve_of_records: list[Point]
    curve_of_cells: list[Point]


def acceptance(documents: Sequence[Document]) -> Acceptance:
    """Score what is accepted among the records whose cells were judged."""
    scored = [document for document in documents if document.cells]
    accepted = [document for document in scored if document.accepted]
    silent = [_silent(one.name, cell) for one in accepted for cell in one.cells if not cell.right]
    return Acceptance(
        share(len(accepted), len(scored)),
        share_of(not exact(document.cells) for document in accepted),
        len(silent),
        silent,
        _curve_of_records(scored),
        _curve_of_cells([cell for document in scored for cell in document.cells]),
    )


def _curve_of_records(documents: Sequence[Document]) -> list[Point]:
    """Every record is here, also one that asks for a review: confidence should tell on its own."""
    read = [document for document in documents if any(map(_answered, document.cells))]
    return curve([(_lowest(document), not exact(document.cells)) for document in read], len(documents))


def _curve_of_cells(cells: Sequence[Judged]) -> list[Point]:
    answered = [cell for cell in cells if _answered(cell)]
    return curve([(cell.predicted.confidence, not cell.right) for cell in answered], len(cells))


def curve(taken: Iterable[tuple[float, bool]], of: int) -> list[Point]:
    """Return risk over coverage for (confidence, at fault), the most confident first.

    >>> curve([(0.9, False), (0.5, True)], 4)
    [Point(confidence=0.9, coverage=0.25, risk=0.0), Point(confidence=0.5, coverage=0.5, risk=0.5)]
    """
    points, count, faults = [], 0, 0
    ordered = sorted(taken, key=lambda one: -one[0])
    for confidence, group in groupby(ordered, key=lambda one: one[0]):
        together = list(group)
        count += len(together)
        faults += sum(fault for _, fault in together)
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


def _lowest(document: Document) -> float:
    return min(cell.predicted.confidence for cell in document.cells if _answered(cell))


def _answered(cell: Judged) -> bool:
    return cell.predicted.state in ("printed", "blank")


def _silent(document: str, cell: Judged) -> SilentCell:
    gold, predicted = cell.gold, cell.predicted
    return SilentCell(document, cell.id, gold.value, gold.state, predicted.value, predicted.state)
