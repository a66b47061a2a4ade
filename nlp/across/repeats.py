"""Finds years that show another year's numbers, and one report that stands under two years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import Ground, years_words
from nlp.across.knowledge import known, matching, phrase
from nlp.collection.choosing import Standing
from nlp.collection.equations import sums
from nlp.form import form as forms
from nlp.form.names import form_of, table_title
from nlp.writers.tables import form_cells

REPEATED, SAME = "another_years_data", "same_report"
_PAIRS_AT_A_TIME = 4096
_EXAMPLES = 4
_DECIMALS, _NEARLY_WHOLE = 4, 1e-6
"""Amounts of money are printed with so many decimals at most."""


def compare(ground: Ground) -> Compared:
    """Return what came of comparing every two years of an agency.

    What is found puts the tables of the later report in doubt, or of both reports if they are one: this is
    noted in `ground`, and sums between years leave them out.
    """
    tallies = {kind: Tally(kind) for kind in (SAME, REPEATED)}
    findings: list[Finding] = []
    pairs = [pair for reports in ground.of_agency().values() for pair in combinations(reports, 2)]
    for start in range(0, len(pairs), _PAIRS_AT_A_TIME):
        some = np.array(pairs[start : start + _PAIRS_AT_A_TIME], dtype=np.intp)
        findings += _compare(ground, some, tallies)
    findings += _undated(ground, tallies[SAME])
    return Compared(findings, list(tallies.values()))


def _undated(ground: Ground, tally: Tally) -> Iterator[Finding]:
    """Yield the reports that tell no year for certain, and are another one's of their agency once more."""
    collection, choice = ground.collection, ground.choice
    by_agency = ground.of_agency()
    for report in np.flatnonzero(choice.standing == Standing.YEAR_UNKNOWN).tolist():
        for dated in by_agency.get(int(choice.agency_of[report]), ()):
            both = ~np.isnan(collection.values[report]) & ~np.isnan(collection.values[dated])
            differs = both & (collection.values[report] != collection.values[dated])
            if not differs.any() and _is_one_text(ground, dated, report):
                tally.add("broken")
                yield _same(ground, dated, report)
                break


def _compare(ground: Ground, pairs: NDArray[np.intp], tallies: dict[str, Tally]) -> Iterator[Finding]:
    collection = ground.collection
    one, other = collection.values[pairs[:, 0]], collection.values[pairs[:, 1]]
    both = ~np.isnan(one) & ~np.isnan(other)
    either = ~np.isnan(one) | ~np.isnan(other)
    equal = both & (one == other)
    columns = _columns()
    agrees = {
        table: ~(both[:, places] & ~equal[:, places]).any(axis=1)
        & (both[:, places].sum(axis=1) >= known("repeated")["share"] * either[:, places].sum(axis=1))
        for table, places in columns.items()
    }
    no_table_differs = ~(both & ~equal).any(axis=1)
    telling = equal & _is_telling() & (one != 0)
    for n, (early, late) in enumerate(pairs.tolist()):
        tables = [table for table in columns if agrees[table][n]]
        if len(tables) == len(columns) and _is_one_text(ground, early, late):
            tallies[SAME].add("broken")
            tallies[REPEATED].cannot("repeated")
            yield _same(ground, early, late)
            continue
        if _has_text(ground, early) and _has_text(ground, late):
            tallies[SAME].add("holds")
        else:
            tallies[SAME].cannot("no_text")
        places = [place for table in tables for place in columns[table]]
        found = [place for place in places if telling[n, place]]
        if is_no_chance(one[n, found], is_all=bool(no_table_differs[n])):
            tallies[REPEATED].add("broken")
            yield _repeated(ground, early, late, tables, found, int(equal[n, places].sum()))
        elif tables:
            tallies[REPEATED].cannot("too_few_numbers")
        else:
            tallies[REPEATED].add("holds")


