"""Audits a record: which sums of the form are broken, what the reader could not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import UNSET, Struct

from nlp.auditing.reasons import failed, reason
from nlp.auditing.sums import BrokenSum, Printed, broken_sum
from nlp.form.form import Form
from nlp.form.names import cell_name, form_of
from nlp.record.model import MISSING, Cell, Check, Report, Review

SCHEMA = "nianbao.check/1"
Verdict = Literal["failed", "unchecked", "broken", "doubtful", "right"]
WRONG: tuple[Verdict, ...] = ("failed", "unchecked", "broken")
"""What a publisher has to do something about; a doubtful record may be right."""


class Reason(Struct, frozen=True):
    """Why a person should look, in Chinese, and at which cells."""

    code: str
    message: str
    cells: list[Printed] = []


class Audit(Struct, frozen=True, kw_only=True):
    """What there is to say about one document; of the form's sums `holds` hold."""

    schema: str = SCHEMA
    name: str
    path: str
    organization: str | None
    year: int | None
    form: str | None
    verdict: Verdict
    holds: int
    not_assessable: int
    broken: list[BrokenSum]
    reasons: list[Reason]
    error: Reason | None = None


def audit(report: Report) -> Audit:
    """Return the audit of a record."""
    form = form_of(report.form)
    cells = dict(report.cells())
    outcomes = Counter(check.outcome for check in report.checks)
    error = None if report.error is UNSET else Reason(report.error.code, failed(report.error))
    return Audit(
        name=report.source.name,
        path=report.source.path,
        organization=report.organization,
        year=report.year,
        form=report.form,
        verdict=verdict(report),
        holds=outcomes["holds"],
        not_assessable=sum(_open(check, cells) for check in report.checks),
        broken=[
            broken_sum(report, check, _printed(form, cells, check.cells))
            for check in report.checks
            if check.outcome == "broken"
        ],
        reasons=[_reason(form, cells, review) for review in report.review],
        error=error,
    )


def verdict(report: Report) -> Verdict:
    """Return in one word how a report stands; a page without a sum that can be assessed is unchecked."""
    outcomes = {check.outcome for check in report.checks}
    if report.error is not UNSET:
        return "failed"
    if "broken" in outcomes:
        return "broken"
    if "holds" not in outcomes:
        return "unchecked"
    return "doubtful" if report.review else "right"


def _open(check: Check, cells: dict[str, Cell]) -> bool:
    """Tell whether a sum is on the page and could not be assessed; rows that it has not are no sums."""
    return check.outcome == "not_assessable" and any(
        cells.get(id, MISSING).state != "missing" for id in check.cells
    )


def _reason(form: Form | None, cells: dict[str, Cell], review: Review) -> Reason:
    return Reason(review.code, reason(form, review), _printed(form, cells, review.cells))


def _printed(form: Form | None, cells: dict[str, Cell], ids: Iterable[str]) -> list[Printed]:
    return [_one(form, id, cells.get(id, MISSING)) for id in ids]


def _one(form: Form | None, id: str, cell: Cell) -> Printed:
    page = None if cell.page is UNSET else cell.page
    candidates = [] if cell.candidates is UNSET else cell.candidates
    return Printed(id, cell_name(form, id), cell.value, cell.text, cell.state, cell.line, page, candidates)
