"""The administrative divisions of China and their names, of today and since 2007 (data/divisions)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from nlp.record.agencies import Level, Place
from nlp.resources import division_rows, folder, knowledge, town_rows
from nlp.text.folding import fold

LONGEST = 16
"""No name of a division has more characters."""

_LEVEL_CHARACTERS = "省市县区旗州盟"
_SHORTEST_STEM = 2
_GRACE = 1
"""For so many years after it was given up an agency may still use the name of its place."""


class Division(NamedTuple):
    """A province, city or county, of today or of former times.

    `until` is the last year of a former one, 0 for one of today; `follows` is the code of today.
    """

    code: str
    name: str
    until: int
    follows: str

    @property
    def level(self) -> Level:
        """Of which level it is."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"


@cache
def divisions() -> tuple[Division, ...]:
    """Return every division in the order of the codes."""
    listed = []
    for code, name, until, follows in division_rows():
        listed.append(Division(code, name, int(until or 0), follows or code))
    return tuple(listed)


@cache
def today() -> dict[str, Division]:
    """Return the divisions of today by their codes.

    >>> today()["410303"].name
    '西工区'
    """
    return {division.code: division for division in divisions() if not division.until}


@cache
def by_name() -> dict[str, tuple[Division, ...]]:
    """Return the divisions that a name may mean, in full or as autonomous ones are called in short.

    >>> [division.code for division in by_name()["朝阳区"]], by_name()["恩施州"][0].name
    (['110105', '220104'], '恩施土家族苗族自治州')
    """
    named: defaultdict[str, list[Division]] = defaultdict(list)
    read_as = _as_read([division.name for division in divisions()])
    for division, read in zip(divisions(), read_as, strict=True):
        short = [] if division.level == "province" else _short_names(division.name)
        for name in dict.fromkeys((division.name, read, *short)):
            named[name].append(division)
    for name, code in knowledge("agencies")["divisions"]["also"].items():
        named[name].append(today()[code])
    return {name: tuple(meant) for name, meant in named.items()}


def _as_read(names: Sequence[str]) -> list[str]:
    """Return names as a page's are read, where 乾 is 干: all at once, which is quick."""
    return fold("\n".join(names)).split("\n")


@cache
def by_stem() -> dict[str, tuple[Division, ...]]:
    """Return the divisions by their names without what says their level: 洛阳, 恩施.

    >>> [division.name for division in by_stem()["吉林"]]
    ['吉林省', '吉林市']
    """
    named: defaultdict[str, list[Division]] = defaultdict(list)
    for name, meant in by_name().items():
        stem = name[:-1] if name[-1] in _LEVEL_CHARACTERS else name
        if len(stem) >= _SHORTEST_STEM:
            named[stem] += [division for division in meant if division not in named[stem]]
    return {name: tuple(meant) for name, meant in named.items()}


def _short_names(name: str) -> list[str]:
    """Return how an autonomous division is called in short: 秀山县 and 秀山自治县."""
    match = re.fullmatch(rf"(.+?)(?:{_peoples()})+(自治)?([县州旗区])", name)
    if match is None:
        other = re.fullmatch(r"(.+)自治([县州旗])", name)
        return [] if other is None else [other[1] + other[2]]
    return [match[1] + match[3], *([f"{match[1]}自治{match[3]}"] if match[2] else [])]


@cache
def _peoples() -> str:
    peoples: list[str] = knowledge("agencies")["divisions"]["peoples"]
    return "|".join(sorted(peoples, key=len, reverse=True))


def above(division: Division) -> list[Division]:
    """Return the city and the province that a division lies in, the nearest first; itself is not among them.

    >>> [place.name for place in above(today()["410303"])]
    ['洛阳市', '河南省']
    """
    listed: list[Division] = []
    code = division.code if division.code[:4] + "00" in today() else division.follows
    for parent in (code[:4] + "00", code[:2] + "0000"):
        if parent in today() and parent != division.code and today()[parent] not in listed:
            listed.append(today()[parent])
    return [place for place in listed if place.code != division.follows or place.level != division.level]


def lies_in(division: Division, place: Division) -> bool:
    """Return whether a division is a part of a place, or that place itself, by today's borders or its own."""
    if place.code == division.code:
        return True
    codes = {parent.code for parent in above(division)}
    return place.follows in codes or place.code in codes


def place_of(division: Division) -> Place:
    """Return the province, city and county of a division.

    >>> place_of(today()["410303"]), place_of(today()["419001"])
    (('河南省', '洛阳市', '西工区'), ('河南省', None, '济源市'))
    """
    names: dict[str, str] = {division.level: division.name}
    for place in above(division):
        names.setdefault(place.level, place.name)
    return names.get("province"), names.get("city"), names.get("county")


def full_name(division: Division) -> str:
    """Return the name by which a division is told apart from all others: a district with its city.

    >>> full_name(today()["410303"]), full_name(today()["330782"]), full_name(today()["110105"])
    ('洛阳市西工区', '义乌市', '北京市朝阳区')
    """
    parents = above(division)
    if division.level != "county" or division.name.endswith("市") or not parents:
        return division.name
    return parents[0].name + division.name


def in_year(meant: Iterable[Division], year: int | None) -> list[Division]:
    """Return the divisions that a name may mean in a year; those of former times only where they were there.

    Without a year those given up lately count as well. Where none was there, all are returned: agencies use
    names that were given up.

    >>> [division.code for division in in_year(by_name()["鼓楼区"], 2022)]
    ['320106', '320302', '350102', '410204']
    """
    listed = list(meant)
    current = [division for division in listed if not division.until]
    former = [division for division in listed if division.until]
    if year is not None:
        former = [division for division in former if year <= division.until + _GRACE]
    elif current:
        since = knowledge("agencies")["towns"]["since"]
        former = [division for division in former if division.until >= since]
    codes = {division.follows for division in current}
    fitting = current + [division for division in former if division.follows not in codes]
    return fitting or _latest(listed)


def _latest(former: Sequence[Division]) -> list[Division]:
    by_code = {division.follows: division for division in sorted(former, key=lambda place: place.until)}
    return list(by_code.values())


@cache
def towns() -> dict[str, tuple[str, ...]]:
    """Return the codes of the counties that have a town or street of a name, loaded when first asked for.

    >>> towns()["龙门镇"][:2]
    ('330111', '350524')
    """
    pairs = town_rows()
    read_as = _as_read([name for name, _ in pairs])
    counties: dict[str, tuple[str, ...]] = {}
    for name, (_, codes) in zip(read_as, pairs, strict=True):
        counties[name] = tuple(sorted({*counties.get(name, ()), *codes.split(",")}))
    return counties


def town_name(read: str) -> str:
    """Return the name of a town as it is written: 乾潭镇, which is read as 干潭镇.

    >>> town_name("干潭镇"), town_name("龙门镇")
    ('乾潭镇', '龙门镇')
    """
    return _written_otherwise().get(read, read)


@cache
def _written_otherwise() -> dict[str, str]:
    names = [name for name, _ in town_rows()]
    written = set(names)
    pairs = zip(_as_read(names), names, strict=True)
    return {read: name for read, name in pairs if read not in written}


@cache
def area_codes() -> dict[str, frozenset[str]]:
    """Return the codes of the cities and provinces that a telephone number's area code may mean.

    >>> area_codes()["0379"]
    frozenset({'410300'})
    """
    lines = (folder("data") / "divisions" / "area_codes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    places: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        name, area = line.split("\t")
        places[area].update(division.follows for division in by_name().get(name, ()))
    return {area: frozenset(codes) for area, codes in places.items()}
