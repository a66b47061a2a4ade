"""Compares the reports of a collection with each other."""

from __future__ import annotations

from msgspec import Struct

from nlp.across import between_years, parts, prose_years, repeats
from nlp.across.findings import SCHEMA, Finding, Tally, together
from nlp.across.ground import ground
from nlp.across.knowledge import kinds
from nlp.collection.choosing import Several, choose
from nlp.collection.collection import Collection


class Version(Struct, frozen=True):
    """One of several different reports for an agency and a year."""

    id: str
    path: str


class Versions(Struct, frozen=True):
    """Different reports for one agency and year; `chosen` counts, None where none does."""

    agency: str
    year: int
    reports: list[Version]
    chosen: Version | None


class Counts(Struct, frozen=True):
    """How many comparisons of a kind came out how; `all` is the sum of the other three."""

    kind: str
    all: int
    holds: int
    broken: int
    not_assessable: int
    reasons: dict[str, int]


class Across(Struct, frozen=True, kw_only=True):
    """What came of comparing the reports of a collection.

    `records` counts them by what they are: each has exactly one standing. `agencies`, `first` and `last` are
    those of the reports that count, None where none does.
    """

    schema: str = SCHEMA
    records: dict[str, int]
    agencies: int
    years: int
    first: int | None
    last: int | None
    several: list[Versions]
    counts: list[Counts]
    findings: list[Finding]

    @property
    def broken(self) -> int:
        """How many findings there are."""
        return len(self.findings)


def across(collection: Collection) -> Across:
    """Return what the reports of a collection say of each other, in the order of kinds, agencies and years.

    >>> from nlp.collection.collection import Builder
    >>> across(Builder().collection()).broken
    0
    """
    choice = choose(collection)
    start = ground(collection, choice)
    repeated = repeats.compare(start)  # first: it tells which tables are another year's
    found = together(
        (between_years.compare(start), repeated, prose_years.compare(start), parts.compare(start))
    )
    order = {kind: n for n, kind in enumerate(kinds())}
    years = sorted({int(collection.years[report]) for report in start.reports})
    return Across(
        records=choice.counts(),
        agencies=len({int(choice.agency_of[report]) for report in start.reports}),
        years=len(years),
        first=years[0] if years else None,
        last=years[-1] if years else None,
        several=[
            _versions(collection, several, choice.agencies[several.agency].name) for several in choice.several
        ],
        counts=[_counts(tally) for tally in sorted(found.tallies, key=lambda tally: order[tally.kind])],
        findings=sorted(found.findings, key=lambda found: (order[found.kind], found.agency, found.years)),
    )


def _counts(tally: Tally) -> Counts:
    reasons = dict(tally.reasons.most_common())
    return Counts(tally.kind, tally.all, tally.holds, tally.broken, tally.not_assessable, reasons)


def _versions(collection: Collection, several: Several, agency: str) -> Versions:
    versions = {
        report: Version(collection.ids[report], collection.paths[report]) for report in several.reports
    }
    chosen = None if several.chosen is None else versions[several.chosen]
    return Versions(agency, several.year, list(versions.values()), chosen)
