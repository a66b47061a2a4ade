"""Tells which agency a record is of, from its printed name, its path, its text and the user's own file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import UNSET, structs

from nlp.agencies.bodies import kind_of
from nlp.agencies.divisions import (
    Division,
    by_stem,
    divisions,
    full_name,
    lies_in,
    place_of,
    today,
    town_name,
)
from nlp.agencies.evidence import Evidence
from nlp.agencies.locating import located, places_within
from nlp.agencies.names import Name, taken_apart
from nlp.agencies.own import Own
from nlp.agencies.spelling import spelled
from nlp.record.agencies import NOWHERE, Agency, AgencyCandidate, Level, Place
from nlp.record.model import Report
from nlp.resources import knowledge

MOST_CANDIDATES = 20
"""So many candidates are listed; a name that fits more tells nothing."""

_BRANCH = re.compile("局(.{1,8}?)分局$")
_CORPS = "新疆生产建设兵团"


def agency_of(report: Report, own: Own | None = None) -> Agency | None:
    """Return the agency of a record; None where nothing of it can be told.

    `own` is the user's file, which goes first. The record alone is enough, of whatever version it is.

    >>> from nlp.record.model import Report, Source
    >>> source = Source("a.txt", "河南省/洛阳市/a.txt", "", "text/plain", "utf-8", 0, 1)
    >>> agency = agency_of(Report(source=source, organization="西工區城管局", year=2022))
    >>> agency.name, agency.place, agency.code, agency.kind, agency.level
    ('洛阳市西工区城市管理局', ('河南省', '洛阳市', '西工区'), '410303', 'urban_management', 'county')
    """
    if report.organization is None or report.error is not UNSET:
        return None
    path = report.source.path
    if own is not None:
        decided = own.agency(report.organization, path)
        if decided is not None:
            return _completed(decided)
    agency = named(report.organization, report.year, Evidence(report))
    if agency == Agency():
        return None
    if own is not None and agency.name is not None:
        decided = own.agency(agency.name, path)
        if decided is not None:
            return _completed(decided)
    return agency


def with_own(report: Report, own: Own | None) -> Report:
    """Return a record with its agency told anew by the user's file; without one as it is.

    >>> from nlp.record.model import Report, Source
    >>> report = Report(source=Source("a.txt", "a.txt", "", "text/plain", "utf-8", 0, 1))
    >>> with_own(report, None) is report
    True
    """
    if own is None or report.error is not UNSET:
        return report
    return structs.replace(report, agency=agency_of(report, own))


def named(organization: str, year: int | None, evidence: Evidence) -> Agency:
    """Return the agency that a printed name means, by the evidence of its record."""
    before: str = knowledge("agencies")["names"]["before"]
    state = _state().get(spelled(organization).removeprefix(before))
    if state is not None:
        return Agency(name=state, kind=kind_of(state), level="state")
    name = taken_apart(organization, year)
    if name is None or not (name.body or name.town or name.zone):
        return Agency()
    places = located(name, evidence, year)
    if len(places) == 1:
        return at_place(name, places[0])
    kind = _kind(name)
    if places:
        return _ambiguous(name, places, kind)
    return _without_place(name, organization, kind)


def named_within(organization: str, year: int | None, within: Division) -> Agency | None:
    """Return the agency that a name means if it is one of a place; None where it fits none there, or several.

    >>> from nlp.agencies.divisions import today
    >>> named_within("鼓楼区财政局", 2022, today()["410200"]).name
    '开封市鼓楼区财政局'
    """
    name = taken_apart(organization, year)
    if name is None or not (name.body or name.town or name.zone):
        return None
    places = places_within(name, within)
    return at_place(name, places[0]) if len(places) == 1 else None


def at_place(name: Name, place: Division) -> Agency:
    """Return the agency of a name whose place is known."""
    lowest = _branch_place(name, place)
    return Agency(
        name=_whole_name(name, place),
        place=place_of(lowest),
        code=lowest.follows,
        kind=_kind(name),
        level=_level(name, lowest),
    )


def _whole_name(name: Name, place: Division) -> str:
    where = "" if _zone_place(name) else full_name(place)
    return _authority(name) + where + (town_name(name.town) if name.town else "") + name.zone + name.body


def _authority(name: Name) -> str:
    by_body: dict[str, str] = knowledge("agencies")["names"]["authority_of_body"]
    return name.authority or by_body.get(name.body, "")


def _kind(name: Name) -> str | None:
    authority = _authority(name)
    by_authority: dict[str, str] = knowledge("agencies")["names"]["kind_of_authority"]
    if authority in by_authority:
        return by_authority[authority]
    return kind_of(name.town + name.body if name.town else name.zone + name.body)


def _level(name: Name, place: Division) -> Level:
    """Return the level of an agency: that of its place, one below for towns and zones."""
    if name.town:
        return "township"
    if not name.zone:
        return place.level
    if place.level == "province":
        return "county" if place.name.endswith("市") else "city"
    return "county" if place.level == "city" else "township"


def _branch_place(name: Name, place: Division) -> Division:
    """Return the district that a city's branch is for: 西工区 of 洛阳市公安局西工分局."""
    branch = _BRANCH.search(name.body)
    if branch is None or place.level == "county":
        return place
    inside = [one for one in by_stem().get(branch[1], ()) if one != place and lies_in(one, place)]
    current = [one for one in inside if not one.until]
    return current[0] if len(current) == 1 else place


