"""Audits a record: the sums of the form that are broken, and what could not be read for certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import UNSET, Struct, structs

from nlp.auditing.claims import Difference, difference
from nlp.auditing.counting import Sums, in_words, sums_of
from nlp.auditing.reasons import failure_message, reason
from nlp.auditing.sums import BrokenSum, Printed, broken_sum
from nlp.form.form import Form
from nlp.form.names import cell_name, form_of
from nlp.record.claims import Derived
from nlp.record.model import MISSING, Cell, Check, Report

SCHEMA = "nianbao.check/1"
Verdict = Literal["failed", "unchecked", "broken", "differs", "doubtful", "unassessed", "partly", "right"]
"""What a report comes to, the weightiest first.

- `failed`: it could not be read.
- `unchecked`: it has no table.
- `broken`: a sum does not hold.
- `differs`: a number of the prose surely differs from the tables.
- `doubtful`: a person should look at it.
- `unassessed`: it has tables, and not one sum of them could be checked.
- `partly`: every sum that could be checked holds, and some could not be.
- `right`: every sum could be checked, and holds.
"""
WRONG: tuple[Verdict, ...] = ("failed", "unchecked", "broken", "differs")
"""The verdicts that a publisher has to act on; a doubtful record may be right."""
OPEN: tuple[Verdict, ...] = ("doubtful", "unassessed")
"""The verdicts on which a person should look."""


class Reason(Struct, frozen=True):
    """Why a person should look, in Chinese, and at which cells."""

    code: str
    message: str
    cells: list[Printed] = []


class Claims(Struct, frozen=True):
    """How many numbers of the prose speak of cells, and what the tables say to them."""

    all: int
    agree: int
    differ: int
    not_assessable: int


class Audit(Struct, frozen=True, kw_only=True):
    """The findings on one document.

    `holds` counts the sums of the form that hold, `not_assessable` those on the page that could not be
    assessed; `sums` has more on both, `checked` says it in Chinese. `differences` are the numbers of the
    prose that surely differ from the tables, `derived` the totals that the page left blank. `error` says why
    a document could not be read.
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
    sums: Sums
    checked: str
    broken: list[BrokenSum]
    claims: Claims
    differences: list[Difference]
    derived: list[Derived]
    tables: int
    reasons: list[Reason]
    error: Reason | None = None


def audit(report: Report) -> Audit:
    """Return the findings on a record.

    >>> from nlp.record.model import Source
    >>> audit(Report(source=Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1))).verdict
    'unchecked'
    """
    report = _sound(report)
    form = form_of(report.form)
    cells = dict(report.cells())
    sums = sums_of(report)
    error = None if report.error is UNSET else Reason(report.error.code, failure_message(report.error))
    return Audit(
        name=report.source.name,
        path=report.source.path,
        organization=report.organization,
        year=report.year,
        form=report.form,
        verdict=verdict(report, sums),
        holds=sums.holds,
        not_assessable=sums.not_assessable,
        sums=sums,
        checked=in_words(sums),
        broken=[
            broken_sum(report, check, _printed(form, cells, check.cells))
            for check in report.sums
            if check.outcome == "broken"
        ],
        claims=_claims(report),
        differences=[
            difference(report, check, _printed(form, cells, check.cells))
            for check in report.checks
            if not check.is_sum
        ],
        derived=report.derived,
        tables=_tables(report),
        reasons=[
            Reason(review.code, reason(form, review), _printed(form, cells, review.cells))
            for review in report.review
        ],
        error=error,
    )


def _sound(report: Report) -> Report:
    """Return a record whose checks all say what they have to: one that others wrote may not."""
    checks: list[Check] = []
    for check in report.checks:
        if check.outcome == "broken" and (check.left is None or check.right is None):
            check = structs.replace(check, outcome="not_assessable", blame=None)
        if check.is_sum or (check.outcome == "broken" and _has_claim(report, check)):
            checks.append(check)
    return structs.replace(report, checks=checks) if checks != report.checks else report


def _has_claim(report: Report, check: Check) -> bool:
    """Return whether the number of the prose is there that a check speaks of."""
    number = check.id.rpartition(".")[2]
    return number.isascii() and number.isdigit() and int(number) < len(report.claims)


def verdict(report: Report, sums: Sums) -> Verdict:
    """Return the verdict on a report whose sums are `sums`."""
    if report.error is not UNSET:
        return "failed"
    if not _tables(report):
        return "unchecked"
    if sums.broken:
        return "broken"
    if any(not check.is_sum for check in report.checks):
        return "differs"
    if report.review:
        return "doubtful"
    if not sums.assessable:
        return "unassessed"
    return "partly" if sums.not_assessable else "right"


def _tables(report: Report) -> int:
    """Return how many tables of the form are on the page, with at least one of their cells."""
    count = 0
    for rows in report.tables.values():
        count += any(cell.on_page != "missing" for columns in rows.values() for cell in columns.values())
    return count


def _claims(report: Report) -> Claims:
    """Return the counts of the numbers of the prose that speak of cells."""
    outcomes = Counter(claim.outcome for claim in report.claims if claim.about is not None)
    differ = sum(not check.is_sum for check in report.checks)
    agree = outcomes["agrees"]
    return Claims(outcomes.total(), agree, differ, outcomes.total() - agree - differ)


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
