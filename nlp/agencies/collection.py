"""Who is in a collection of records: every agency once, its spellings and years, what is there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import PurePath
from typing import Literal

from msgspec import UNSET, Struct
from msgspec.structs import replace

from nlp.agencies.agencies import agency_of, named_within
from nlp.agencies.divisions import Division, today
from nlp.agencies.own import Own
from nlp.agencies.spelling import spelled
from nlp.record.agencies import Agency, Place
from nlp.record.model import Report

_FEWEST_NEIGHBOURS = 3
"""So many other agencies of a folder have to lie in one place before it tells where another is."""

ToldBy = Literal["record", "folder"]


class Entry(Struct, frozen=True, gc=False):
    """What is kept of a record: its agency, and marks of its tables and its prose that tell equal ones."""

    id: str
    path: str
    organization: str
    year: int | None
    agency: Agency | None
    tables: bytes
    prose: bytes
    told_by: ToldBy = "record"


class Versions(Struct, frozen=True):
    """Reports of one agency for one year that are not the same."""

    year: int | None
    ids: list[str]
    paths: list[str]
    differ: list[Literal["tables", "prose"]]


class Listed(Struct, frozen=True):
    """An agency of a collection.

    `reports` are the ids of its reports, equal ones once; `duplicates` those that repeat one of them;
    `versions` its years of which there are reports that differ; `by_folder` the ids whose place the folder
    alone tells. `maybe` are other agencies of its place and kind in other years: it may have been renamed.
    """

    name: str
    place: Place
    code: str | None
    kind: str | None
    level: str | None
    spellings: list[str]
    years: list[int]
    reports: list[str]
    duplicates: list[list[str]]
    versions: list[Versions]
    by_folder: list[str]
    maybe: list[str]


class Untold(Struct, frozen=True):
    """A name of which it cannot be told whose it is, with the agencies that it may mean."""

    organization: str
    years: list[int]
    reports: list[str]
    paths: list[str]
    candidates: list[str]


class Collection(Struct, frozen=True):
    """Every agency of a collection in the order of places and names, and the names that tell none."""

    agencies: list[Listed]
    untold: list[Untold]
    unnamed: list[str]
    """The ids of the reports that name no agency."""


def entry(report: Report, own: Own | None = None) -> Entry | None:
    """Return what is kept of a record; None of one that could not be read.

    The agency is the record's own, told anew where it has none or there is a file of the user's.
    """
    if report.error is not UNSET:
        return None
    agency = report.agency
    if agency is None or own is not None:
        agency = agency_of(report, own)
    told = [cell.on_page if cell.value is None else cell.value for _, cell in report.cells()]
    cells = f"{report.form} {told}"
    prose = "".join("".join(section.text.split()) for section in report.sections)
    return Entry(
        id=report.id,
        path=report.source.path,
        organization=report.organization or "",
        year=report.year,
        agency=agency,
        tables=_mark(cells),
        prose=_mark(prose),
    )


def collection(entries: Iterable[Entry]) -> Collection:
    """Return who is in a collection.

    Where a record does not tell the place of its agency and all others of its folder lie in one, a second
    look takes that for its place as well, if the name then fits one agency alone.
    """
    listed = list(_with_folders(list(entries)))
    by_name: defaultdict[str, list[Entry]] = defaultdict(list)
    untold: defaultdict[str, list[Entry]] = defaultdict(list)
    unnamed = []
    for one in listed:
        if one.agency is not None and one.agency.name is not None:
            by_name[one.agency.name].append(one)
        elif one.organization:
            untold[spelled(one.organization)].append(one)
        else:
            unnamed.append(one.id)
    agencies = [_listed(name, of_agency) for name, of_agency in by_name.items()]
    agencies.sort(key=lambda agency: (agency.code or "999999", agency.name))
    return Collection(_with_renamed(agencies), [_untold(of_name) for of_name in untold.values()], unnamed)


def _mark(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=12).digest()


def _with_folders(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, those without a place with that of their folder's others where these share one."""
    neighbours: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in entries:
        if one.agency is not None and one.agency.name is not None and one.agency.code is not None:
            neighbours[_folder(one)].add((one.agency.name, one.agency.code))
    shared = {folder: _shared(codes) for folder, codes in neighbours.items()}
    for one in entries:
        place = shared.get(_folder(one))
        is_open = one.organization and (one.agency is None or one.agency.name is None)
        agency = named_within(one.organization, one.year, place) if is_open and place is not None else None
        yield one if agency is None else replace(one, agency=agency, told_by="folder")


