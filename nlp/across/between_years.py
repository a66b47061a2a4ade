"""Compares a report with that of the year before: what was carried over, what is in force, how many items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import LAST_UNDECIDED, NO_LAST, Ground, as_number
from nlp.across.knowledge import Equation, Term, equations, known, phrase
from nlp.collection.equations import CellSum, is_summed, sums
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
    told = [found for found in broken if _blame(ground, found) is not None]
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
    blame = _blame_of_all(ground, group)
    left, right = _sides(ground, report, last, equation)
    placed = list(dict.fromkeys(cells))
    doubts = ground.doubts((last, report), placed) if blame != "source" else []
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
        advice=phrase(_advice(blame, doubts)),
        left=as_number(left),
        right=as_number(right),
        cells=[ground.placed(*cell) for cell in placed],
        doubts=doubts,
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


def _blame_of_all(ground: Ground, group: Sequence[Broken]) -> Blame:
    """Return whose error sums between two reports are: the surest that is known of one of them."""
    blames = {_blame(ground, found) for found in group}
    for blame in _SUREST_FIRST:
        if blame in blames:
            return blame
    return "undecided"


_SUREST_FIRST: tuple[Blame, ...] = ("source", "undecided", "extraction")


def _advice(blame: Blame, doubts: Sequence[str]) -> str:
    """Return which words say whose fault it may be."""
    if not set(doubts).isdisjoint(known("doubtful_identity")):
        return "undecided_identity"
    return blame


def _blame(ground: Ground, found: Broken) -> Blame | None:
    """Return whose error a sum between two reports is; None where it may be none at all.

    It is the agency's where all of its cells are certain and so is whose reports these are, and left open
    where whose they are, or where the numbers of a table belong, is in doubt. A cell that was not read for
    certain, or that may hold another one's number and stands in no sum, counts where the sums of its own
    report decide about it: the other year's number mends them, or would break them.
    """
    report, last, equation = found
    cells = [(last if term.of_last_year else report, term.cell) for term in (equation.left, *equation.right)]
    doubtful = ground.collection.doubtful
    uncertain = [
        place
        for place in cells
        if ground.collection.uncertain[place] or (doubtful[place] and not is_summed(place[1]))
    ]
    if not uncertain:
        is_doubtful = any(doubtful[place] for place in cells)
        is_doubtful = is_doubtful or bool(ground.doubtful[report] or ground.doubtful[last])
        return "undecided" if is_doubtful else "source"
    expected = _expected(ground, found)
    if any(place in expected and _mends(ground, *place, expected[place]) for place in uncertain):
        return "extraction"
    if all(place in expected and _breaks(ground, *place, expected[place]) for place in uncertain):
        return "undecided"
    return None


def _expected(ground: Ground, found: Broken) -> dict[tuple[int, int], float]:
    """Return what cells of a sum between two reports are expected to hold, where the others tell."""
    report, last, equation = found
    left, right = _sides(ground, report, last, equation)
    expected = {(report, equation.left.cell): right}
    if len(equation.right) == 1:
        expected[last, equation.right[0].cell] = left
    return expected


def _mends(ground: Ground, report: int, cell: int, value: float) -> bool:
    """Return whether the sums over a cell are broken in a report, and hold with another value of it."""
    now, then = _outcomes(ground, report, cell, value)
    return False in now and False not in then


def _breaks(ground: Ground, report: int, cell: int, value: float) -> bool:
    """Return whether the sums over a cell hold in a report, and are broken with another value of it."""
    now, then = _outcomes(ground, report, cell, value)
    return False not in now and False in then


def _outcomes(
    ground: Ground, report: int, cell: int, value: float
) -> tuple[list[bool | None], list[bool | None]]:
    """Return which sums over a cell hold in a report, as it is and with another value of the cell.

    A sum with an unknown number is None.
    """
    form = form_of(ground.collection.forms[report])
    if form is None:
        return [], []
    row = ground.collection.values[report]
    over = [equation for equation in sums(form.edition) if cell in equation.left + equation.right]
    other = row.copy()
    other[cell] = value
    return [_holds(equation, row) for equation in over], [_holds(equation, other) for equation in over]


def _holds(equation: CellSum, row: NDArray[np.float64]) -> bool | None:
    left, right = row[list(equation.left)].sum(), row[list(equation.right)].sum()
    if np.isnan(left) or np.isnan(right):
        return None
    return bool(left == right)
