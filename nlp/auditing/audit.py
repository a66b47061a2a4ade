"""Audits a record: the sums of the form that are broken, and what could not be read for certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import UNSET, Struct

from nlp.auditing.reasons import failure_message, reason
from nlp.auditing.sums import BrokenSum, Printed, broken_sum
from nlp.form.form import Form
from nlp.form.names import cell_name, form_of
from nlp.record.model import MISSING, Cell, Check, Report

SCHEMA = "nianbao.check/1"
Verdict = Literal["failed", "unchecked", "broken", "doubtful", "right"]
WRONG: tuple[Verdict, ...] = ("failed", "unchecked", "broken")
"""The verdicts that a publisher has to act on; a doubtful record may be right."""


class Reason(Struct, frozen=True):
    """Why a person should look, in Chinese, and at which cells."""

    code: str
    message: str
    cells: list[Printed] = []


class Audit(Struct, frozen=True, kw_only=True):
    """The findings on one document.

    `holds` counts the sums of the form that hold, `not_assessable` those on the page that could not be
    assessed. `error` says why a document could not be read.
    """

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
    """Return the findings on a record.

    >>> from nlp.record.model import Source
    >>> audit(Report(source=Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1))).verdict
    'unchecked'
    """
    form = form_of(report.form)
    cells = dict(report.cells())
    outcomes = Counter(check.outcome for check in report.checks)
    error = None if report.error is UNSET else Reason(report.error.code, failure_message(report.error))
    return Audit(
        name=report.source.name,
        path=report.source.path,
        organization=report.organization,
        year=report.year,
        form=report.form,
        verdict=verdict(report),
        holds=outcomes["holds"],
        not_assessable=sum(_could_not_be_assessed(check, cells) for check in report.checks),
        broken=[
            broken_sum(report, check, _printed(form, cells, check.cells))
            for check in report.checks
            if check.outcome == "broken"
        ],
        reasons=[
            Reason(review.code, reason(form, review), _printed(form, cells, review.cells))
            for review in report.review
        ],
        error=error,
    )


def verdict(report: Report) -> Verdict:
    """Return the verdict on a report; without a sum that can be assessed it is `unchecked`."""
    outcomes = {check.outcome for check in report.checks}
    if report.error is not UNSET:
        return "failed"
    if "broken" in outcomes:
        return "broken"
    if "holds" not in outcomes:
        return "unchecked"
    return "doubtful" if report.review else "right"


def _could_not_be_assessed(check: Check, cells: dict[str, Cell]) -> bool:
    """Return whether a sum is on the page and was not assessed; one of missing cells is not on it."""
    if check.outcome != "not_assessable":
        return False
    return any(cells.get(id, MISSING).on_page != "missing" for id in check.cells)


def _printed(form: Form | None, cells: dict[str, Cell], ids: Iterable[str]) -> list[Printed]:
    """Return cells by their official names, as they are printed."""
    printed: list[Printed] = []
    for id in ids:
        cell = cells.get(id, MISSING)
        page = None if cell.as_read.page is UNSET else cell.as_read.page
        candidates = [] if cell.candidates is UNSET else cell.candidates
        name = cell_name(form, id)
        printed.append(
            Printed(id, name, cell.value, cell.text, cell.state, cell.as_read.line, page, candidates)
        )
    return printed
