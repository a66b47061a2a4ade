"""Tells where an agency is whose name says it in part or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.agencies.divisions import Division, above, lies_in, today, towns
from nlp.agencies.evidence import Evidence, Mention, chain, supported
from nlp.agencies.names import Name
from nlp.resources import knowledge


def located(name: Name, evidence: Evidence, year: int | None) -> list[Division]:
    """Return the divisions that a name's agency may be of: one where it is told, none where nothing is."""
    if name.town:
        return _with_town(name, evidence, year)
    if name.places:
        return list(name.places) if len(name.places) == 1 else supported(name.places, evidence)
    if name.own:
        return []
    return _from_elsewhere(name, evidence)


def places_within(name: Name, within: Division) -> list[Division]:
    """Return the divisions of a name's agency that lie in a place."""
    if name.own:
        return []
    if name.town:
        listed = [today()[code] for code in towns().get(name.town, ()) if code in today()]
        counties = _having_town(name) if name.places else listed
        return [county for county in counties if lies_in(county, within)]
    if name.places:
        return [place for place in name.places if lies_in(place, within)]
    if name.zone:
        return [within] if within.level == "city" else []
    return [within] if name.unit and _is_of_unit(within, name.unit) else []


def _with_town(name: Name, evidence: Evidence, year: int | None) -> list[Division]:
    """Return the counties that a town may lie in; the place of the name where no list has the town there."""
    listed = [today()[code] for code in towns().get(name.town, ()) if code in today()]
    if name.places:
        places = _having_town(name) or list(name.places)
        places = places if len(places) == 1 else supported(places, evidence)
        if all(place.level == "county" for place in places):
            return places
        inside = [county for county in listed if any(lies_in(county, place) for place in places)]
        return supported(inside, evidence, with_own=True) if len(inside) > 1 else inside or places
    told = _counties(evidence)
    if not listed:
        return told
    if told and not {county.follows for county in told} & {county.code for county in listed}:
        return []
    if len(listed) == 1:
        is_listed_then = year is None or year >= knowledge("agencies")["towns"]["since"]
        return listed if is_listed_then or told else []
    return supported(listed, evidence, with_own=True)


def _having_town(name: Name) -> list[Division]:
    """Return those of a name's places that a list has its town in."""
    return [place for place in name.places if place.follows in towns().get(name.town, ())]


def _counties(evidence: Evidence) -> list[Division]:
    """Return the county that the path or the addresses name; none where they name none, or several."""
    named = [chain(evidence.path), *(chain(places) for places in evidence.addresses)]
    counties = [places[0] for places in named if len(places) == 1 and places[0].level == "county"]
    return counties[:1] if len({county.follows for county in counties}) == 1 else []


def _from_elsewhere(name: Name, evidence: Evidence) -> list[Division]:
    """Return the place of an agency whose name has none: where path, preface and addresses agree on one."""
    if name.zone:
        told = [_city(places) for places in (evidence.path, *evidence.addresses)]
    else:
        unit = name.unit or evidence.unit
        told = [_of_unit(evidence.path, unit, is_path=True)]
        told += [_of_unit([mention], unit, is_path=False) for mention in evidence.before(name.body)]
        told += [_of_unit(places, unit, is_path=False) for places in evidence.addresses]
    places = {place.follows: place for place in told if place is not None}
    return list(places.values()) if len(places) == 1 else []


def _city(found: Sequence[Mention]) -> Division | None:
    """Return the city that mentions lead to or into."""
    places = chain(found)
    cities = {one.code: one for place in places for one in (place, *above(place)) if one.level == "city"}
    return next(iter(cities.values())) if len(cities) == 1 else None


def _of_unit(found: Sequence[Mention], unit: str, is_path: bool) -> Division | None:
    """Return the place on the way to the lowest one mentioned that is of a unit: the county for 县.

    Without a unit only a county in a path tells the place: a city's folder may hold many counties' reports.
    """
    places = chain(found)
    if len(places) != 1:
        return None
    lowest = places[0]
    if not unit:
        return lowest if is_path and lowest.level == "county" else None
    fitting = [place for place in (lowest, *above(lowest)) if _is_of_unit(place, unit)]
    return fitting[0] if len(fitting) == 1 else None


def _is_of_unit(place: Division, unit: str) -> bool:
    if unit == "省":
        return place.level == "province"
    return place.name.endswith(unit) and (unit != "区" or place.level == "county")
