"""Everything that a page about many records starts from: the records, which count, what was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlp.across.across import Across, across
from nlp.across.findings import Finding
from nlp.collection.choosing import Choice, Standing, choose
from nlp.collection.collection import NO_AGENCY, Collection
from nlp.collection.deriving import Completed, completed
from nlp.overview.notes import Notes
from nlp.overview.reuse_file import Reused

MISREAD = "extraction"
"""The blame of a finding that says that a report was misread."""


@dataclass(frozen=True)
class Gathered:
    """The records of a collection and what was found of them.

    `reports` are those that figures count, by agency and year. `refused` lines were no records. `reused` is
    None where no file tells what text was copied.
    """

    collection: Collection
    notes: Notes
    choice: Choice
    across: Across
    completed: Completed
    reports: NDArray[np.intp]
    refused: int
    accepted_only: bool
    reused: Reused | None

    @cached_property
    def years(self) -> list[int]:
        """The years of the reports that count, without gaps."""
        if not len(self.reports):
            return []
        years = self.collection.years[self.reports]
        return list(range(int(years.min()), int(years.max()) + 1))

    @cached_property
    def year_places(self) -> NDArray[np.intp]:
        """The place in `years` of each of `reports`."""
        first = self.years[0] if self.years else 0
        return (self.collection.years[self.reports] - first).astype(np.intp)

    @cached_property
    def agencies(self) -> NDArray[np.intp]:
        """The place in `choice.agencies` of each of `reports`."""
        return self.choice.agency_of[self.reports].astype(np.intp)

    @cached_property
    def report_of_id(self) -> dict[str, int]:
        """The report that counts of each id."""
        return {self.collection.ids[report]: report for report in self.choice.counted().tolist()}

    @cached_property
    def across_by_report(self) -> dict[int, list[Finding]]:
        """The findings between reports by the report that they are about: its agency's latest among them."""
        found: dict[int, list[Finding]] = {}
        for finding in self.across.findings:
            reports = [self.report_of_id[id] for id in finding.reports if id in self.report_of_id]
            own = [report for report in reports if self.name(report) == finding.agency]
            if own:
                found.setdefault(own[-1], []).append(finding)
        return found

    def across_count(self, report: int) -> int:
        """Return how many findings between reports are about a report, those of misread ones left out."""
        return sum(finding.blame != MISREAD for finding in self.across_by_report.get(report, ()))

    def copied_count(self, report: int) -> int:
        """Return how many texts of a report are copied, left behind or repeated."""
        return len(self.reused.in_report.get(self.collection.ids[report], ())) if self.reused else 0

    def findings_count(self, report: int) -> int:
        """Return how many findings there are on a report: sums, between reports, prose against tables."""
        return self.notes.sums(report) + self.across_count(report) + self.notes.claims(report)

    def name(self, report: int) -> str:
        """Return the name of the agency of a report; "" where it is not told."""
        agency = int(self.choice.agency_of[report])
        return "" if agency == NO_AGENCY else self.choice.agencies[agency].name

    def state(self, report: int) -> str:
        """Return what a report is, as the table of reports says it: `accepted`, `to_review`, or its standing.

        Only a report that counts is accepted or up for review.
        """
        standing = Standing(int(self.choice.standing[report]))
        if standing != Standing.COUNTED:
            return standing.name.lower()
        return "accepted" if self.collection.accepted[report] else "to_review"

    def by_year(self, which: NDArray[np.bool_] | None = None) -> list[int]:
        """Return how many reports count in each year; of those at which `which` is true."""
        places = self.year_places if which is None else self.year_places[which]
        counts: list[int] = np.bincount(places, minlength=len(self.years)).tolist()
        return counts


def gather(
    collection: Collection,
    notes: Notes,
    refused: int = 0,
    accepted_only: bool = False,
    reused: Reused | None = None,
) -> Gathered:
    """Return what a page starts from.

    With `accepted_only` figures leave out every report that a person should look at.
    """
    choice = choose(collection)
    reports = choice.counted()
    if accepted_only:
        reports = reports[collection.accepted[reports]]
    return Gathered(
        collection,
        notes,
        choice,
        across(collection),
        completed(collection),
        reports,
        refused,
        accepted_only,
        reused,
    )