def _ambiguous(name: Name, places: Sequence[Division], kind: str | None) -> Agency:
    """Return what is common to the agencies that a name may mean, with each of them."""
    levels = {_level(name, place) for place in places}
    candidates = [AgencyCandidate(_whole_name(name, place), place.follows) for place in places]
    return Agency(
        place=_common([place_of(place) for place in places]),
        kind=kind,
        level=levels.pop() if len(levels) == 1 else None,
        candidates=candidates if len(candidates) <= MOST_CANDIDATES else UNSET,
    )


def _common(places: Sequence[Place]) -> Place:
    """Return the province and city that all places share."""
    province, city, _ = places[0]
    if any(place[0] != province for place in places):
        return NOWHERE
    return province, city if all(place[1] == city for place in places) else None, None


def _without_place(name: Name, organization: str, kind: str | None) -> Agency:
    """Return the agency of a name without a place that any list has: one that is whole by itself, or none."""
    if name.authority == _CORPS:
        place = today()[knowledge("agencies")["names"]["authority_place"][name.authority]]
        level: Level = "city" if name.body.startswith("第") else "province"
        return Agency(name.authority + name.body, place_of(place), None, "corps", level)
    if _zone_place(name):
        place = today()[_zone_place(name)]
        return at_place(name, place)
    if name.own:
        own_level: Level | None = "county" if name.own[-1] in "县旗区" else None
        return Agency(name=_authority(name) + name.own + name.body, kind=kind, level=own_level)
    if _is_whole(name):
        return Agency(name=name.body, kind=kind)
    level_of_unit: dict[str, Level] = {"省": "province", "县": "county", "旗": "county", "区": "county"}
    town_level: Level | None = "township" if name.town else level_of_unit.get(name.unit)
    return Agency(kind=kind, level=town_level)


def _zone_place(name: Name) -> str:
    """Return the code of the division that a new area lies in which is known by its name alone; or ""."""
    known: dict[str, str] = knowledge("agencies")["zones"]["known"]
    return known.get(name.zone, "")


def _is_whole(name: Name) -> bool:
    """Return whether the name of a school, hospital or the like is no other's: it begins with a place."""
    if name.authority or name.unit or name.town or name.zone:
        return False
    if not name.body.endswith(tuple(knowledge("agencies")["institutions"]["endings"])):
        return False
    return any(name.body[:length] in by_stem() for length in range(2, len(name.body) - 1))


def _completed(agency: Agency) -> Agency:
    """Return an agency of the user's file with what the file leaves open, as its name tells it."""
    if agency.name is None:
        return agency
    name = taken_apart(agency.name)
    told = Agency()
    if name is not None and len(name.places) == 1:
        told = at_place(name, name.places[0])
    place, code = agency.place, agency.code
    if code is not None and place == NOWHERE:
        place = place_of(_by_code()[code])
    elif place == NOWHERE and code is None:
        place, code = told.place, told.code
    kind = agency.kind or told.kind or (_kind(name) if name is not None else None)
    level = agency.level or told.level
    return Agency(name=agency.name, place=place, code=code, kind=kind, level=level)


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for division in (*divisions(), *today().values())}


@cache
def _state() -> dict[str, str]:
    """Return the bodies of the state by all their names."""
    bodies: dict[str, list[str]] = knowledge("agencies")["state"]
    return {spelling: name for name, short in bodies.items() for spelling in (name, *short)}
