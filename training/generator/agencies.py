"""The agencies of the generated reports: places with trades, in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from training.generator.worlds import TRAINING, World


@dataclass(frozen=True)
class Agency:
    """An agency that reports.

    `name` stands in the title, `short` is its name without the places above its own, `leaders` are those
    whom it answers to, `we` are the words for itself, `topics` what its sentences are about, and `scale` is
    the number of its cases relative to a usual office of a county.
    """

    name: str
    short: str
    place: str
    province: str
    leaders: str
    we: tuple[str, ...]
    topics: tuple[str, ...]
    scale: float

    def facts(self, year: int) -> dict[str, str]:
        """Return the names and years that the phrases of its report for a year use, by their symbols."""
        return {
            "org": self.name,
            "name_short": self.short,
            "place": self.place,
            "province": self.province,
            "leaders": self.leaders,
            "year": str(year),
            "last": str(year - 1),
            "next": str(year + 1),
        }


@dataclass(frozen=True)
class Place:
    """A province, city, county or town.

    `written` are its names from short to long, `level` is province, city, county or town, and `above` is the
    place whose leaders it answers to.
    """

    written: tuple[str, ...]
    level: str
    province: str
    above: str


@cache
def agencies(world: World = TRAINING) -> tuple[Agency, ...]:
    """Return every agency of a world in a shuffled order that never changes: slices hold all kinds.

    Of agencies that share a name (`石桥镇人民政府`) only one is kept, so that slices share none.
    """
    by_name = {agency.name: agency for agency in _all_agencies(world)}
    shuffled = [by_name[name] for name in sorted(by_name)]
    Random("agencies").shuffle(shuffled)
    return tuple(shuffled)


def _all_agencies(world: World) -> Iterator[Agency]:
    """Yield an agency for each trade of each place, under each name of the place."""
    trades = world.file("trades")["trade"]
    for place in _places(world):
        for trade in trades:
            if place.level in trade["levels"]:  # type: ignore[index]
                yield from _of(place, trade)  # type: ignore[arg-type]


SCALES = {"province": 10.0, "city": 4.0}
"""How many times the cases of a county an agency of a province or a city decides."""


def _of(place: Place, trade: dict[str, Any]) -> Iterator[Agency]:
    names = [_office(written, trade["name"]) for written in place.written]
    for name in dict.fromkeys(names):
        yield Agency(
            name=name,
            short=names[0],
            place=place.written[-1],
            province=place.province,
            leaders=_leaders(place),
            we=tuple(trade["we"]),
            topics=tuple(trade["topics"]),
            scale=trade["scale"] * SCALES.get(place.level, 1.0),
        )


def _office(place: str, trade: str) -> str:
    """Return an agency's name; a town's government takes its ending from the town.

    >>> _office("如东县滨江街道", "镇"), _office("如东县", "教育局")
    ('如东县滨江街道办事处', '如东县教育局')
    """
    if trade != "镇":
        return place + trade
    if place.endswith(("街道", "街")):
        return place + "办事处"
    return place + "人民政府"


def _leaders(place: Place) -> str:
    """Return what the leadership above a place is called: `市委、市政府`."""
    unit = place.above[-1]
    if unit in ("州", "盟"):
        unit = "市"
    elif unit == "旗":
        unit = "县"
    return f"{unit}委、{unit}政府"


TOWNS_A_COUNTY = 3
TOWN_OFFSETS = 19
"""The number of places in the list of towns at which the towns of a county may begin."""


def _places(world: World) -> Iterator[Place]:
    """Yield each province (a municipality is none), its cities, their counties and some towns of each."""
    towns = world.file("trades")["towns"]
    provinces = set()
    for i, city in enumerate(world.file("places")["city"]):
        province, name = city["province"], city["name"]  # type: ignore[index]
        if province not in provinces and not province.endswith("市"):
            provinces.add(province)
            yield Place((province,), "province", province, "省")
        if name:
            yield Place((name,), "city", province, "市")
        for j, county in enumerate(city["counties"]):  # type: ignore[index]
            full_name = (name or province) + county
            yield Place((county, full_name), "county", province, county)
            first_town = (3 * i + 5 * j) % TOWN_OFFSETS
            for town in towns[first_town : first_town + TOWNS_A_COUNTY]:
                yield Place((town, county + town, full_name + town), "town", province, county)
