"""What all comparisons between reports start from: the reports that count, and their neighbours in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import PlacedCell
from nlp.across.knowledge import known, phrase
from nlp.auditing.words import phrase as place_phrase
from nlp.collection.choosing import NO_REPORT, Choice, Standing
from nlp.collection.collection import Collection
from nlp.collection.states import STATES
from nlp.form.names import cell_name, form_of
from nlp.record.model import Number

NO_LAST, LAST_UNDECIDED = NO_REPORT, -2
"""In `Ground.last`: no report for the year before; several of which none counts."""


UNCERTAIN = "cells_doubtful"
"""The reason to look at cells that were not read for certain."""


@dataclass(frozen=True)
class Ground:
    """The reports of a collection that are compared.

    `reports` has the reports that count, by agency and year. `last` has for each of them the report of the
    same agency for the year before, NO_LAST or LAST_UNDECIDED. `doubtful` tells of every report of the
    collection whether its agency or year is in doubt, `repeated` by table whether it shows there the numbers
    of another year, `under_two_years` has the reports that stand under two years.
    """

    collection: Collection
    choice: Choice
    reports: NDArray[np.intp]
    last: NDArray[np.intp]
    doubtful: NDArray[np.bool_]
    repeated: dict[str, NDArray[np.bool_]]
    under_two_years: set[int] = field(default_factory=set)

    def of_agency(self) -> dict[int, list[int]]:
        """Return the reports that count by agency, in the order of years."""
        by_agency: defaultdict[int, list[int]] = defaultdict(list)
        for report in self.reports.tolist():
            by_agency[int(self.choice.agency_of[report])].append(report)
        return by_agency

    def name(self, report: int) -> str:
        """Return the name of the agency of a report."""
        return self.choice.agencies[int(self.choice.agency_of[report])].name

    def code(self, report: int) -> str | None:
        """Return the code of the agency of a report."""
        return self.choice.agencies[int(self.choice.agency_of[report])].code

    def key(self, report: int) -> str:
        """Return the agency of a report as ids of findings name it."""
        code = self.code(report)
        return f"{self.name(report)}@{code}" if code else self.name(report)

    def doubts(self, reports: Iterable[int], cells: Iterable[tuple[int, int]] = ()) -> list[str]:
        """Return why a finding on some reports, and cells of them, may be none: codes of reasons to look."""
        codes: dict[str, None] = {}
        for report in dict.fromkeys(reports):
            codes.update(dict.fromkeys(self._of_report(report, known("doubtful_identity"))))
        for report, cell in cells:
            if self.collection.uncertain[report, cell]:
                codes[UNCERTAIN] = None
            elif self.collection.doubtful[report, cell]:
                reading = [*known("doubtful_reading"), *known("lost_rows")]
                codes.update(dict.fromkeys(self._of_report(report, reading)))
        return list(codes)

    def _of_report(self, report: int, codes: Sequence[str]) -> list[str]:
        return [code for code in self.collection.reviews[report] if code in codes]

    def value(self, report: int, cell: int) -> Number | None:
        """Return the value of a cell; None where none is known."""
        return as_number(float(self.collection.values[report, cell]))

    def placed(self, report: int, cell: int) -> PlacedCell:
        """Return a cell with its name and place."""
        collection = self.collection
        return PlacedCell(
            collection.ids[report],
            int(collection.years[report]),
            collection.cells[cell],
            self.cell_name(report, cell),
            self.value(report, cell),
            STATES[collection.states[report, cell]],
            int(collection.lines[report, cell]),
            int(collection.pages[report, cell]),
        )

    def cell_name(self, report: int, cell: int) -> str:
        """Return the official name of a cell in the form of a report."""
        return cell_name(form_of(self.collection.forms[report]), self.collection.cells[cell])

    def where(self, report: int, cell: int) -> str:
        """Return in Chinese, in brackets, where a cell stands; "" where that is not told."""
        page, line = int(self.collection.pages[report, cell]), int(self.collection.lines[report, cell])
        is_text = self.collection.media_types[report] == "text/plain"
        if page:
            words = place_phrase("where", "page", numbers=page)
        elif line:
            words = place_phrase("where", "line" if is_text else "text_line", numbers=line)
        else:
            return ""
        return place_phrase("where", "around", where=words)


def as_number(value: float) -> Number | None:
    """Return a value of a matrix as the number that it is; None for NaN.

    >>> as_number(3.0), as_number(2.5), as_number(float("nan"))
    (3, 2.5, None)
    """
    if np.isnan(value):
        return None
    return int(value) if value.is_integer() else value


def ground(collection: Collection, choice: Choice) -> Ground:
    """Return what comparisons of the reports of a collection start from."""
    reports = choice.counted()
    undecided = {
        (int(choice.agency_of[report]), int(collection.years[report]))
        for report in np.flatnonzero(choice.standing == Standing.UNDECIDED).tolist()
    }
    last = np.full(len(reports), NO_LAST, dtype=np.intp)
    for n, report in enumerate(reports.tolist()):
        before = int(choice.agency_of[report]), int(collection.years[report]) - 1
        last[n] = choice.report_of.get(before, LAST_UNDECIDED if before in undecided else NO_LAST)
    doubtful = _in_doubt(collection, known("doubtful_identity"))
    tables = dict.fromkeys(cell.split(".")[0] for cell in collection.cells)
    repeated = {table: np.zeros(len(collection), dtype=bool) for table in tables}
    return Ground(collection, choice, reports, last, doubtful, repeated)


def _in_doubt(collection: Collection, codes: Iterable[str]) -> NDArray[np.bool_]:
    """Return of every report of a collection whether it is to be looked at for one of some reasons."""
    asked = set(codes)
    return np.array([not asked.isdisjoint(reviews) for reviews in collection.reviews], dtype=bool)


def years_words(years: list[int]) -> str:
    """Return years in Chinese.

    >>> years_words([2021, 2022])
    '2021、2022 年度'
    """
    return phrase("years", years=phrase("years_between").join(map(str, years)))
