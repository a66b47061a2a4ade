"""Compares a report with that of the year before: what was carried over, what is in force, how many items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import LAST_UNDECIDED, NO_LAST, Ground, as_number
from nlp.across.knowledge import Equation, Term, equations, phrase
from nlp.collection.equations import CellSum, sums
from nlp.collection.states import ABSENT, AMBIGUOUS, BLANK, MISSING
from nlp.form.names import form_of
from nlp.record.model import Blame

Broken = tuple[int, int, Equation]
"""A report, that of the year before, and the sum between them that does not hold."""


def compare(ground: Ground) -> Compared:
    """Return what came of the sums between years, a finding for all columns of one sum."""
    tallies: dict[str, Tally] = {}
    broken: defaultdict[tuple[int, str, str], list[Broken]] = defaultdict(list)
    for equation in equations():
        tally = tallies.setdefault(equation.kind, Tally(equation.kind))
        for found in _assess(ground, equation, tally):
            broken[found[0], equation.kind, equation.id].append(found)
    findings = [_finding(ground, group) for group in broken.values()]
    return Compared(findings, list(tallies.values()))


def _assess(ground: Ground, equation: Equation, tally: Tally) -> list[Broken]:
    """Count how a sum comes out in every report that has its left cell; return where it is broken."""
    collection = ground.collection
    has_left = collection.states[ground.reports, equation.left.cell] != ABSENT
    reports, last = ground.reports[has_left], ground.last[has_left]
    tally.cannot("no_last_report", int((last == NO_LAST).sum()))
    tally.cannot("last_report_undecided", int((last == LAST_UNDECIDED).sum()))
    reports, last = reports[last >= 0], last[last >= 0]
    doubtful = ground.doubtful[reports] | ground.doubtful[last]
    reports, last = _without(tally, "identity_doubtful", doubtful, reports, last)
    repeated = ground.repeated[collection.cells[equation.left.cell].split(".")[0]]
    reports, last = _without(tally, "repeated", repeated[reports] | repeated[last], reports, last)
    terms = (equation.left, *equation.right)
    for reason, code in _STATES.items():
        state = np.zeros(len(reports), dtype=bool)
        for term in terms:
            state |= collection.states[last if term.of_last_year else reports, term.cell] == code
        reports, last = _without(tally, reason, state, reports, last)
    left = collection.values[reports, equation.left.cell]
    right = np.zeros(len(reports))
    for term in equation.right:
        right += term.sign * collection.values[last if term.of_last_year else reports, term.cell]
    unknown = np.isnan(left) | np.isnan(right)
    tally.cannot("blank", int(unknown.sum()))
    differs = ~unknown & (left != right)
    tally.add("holds", int((~unknown & ~differs).sum()))
    broken = [(int(reports[n]), int(last[n]), equation) for n in np.flatnonzero(differs)]
    told = [found for found in broken if not _is_doubtful(ground, found) or _is_misread(ground, found)]
    tally.add("broken", len(told))
    tally.cannot("doubtful", len(broken) - len(told))
    return told


_STATES = {"other_form": ABSENT, "ambiguous": AMBIGUOUS, "missing": MISSING, "blank": BLANK}
"""Why a sum cannot be assessed, by the state of one of its cells, the first that applies."""


def _without(
    tally: Tally, reason: str, out: NDArray[np.bool_], reports: NDArray[np.intp], last: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Count some pairs of reports as not assessable; return the others."""
    tally.cannot(reason, int(out.sum()))
    return reports[~out], last[~out]


