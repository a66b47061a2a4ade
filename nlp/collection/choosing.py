"""Settles which report counts for an agency and a year: each once, of several the one by rule, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from nlp.collection.agency import AgencyOf
from nlp.collection.collection import NO_AGENCY, NO_YEAR, Collection
from nlp.collection.joining import joined

_SHARE = 0.5
"""Two reports are compared as the same one if this share of the cells that either knows are known in both."""
NO_REPORT = -1


class Standing(IntEnum):
    """What a record is among all of them; each is exactly one of these."""

    COUNTED = 0
    """The report of its agency for its year."""
    DUPLICATE = 1
    """The same report once more."""
    PASSED_OVER = 2
    """Another report for the same agency and year, where the rule chose one."""
    UNDECIDED = 3
    """One of several different reports for the same agency and year, none of which the rule chose."""
    AGENCY_UNKNOWN = 4
    """Its agency is not told, or may be one of several."""
    YEAR_UNKNOWN = 5
    """Its year is not told."""
    UNREADABLE = 6
    """Nothing could be read."""


@dataclass(frozen=True)
class Several:
    """Different reports for one agency and year; `chosen` is the one that counts, None where none does."""

    agency: int
    year: int
    reports: tuple[int, ...]
    chosen: int | None


@dataclass(frozen=True)
class Choice:
    """Which reports of a collection count.

    `agencies` has every agency once; `agency_of` has the place in it of each report's, or NO_AGENCY.
    `standing` tells what each report is. `same_as` is the report that a duplicate repeats, or that counts in
    the place of one passed over; NO_REPORT for all others. `report_of` is the report that counts for an
    agency and a year.
    """

    agencies: list[AgencyOf]
    agency_of: NDArray[np.int32]
    standing: NDArray[np.uint8]
    same_as: NDArray[np.int32]
    report_of: dict[tuple[int, int], int]
    several: list[Several]

    def counts(self) -> dict[str, int]:
        """Return how many records are of each standing; together they are all of them."""
        counted = Counter(self.standing.tolist())
        return {standing.name.lower(): counted[standing] for standing in Standing}

    def counted(self) -> NDArray[np.intp]:
        """Return the reports that count, in the order of agencies and years."""
        places = sorted(self.report_of)
        return np.array([self.report_of[place] for place in places], dtype=np.intp)


def choose(collection: Collection) -> Choice:
    """Return which reports of a collection count.

    Records with one id are one report, and so are those of one agency and year whose certain cells agree: of
    these the one counts that a person decided most about, else one that needs no review, else the one with
    fewest doubtful cells, else the first. Of different reports for one agency and year, the only one that
    needs no review counts; where that is none or several, none does.
    """
    agencies = joined(collection.agency_table)
    places = np.array([NO_AGENCY if place is None else place for place in agencies.of] + [NO_AGENCY])
    agency_of = places[collection.agencies].astype(np.int32)
    choice = Choice(
        agencies.agencies,
        agency_of,
        np.full(len(collection), Standing.COUNTED, dtype=np.uint8),
        np.full(len(collection), NO_REPORT, dtype=np.int32),
        {},
        [],
    )
    for place, reports in _by_agency_and_year(collection, choice).items():
        _settle(collection, choice, place, reports)
    return choice


def _by_agency_and_year(collection: Collection, choice: Choice) -> dict[tuple[int, int], list[int]]:
    """Return the reports of each agency and year; what has no place among them is given its standing."""
    by_id: dict[str, list[int]] = {}
    for report, id in enumerate(collection.ids):
        by_id.setdefault(id or f"#{report}", []).append(report)
    placed: dict[tuple[int, int], list[int]] = {}
    for reports in by_id.values():
        report = _best(collection, reports)
        _repeat(choice, reports, report)
        if collection.errors[report] is not None:
            choice.standing[report] = Standing.UNREADABLE
        elif choice.agency_of[report] == NO_AGENCY:
            choice.standing[report] = Standing.AGENCY_UNKNOWN
        elif collection.years[report] == NO_YEAR:
            choice.standing[report] = Standing.YEAR_UNKNOWN
        else:
            place = (int(choice.agency_of[report]), int(collection.years[report]))
            placed.setdefault(place, []).append(report)
    return placed


def _settle(collection: Collection, choice: Choice, place: tuple[int, int], reports: list[int]) -> None:
    """Settle which of the reports of an agency and a year counts."""
    different: list[int] = []
    for group in _same_ones(collection, reports):
        best = _best(collection, group)
        _repeat(choice, group, best)
        different.append(best)
    if len(different) == 1:
        choice.report_of[place] = different[0]
        return
    accepted = [report for report in different if collection.accepted[report]]
    chosen = accepted[0] if len(accepted) == 1 else None
    choice.several.append(Several(*place, tuple(different), chosen))
    for report in different:
        choice.standing[report] = Standing.UNDECIDED if chosen is None else Standing.PASSED_OVER
    if chosen is not None:
        choice.same_as[different] = chosen
        choice.same_as[chosen] = NO_REPORT
        choice.standing[chosen] = Standing.COUNTED
        choice.report_of[place] = chosen


def _same_ones(collection: Collection, reports: Sequence[int]) -> list[list[int]]:
    """Return reports in groups of the same one."""
    groups: list[list[int]] = []
    for report in sorted(reports, key=lambda report: _rank(collection, report)):
        group = next((group for group in groups if are_one(collection, group[0], report)), None)
        if group is None:
            groups.append([report])
        else:
            group.append(report)
    return groups


def are_one(collection: Collection, one: int, other: int) -> bool:
    """Return whether two reports of one agency and year are the same one, read from two files.

    They are where no cell that is known for certain in both differs, and most are; without any known cell,
    where their text is the same.
    """
    ours, theirs = collection.values[one], collection.values[other]
    known_here, known_there = ~np.isnan(ours), ~np.isnan(theirs)
    certain = ~collection.doubtful[one] & ~collection.doubtful[other]
    either, both = known_here | known_there, known_here & known_there & certain
    if not either.any():
        text = collection.prose[one].fingerprint
        return bool(text) and text == collection.prose[other].fingerprint
    if both.sum() < _SHARE * either.sum():
        return False
    return bool((ours[both] == theirs[both]).all())


def _best(collection: Collection, reports: Sequence[int]) -> int:
    return min(reports, key=lambda report: _rank(collection, report))


def _rank(collection: Collection, report: int) -> tuple[bool, bool, int, int]:
    """Return what is compared to choose among records of the same report; the least is chosen."""
    doubtful = int(collection.doubtful[report].sum())
    return not collection.corrected[report], not collection.accepted[report], doubtful, report


def _repeat(choice: Choice, reports: Sequence[int], kept: int) -> None:
    for report in reports:
        if report != kept:
            choice.standing[report] = Standing.DUPLICATE
            choice.same_as[report] = kept