def _folder(one: Entry) -> str:
    return str(PurePath(one.path).parent)


def _shared(neighbours: set[tuple[str, str]]) -> Division | None:
    """Return the county, or else the city, that all agencies of a folder lie in; None where there is none."""
    if len(neighbours) < _FEWEST_NEIGHBOURS:
        return None
    codes = {code for _, code in neighbours}
    if len(codes) == 1:
        return today().get(codes.pop())
    cities = {code[:4] + "00" for code in codes}
    return today().get(cities.pop()) if len(cities) == 1 else None


def _listed(name: str, entries: Sequence[Entry]) -> Listed:
    agency = entries[0].agency or Agency()
    by_year: defaultdict[int | None, list[Entry]] = defaultdict(list)
    for one in entries:
        by_year[one.year].append(one)
    reports: list[str] = []
    duplicates: list[list[str]] = []
    versions: list[Versions] = []
    for year, of_year in by_year.items():
        alike = _alike(of_year)
        reports += [same[0].id for same in alike]
        duplicates += [[one.id for one in same] for same in alike if len(same) > 1]
        if len(alike) > 1 and year is not None:
            versions.append(_versions(year, [same[0] for same in alike]))
    return Listed(
        name=name,
        place=agency.place,
        code=agency.code,
        kind=agency.kind,
        level=agency.level,
        spellings=sorted({one.organization for one in entries}),
        years=sorted(year for year in by_year if year is not None),
        reports=reports,
        duplicates=duplicates,
        versions=versions,
        by_folder=[one.id for one in entries if one.told_by == "folder"],
        maybe=[],
    )


def _alike(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the reports of a year in groups of equal ones: equal tables and equal prose."""
    groups: defaultdict[tuple[bytes, bytes], list[Entry]] = defaultdict(list)
    for one in entries:
        groups[one.tables, one.prose].append(one)
    return list(groups.values())


def _versions(year: int, entries: Sequence[Entry]) -> Versions:
    differ: list[Literal["tables", "prose"]] = []
    if len({one.tables for one in entries}) > 1:
        differ.append("tables")
    if len({one.prose for one in entries}) > 1:
        differ.append("prose")
    return Versions(year, [one.id for one in entries], [one.path for one in entries], differ)


def _untold(entries: Sequence[Entry]) -> Untold:
    candidates: dict[str, None] = {}
    for one in entries:
        if one.agency is not None and one.agency.candidates is not UNSET:
            candidates.update(dict.fromkeys(candidate.name for candidate in one.agency.candidates))
    return Untold(
        organization=entries[0].organization,
        years=sorted({one.year for one in entries if one.year is not None}),
        reports=[one.id for one in entries],
        paths=[one.path for one in entries],
        candidates=list(candidates),
    )


def _with_renamed(agencies: Sequence[Listed]) -> list[Listed]:
    """Return the agencies, each with those of its place and kind that report in none of its years."""
    alike: defaultdict[tuple[str | None, str | None, str | None], list[Listed]] = defaultdict(list)
    for agency in agencies:
        alike[agency.code, agency.kind, agency.level].append(agency)
    listed = []
    for agency in agencies:
        others = alike[agency.code, agency.kind, agency.level] if agency.code and agency.kind else []
        maybe = [other.name for other in others if not set(other.years) & set(agency.years)]
        is_town = agency.kind in ("town", "street")
        listed.append(agency if is_town else replace(agency, maybe=maybe))
    return listed