def _finding(ground: Ground, group: Sequence[Broken]) -> Finding:
    """Return the finding on one sum between two reports, told by its columns that differ most."""
    collection = ground.collection
    report, last, equation = max(group, key=lambda found: abs(_difference(ground, found)))
    year = int(collection.years[report])
    cells = [
        (last if term.of_last_year else report, term.cell)
        for _, _, other in group
        for term in (other.left, *other.right)
    ]
    blame = _blame(ground, group)
    left, right = _sides(ground, report, last, equation)
    return Finding(
        id=f"{equation.kind}:{ground.key(report)}:{year}:{equation.id}",
        kind=equation.kind,
        agency=ground.name(report),
        code=ground.code(report),
        years=[year - 1, year],
        reports=[collection.ids[last], collection.ids[report]],
        paths=[collection.paths[last], collection.paths[report]],
        outcome="broken",
        blame=blame,
        message="".join(_message(ground, found) for found in group),
        advice=phrase(blame),
        left=as_number(left),
        right=as_number(right),
        cells=[ground.placed(*cell) for cell in dict.fromkeys(cells)],
    )


def _sides(ground: Ground, report: int, last: int, equation: Equation) -> tuple[float, float]:
    values = ground.collection.values
    right = sum(
        term.sign * float(values[last if term.of_last_year else report, term.cell]) for term in equation.right
    )
    return float(values[report, equation.left.cell]), right


def _difference(ground: Ground, found: Broken) -> float:
    left, right = _sides(ground, *found)
    return left - right


def _message(ground: Ground, found: Broken) -> str:
    report, last, equation = found
    left, right = _sides(ground, report, last, equation)
    if len(equation.right) == 1:
        terms = _told(ground, report, last, equation.right[0], "one")
    else:
        terms = ""
        for term in equation.right:
            sign = "" if not terms else phrase("plus" if term.sign > 0 else "minus")
            terms += sign + _told(ground, report, last, term, "term")
        terms = phrase("equals", terms=terms, total=as_number(right))
    told = _told(ground, report, last, equation.left, "one")
    return phrase("differs", left=told, right=terms, difference=as_number(abs(left - right)))


def _told(ground: Ground, report: int, last: int, term: Term, words: str) -> str:
    of = last if term.of_last_year else report
    return phrase(
        words,
        year=int(ground.collection.years[of]),
        name=ground.cell_name(of, term.cell),
        value=ground.value(of, term.cell),
        where=ground.where(of, term.cell),
    )


def _blame(ground: Ground, group: Sequence[Broken]) -> Blame:
    """Return whose error sums between two reports are: `source` where every cell of one is certain."""
    is_certain = any(not _is_doubtful(ground, found) for found in group)
    return "source" if is_certain else "extraction"


def _is_doubtful(ground: Ground, found: Broken) -> bool:
    """Return whether the reading of a cell of a sum is not certain."""
    report, last, equation = found
    terms = (equation.left, *equation.right)
    doubtful = ground.collection.doubtful
    return any(doubtful[last if term.of_last_year else report, term.cell] for term in terms)


def _is_misread(ground: Ground, found: Broken) -> bool:
    """Return whether a doubtful cell would mend its own report's sums, were it what the other report says."""
    report, last, equation = found
    doubtful = ground.collection.doubtful
    left, right = _sides(ground, report, last, equation)
    cell = equation.left.cell
    if doubtful[report, cell] and _mends(ground, report, cell, right):
        return True
    if len(equation.right) > 1:
        return False
    (term,) = equation.right
    return bool(doubtful[last, term.cell]) and _mends(ground, last, term.cell, left)


def _mends(ground: Ground, report: int, cell: int, value: float) -> bool:
    """Return whether the sums over a cell are broken in a report, and hold with another value of it."""
    form = form_of(ground.collection.forms[report])
    if form is None:
        return False
    row = ground.collection.values[report]
    over = [equation for equation in sums(form.edition) if cell in equation.left + equation.right]
    broken = [equation for equation in over if _holds(equation, row) is False]
    other = row.copy()
    other[cell] = value
    return bool(broken) and all(_holds(equation, other) is not False for equation in over)


def _holds(equation: CellSum, row: NDArray[np.float64]) -> bool | None:
    left, right = row[list(equation.left)].sum(), row[list(equation.right)].sum()
    if np.isnan(left) or np.isnan(right):
        return None
    return bool(left == right)
