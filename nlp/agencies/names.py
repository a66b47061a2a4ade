"""Takes the name of an agency apart: whom it answers to, its places, its town or zone, its body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from nlp.agencies.bodies import in_full, is_known
from nlp.agencies.divisions import LONGEST, Division, by_name, by_stem, in_year, lies_in, towns
from nlp.agencies.spelling import spelled
from nlp.resources import knowledge

_BODY_ENDINGS = ("局", "委员会", "办公室", "厅", "人民政府", "中心", "医院", "联合会")
_MOST_PLACES = 4
_UNITS = "省市县区州旗盟"
_TOWN_END = re.compile("镇|乡|街道|苏木|街(?=办事处|办$)")
_LONGEST_TOWN = 14
_STREETS = ("街道", "街")
_OWN_PLACE = re.compile("[\u4e00-\u9fff]{2,12}[市县旗州区](?=.)")
_NO_PLACE = re.compile("[城地市社小校园辖县灾景山牧林矿港片库郊新东西南北中]区")
_NO_UNIT = re.compile("市场|市政|市容|县域|区域|区划|区块|州际|省际")


class Name(NamedTuple):
    """The parts of an agency's name.

    `authority` stands before the place (国家税务总局), `places` are the divisions that the places in it may
    mean, the lowest only, empty where it names none; `given_up` is whether it names places that do not fit
    each other. `unit` is the level that it calls its place by instead of a name (市 in 市财政局). `town` and
    `zone` lie in the place; `body` is the rest in full; `own` the place that it names and no list has.
    """

    authority: str = ""
    places: Sequence[Division] = ()
    unit: str = ""
    town: str = ""
    zone: str = ""
    body: str = ""
    own: str = ""


def taken_apart(printed: str, year: int | None = None) -> Name | None:
    """Return the parts of an agency's name as printed; None where it is no agency's.

    >>> name = taken_apart("河南省洛陽市西工區城管局")
    >>> [place.name for place in name.places], name.body
    (['西工区'], '城市管理局')
    >>> taken_apart("市住建局").unit, taken_apart("洛阳市人民政府门户网站")
    ('市', None)
    >>> taken_apart("洛阳高新区管委会").zone, taken_apart("国家税务总局义乌市税务局").body
    ('高新技术产业开发区', '税务局')
    """
    text = spelled(printed).strip("-_·:,。、").removeprefix(knowledge("agencies")["names"]["before"])
    if not text or _never().search(text):
        return None
    authority, rest = _after_authority(text)
    places, rest = _after_places(rest, year)
    if authority and not places:
        places, rest = _after_stem(rest, year)
    known_zone, rest = _known_zone(rest) if not places else ("", rest)
    zone = known_zone
    if not places:
        places, rest = _stem_before_zone(rest, year)
    town, rest = _after_listed_town(rest, places)
    if not (zone or town):
        zone, rest = _after_zone(rest)
    if not town:
        town, rest = _after_town(rest)
    unit = ""
    own = ""
    if not (places or town or zone):
        unit, rest = _after_unit(rest)
    if not (places or town or zone or unit):
        own, rest = _after_own_place(rest)
    if not authority:
        authority, rest = _after_authority(rest)
    body = _body(rest, town, zone, bool(places or unit or own))
    return Name(authority, places, unit, town, zone, body, own)


def _body(rest: str, town: str, zone: str, has_place: bool) -> str:
    """Return the body in full; a place alone stands for its government."""
    if town:
        if rest in ("", *_bodies()["government"]) and not town.endswith(_STREETS):
            return "人民政府"
        if town.endswith(_STREETS) and rest in _bodies()["street_offices"]:
            return "办事处"
    if not zone and rest.startswith("委") and has_place:
        return "委员会" + in_full(rest[1:])
    if zone and rest in ("", "管委会", "管委", "管理委员会"):
        return "管理委员会"
    if not rest and has_place and not zone:
        return "人民政府"
    return in_full(rest)


def _after_authority(text: str) -> tuple[str, str]:
    names = knowledge("agencies")["names"]
    for short, full in names["authority_in_short"].items():
        if text.startswith(short):
            return full, text.removeprefix(short)
    for authority in names["authorities"]:
        if text.startswith(authority):
            return authority, text.removeprefix(authority)
    return "", text


def _after_places(text: str, year: int | None) -> tuple[list[Division], str]:
    """Return what the lowest of the places that open a text may be, and the text behind them.

    A place is read on only while it lies in the one before.
    """
    meant: list[Division] = []
    for _ in range(_MOST_PLACES):
        name, found = _place_at(text, meant, year)
        if not found:
            break
        meant, text = found, text[len(name) :]
    return meant, text


def _place_at(text: str, within: Sequence[Division], year: int | None) -> tuple[str, list[Division]]:
    """Return the longest name of a division that opens a text and lies within one of some, if any."""
    for length in range(min(LONGEST, len(text)), 1, -1):
        name = text[:length]
        found = by_name().get(name) or _stem_before_place(text, length)
        if not found:
            continue
        fitting = _inside(found, within)
        if fitting:
            return name, in_year(fitting, year)
    return "", []


def _stem_before_place(text: str, length: int) -> tuple[Division, ...]:
    """Return the divisions whose name in short opens a text, where a place in them follows: 洛阳西工区."""
    stems = by_stem().get(text[:length])
    if not stems or text[length : length + 1] in _UNITS:
        return ()
    rest = text[length:]
    return tuple(place for place in stems if place.level != "county" and _place_at(rest, [place], None)[1])


def _inside(found: Sequence[Division], within: Sequence[Division]) -> list[Division]:
    if not within:
        return list(found)
    return [place for place in found if any(place != outer and lies_in(place, outer) for outer in within)]


def _known_zone(text: str) -> tuple[str, str]:
    """Return the new area of a known place that opens a text, with nothing before it, and what follows."""
    for name in knowledge("agencies")["zones"]["known"]:
        if text.startswith(name):
            return name, text.removeprefix(name)
    return "", text


def _stem_before_zone(text: str, year: int | None) -> tuple[list[Division], str]:
    """Return the city whose name in short opens a text, where a zone follows: 洛阳高新区."""
    for length in range(min(LONGEST, len(text)), 1, -1):
        stems = by_stem().get(text[:length])
        if stems and _zone().match(text[length:]):
            meant = in_year(stems, year)
            cities = [place for place in meant if place.level != "province"]
            return cities or meant, text[length:]
    return [], text


def _after_stem(text: str, year: int | None) -> tuple[list[Division], str]:
    """Return the place whose name in short opens a text behind an authority: 洛阳 in 国家统计局洛阳调查队."""
    for length in range(min(LONGEST, len(text) - 2), 1, -1):
        stems = by_stem().get(text[:length])
        if stems:
            meant = in_year(stems, year)
            return [place for place in meant if place.level == "city"] or meant, text[length:]
    return [], text


def _after_zone(text: str) -> tuple[str, str]:
    """Return the zone that opens a text, in full, and what follows it."""
    match = _zone().match(text)
    if match is None:
        return "", text
    own, kind = match.groups()
    return own + knowledge("agencies")["zones"]["in_full"].get(kind, kind), text[match.end() :]


@cache
def _zone() -> re.Pattern[str]:
    types = sorted(knowledge("agencies")["zones"]["types"], key=len, reverse=True)
    return re.compile(rf"([\u4e00-\u9fff]{{0,8}}?)({'|'.join(types)})(?!局|分局|政府|人民政府)")


def _after_listed_town(text: str, places: Sequence[Division]) -> tuple[str, str]:
    """Return the town or street that opens a text, as a list has it in the place before, and the rest."""
    follows = {place.follows for place in places}
    for town, rest in _towns_at(text) if places else ():
        counties = towns().get(town, ())
        if any(county in follows or f"{county[:4]}00" in follows for county in counties):
            return town, rest
    return "", text


def _after_town(text: str) -> tuple[str, str]:
    """Return the town or street that opens a text, where its own office or nothing follows, and that."""
    offices = ("", *_bodies()["government"], *_bodies()["street_offices"])
    for town, rest in _towns_at(text):
        if rest in offices:
            return town, rest
    return "", text


def _towns_at(text: str) -> list[tuple[str, str]]:
    """Return what may be the town that opens a text, the longest first, each with the rest."""
    for government in _bodies()["government"]:
        text = text.removeprefix(government)
    ends = [match.end() for match in _TOWN_END.finditer(text[: _LONGEST_TOWN + 2])]
    return [(text[:end], text[end:]) for end in reversed(ends) if end > 1]


def _after_unit(text: str) -> tuple[str, str]:
    """Return the level by which an agency calls its place (市财政局), and what follows it."""
    if text[:1] in _UNITS and len(text) > 1 and not _NO_UNIT.match(text):
        body = in_full(text[1:])
        if is_known(body) or body.endswith(_BODY_ENDINGS):
            return text[0], text[1:]
    return "", text


def _after_own_place(text: str) -> tuple[str, str]:
    """Return a place that no list has and that yet looks like one, and what follows it."""
    found = list(_OWN_PLACE.finditer(text))
    if not found or _NO_PLACE.search(found[-1].group()[-2:]):
        return "", text
    end = found[-1].end()
    own, rest = text[:end], text[end:]
    is_place = is_known(in_full(rest)) or in_full(rest) == "人民政府"
    return (own, rest) if is_place and len(own) > 2 else ("", text)


def _bodies() -> dict[str, Any]:
    return knowledge("agencies")["bodies"]  # type: ignore[no-any-return]


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(knowledge("agencies")["names"]["never"]))
