"""Tells which reasons to look are left once people decided about a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import UNSET

from nlp.checking.reasons import listed, reason
from nlp.correcting.fields import parsed
from nlp.record.corrections import Correction
from nlp.record.model import CHAPTERS, Cell, Check, Report, Review

_SETTLED_BY = {
    "year_unknown": ("year",),
    "year_doubtful": ("year",),
    "form_of_another_year": ("year", "form"),
    "organization_unknown": ("organization",),
    "organization_doubtful": ("organization",),
    "no_form": ("form",),
    "no_report": ("form",),
}
"""The facts that settle a reason: one of them decided is enough."""
_SUMS = "sums_broken"


def reason_field(review: Review) -> str:
    """Return the field by which a correction settles a reason.

    >>> reason_field(reason("several_reports")), reason_field(reason("rows_out_of_order", table="requests"))
    ('review.several_reports', 'review.rows_out_of_order.requests')
    """
    if review.table is UNSET:
        return f"review.{review.code}"
    return f"review.{review.code}.{review.table}"


def remaining(
    read: Sequence[Review], report: Report, decisions: Mapping[str, Correction], stale: Sequence[str]
) -> list[Review]:
    """Return every reason to look at a corrected report; `read` are the reasons as it was read.

    A reason is settled when a person decided each of its cells, every cell of its table, the fact that it
    doubts, or that it needs no more than the look it got. `stale` are the fields of stale corrections.
    """
    left: list[Review] = []
    for review in (*_reasons(read, report, decisions), *_sums(report.sums)):
        correction = decisions.get(reason_field(review))
        if correction is None or not _is_settled_by(correction, review):
            left.append(review)
    return [*left, *_of_corrections(decisions, stale)]


def _reasons(read: Iterable[Review], report: Report, decisions: Mapping[str, Correction]) -> Iterator[Review]:
    """Yield the reasons as far as the record still gives them, but for its sums."""
    cells = dict(report.cells())
    undecided_tables = {id.partition(".")[0] for id, cell in cells.items() if not _is_decided(cell)}
    for review in read:
        if review.code == _SUMS or _is_fact_decided(review, decisions):
            continue
        if review.code == "chapters_missing":
            yield from _chapters(review, decisions)
        elif review.cells:
            yield from _undecided(review, cells)
        elif review.table is UNSET or review.table in undecided_tables:
            yield review


def _is_decided(cell: Cell) -> bool:
    return cell.state in ("corrected", "confirmed")


def _is_fact_decided(review: Review, decisions: Mapping[str, Correction]) -> bool:
    for fact in _SETTLED_BY.get(review.code, ()):
        if fact in decisions and decisions[fact].state != "disputed":
            return True
    return False


def _chapters(review: Review, decisions: Mapping[str, Correction]) -> Iterator[Review]:
    """Yield the reason of missing chapters for those about which no one decided anything."""
    kinds = review.message.removesuffix(".").rpartition(": ")[2].split(", ")
    missing = [kind for kind in kinds if kind in CHAPTERS and f"sections.{kind}" not in decisions]
    if len(missing) == len(kinds):
        yield review
    elif missing:
        yield reason(review.code, kinds=", ".join(missing))


def _undecided(review: Review, cells: Mapping[str, Cell]) -> Iterator[Review]:
    """Yield a reason with those of its cells about which no one decided."""
    left = [id for id in review.cells if id not in cells or not _is_decided(cells[id])]
    if len(left) == len(review.cells):
        yield review
    elif left:
        facts: dict[str, Any] = {"count": len(left), "ids": listed(left)}
        if review.table is not UNSET:
            facts["table"] = review.table
        elif review.code == "cells_out_of_place":  # a record that was written before reasons named tables
            facts["table"] = left[0].partition(".")[0]
        yield reason(review.code, left, **facts)


def _sums(checks: Iterable[Check]) -> Iterator[Review]:
    broken = [check for check in checks if check.outcome == "broken" and check.blame != "source"]
    if broken:
        cells = list(dict.fromkeys(cell for check in broken for cell in check.cells))
        yield reason(_SUMS, cells, checks=listed([check.id for check in broken]))


def _is_settled_by(correction: Correction, review: Review) -> bool:
    """Return whether a confirmation is of this reason, or of one with the same cells and more."""
    if correction.state != "confirmed":
        return False
    if correction.read is UNSET:
        return True
    if not isinstance(correction.read, dict):
        return bool(correction.read == review.message)
    if review.cells and set(review.cells) <= set(correction.read.get("cells", ())):
        return True
    return bool(correction.read.get("message") == review.message)


def _of_corrections(decisions: Mapping[str, Correction], stale: Sequence[str]) -> Iterator[Review]:
    if stale:
        yield reason("correction_stale", _cells(stale), count=len(stale), fields=listed(stale))
    disputed = [field for field, correction in decisions.items() if correction.state == "disputed"]
    if disputed:
        yield reason("corrections_disagree", _cells(disputed), count=len(disputed), fields=listed(disputed))


def _cells(fields: Iterable[str]) -> list[str]:
    """Return the ids of the cells among fields."""
    known = [parsed(field) for field in fields]
    return [field.name for field in known if field.kind == "cell"]
