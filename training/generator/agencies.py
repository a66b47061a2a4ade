"""The agencies of the generated reports: places with trades, in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from training.generator.grammar import rules


@dataclass(frozen=True)
class Agency:
    """Who reports: `name` as in the title, `we` as in the text, `scale` how much it decides."""

    name: str
    short: str
    place: str
    province: str
    leaders: str
    we: tuple[str, ...]
    topics: tuple[str, ...]
    scale: float

    def known(self, year: int) -> dict[str, str]:
        """Return what the lines of its report for a year speak of: names and years."""
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
    """A province, city, county or town: `written` are its names, short to long."""

    written: tuple[str, ...]
    level: str
    province: str
    above: str


@cache
def agencies() -> tuple[Agency, ...]:
    """Return every agency, mixed once for all, so that a slice holds all kinds of places and trades.

    Of agencies that share a name (`石桥镇人民政府`) only one is kept, so that slices share none.
    """
    by_name = {agency.name: agency for agency in _agencies()}
    every = [by_name[name] for name in sorted(by_name)]
    Random("agencies").shuffle(every)
    return tuple(every)


def _agencies() -> Iterator[Agency]:
    trades = rules("trades")["trade"]
    for place in _places():
        for trade in trades:
            if place.level in trade["levels"]:  # type: ignore[index]
                yield from _of(place, trade)  # type: ignore[arg-type]


def _of(place: Place, trade: dict[str, Any]) -> Iterator[Agency]:
    names = [_office(written, trade["name"]) for written in place.written]
    for name in dict.fromkeys(names):
        yield Agency(
            name,
            names[0],
            place.written[-1],
            place.province,
            _leaders(place),
            tuple(trade["we"]),
            tuple(trade["topics"]),
            trade["scale"] * {"province": 10.0, "city": 4.0}.get(place.level, 1.0),
        )


def _office(place: str, trade: str) -> str:
    """Return an agency's name; a town's government takes its ending from the town.

    >>> _office("如东县滨江街道", "镇"), _office("如东县", "教育局")
    ('如东县滨江街道办事处', '如东县教育局')
    """
    if trade != "镇":
        return place + trade
    return place + ("办事处" if place.endswith("街道") else "人民政府")


def _leaders(place: Place) -> str:
    above = place.above[-1]
    kind = "市" if above == "州" else "县" if above in "县旗" else above
    return f"{kind}委、{kind}政府"


def _places() -> Iterator[Place]:
    towns = rules("trades")["towns"]
    provinces = set()
    for i, city in enumerate(rules("places")["city"]):
        province, name = city["province"], city["name"]  # type: ignore[index]
        if province not in provinces and not province.endswith("市"):
            provinces.add(province)
            yield Place((province,), "province", province, "省")
        if name:
            yield Place((name,), "city", province, "市")
        for j, county in enumerate(city["counties"]):  # type: ignore[index]
            full = (name or province) + county
            yield Place((county, full), "county", province, county)
            for town in towns[(3 * i + 5 * j) % 19 : (3 * i + 5 * j) % 19 + 3]:
                yield Place((town, county + town, full + town), "town", province, county)