def is_no_chance(values: NDArray[np.float64], *, is_all: bool = False) -> bool:
    """Return whether that so many numbers agree cannot be chance: by how many differ, and their digits.

    `is_all` says that these are all numbers there are, and none differs: then fewer are enough.

    >>> is_no_chance(np.array([12.0, 171, 1285, 25])), is_no_chance(np.array([1.0, 1, 2, 3, 1]))
    (True, False)
    >>> is_no_chance(np.array([1, 2, 3, 71.0])), is_no_chance(np.array([1, 2, 3, 7.1342]))
    (False, True)
    """
    numbers = np.unique(np.abs(values))
    digits = numbers.copy()
    for _ in range(_DECIMALS):
        is_fraction = np.abs(digits - np.round(digits)) > _NEARLY_WHOLE
        digits[is_fraction] *= 10
    bits = float(np.log2(digits + 1).sum()) + len(values) - len(numbers)
    least = known("repeated")["bits_of_all" if is_all else "bits"]
    return bool(len(numbers) >= known("repeated")["numbers"] and bits >= least)


@cache
def _columns() -> dict[str, list[int]]:
    """Return the columns of the cells of each table."""
    columns: dict[str, list[int]] = {}
    for n, cell in enumerate(form_cells()):
        columns.setdefault(cell.split(".")[0], []).append(n)
    return columns


@cache
def _is_telling() -> NDArray[np.bool_]:
    """Return which cells tell when they are equal: those that are no totals and do not stand for years."""
    telling = np.ones(len(form_cells()), dtype=bool)
    for form in forms.editions():
        for equation in sums(form.edition):
            if len(equation.left) == 1:
                telling[equation.left[0]] = False
    for pattern in known("repeated")["stock"]:
        telling[matching(pattern)] = False
    return telling


def _has_text(ground: Ground, report: int) -> bool:
    length: int = known("same_text")["characters"]
    return ground.collection.prose[report].length >= length


def _is_one_text(ground: Ground, one: int, other: int) -> bool:
    prose = ground.collection.prose
    return _has_text(ground, one) and prose[one].fingerprint == prose[other].fingerprint


def _same(ground: Ground, early: int, late: int) -> Finding:
    for table in ground.repeated.values():
        table[[early, late]] = True
    ground.under_two_years.update((early, late))
    collection = ground.collection
    message = phrase(
        "same_text" if collection.years[late] else "same_text_undated",
        years=_years(ground, early, late),
        characters=collection.prose[early].length,
        files=phrase("and").join(collection.paths[report] for report in (early, late)),
    )
    return _finding(ground, SAME, early, late, message, [])


def _repeated(
    ground: Ground, early: int, late: int, tables: Sequence[str], found: Sequence[int], cells: int
) -> Finding:
    form = form_of(ground.collection.forms[late])
    shown = [table for table in tables if any(place in _columns()[table] for place in found)]
    for table in tables:
        ground.repeated[table][late] = True
    largest = sorted(found, key=lambda place: -abs(ground.collection.values[late, place]))
    examples = [
        phrase("example", name=ground.cell_name(late, place), value=ground.value(late, place))
        for place in largest[:_EXAMPLES]
    ]
    message = phrase(
        "same_data",
        years=_years(ground, early, late),
        tables=phrase("and").join(f"“{table_title(form, table)}”" for table in shown),
        cells=cells,
        numbers=len(found),
        examples=phrase("and").join(examples),
    )
    return _finding(ground, REPEATED, early, late, message, largest)


def _finding(ground: Ground, kind: str, early: int, late: int, message: str, cells: Sequence[int]) -> Finding:
    collection = ground.collection
    years = [int(collection.years[report]) for report in (early, late) if collection.years[report]]
    doubts = ground.doubts((early, late), [(report, place) for place in cells for report in (early, late)])
    return Finding(
        id=f"{kind}:{ground.key(late)}:{'-'.join(map(str, years))}",
        kind=kind,
        agency=ground.name(late),
        code=ground.code(late),
        years=years,
        reports=[collection.ids[early], collection.ids[late]],
        paths=[collection.paths[early], collection.paths[late]],
        outcome="broken",
        blame="undecided" if doubts or kind == SAME else "source",
        message=message,
        advice=phrase(f"advice_{kind}"),
        cells=[ground.placed(report, place) for place in cells for report in (early, late)],
        doubts=doubts,
    )


def _years(ground: Ground, early: int, late: int) -> str:
    years = ground.collection.years
    return years_words([int(years[report]) for report in (early, late) if years[report]])
