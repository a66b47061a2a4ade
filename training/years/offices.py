"""The agencies of the world: who they are, how they print their name each year, where their pages lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from nlp.agencies.divisions import Division, divisions, full_name, place_of, today
from nlp.resources import knowledge

GOVERNMENT = "人民政府"
_PLACE_SIZE = 13
"""A government and its offices."""
_UNTOLD_FOLDERS = 0.08
"""The share of agencies whose folders do not name the place."""
_OTHER_SPELLING = 0.35
"""The share of reports that print the name otherwise than the agency does mostly."""


@dataclass(frozen=True)
class Names:
    """What an agency is called from a year on: the place and the body, in full and in short."""

    since: int
    place: Division
    body: str
    shorts: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The name in full, with the city."""
        return full_name(self.place) + self.body

    def spellings(self) -> list[str]:
        """Return the ways to print the name: with and without the places above, in short."""
        province, city, county = (part or "" for part in place_of(self.place))
        written = [province + city + county + self.body, self.full, county + self.body]
        written += [county + short for short in self.shorts]
        return list(dict.fromkeys(written))


@dataclass
class Office:
    """An agency: its number is who it is.

    `names` are in the order of their years; `place` is the number of its place, `years` those of which there
    are reports, `told` says whether folders name its place.
    """

    number: int
    place: int
    names: list[Names]
    years: tuple[int, ...]
    told: bool
    habit: int
    joined: bool = False
    """Whether the user's file has to say that its names are one agency's."""
    rng: Random = field(default_factory=Random, repr=False)

    @property
    def is_government(self) -> bool:
        """Whether it is the government of its place, whose report may be that of all offices."""
        return self.names[0].body == GOVERNMENT

    def name(self, year: int) -> Names:
        """Return what it is called in a year."""
        return [name for name in self.names if name.since <= year][-1]

    def printed(self, year: int) -> str:
        """Return the name as the report for a year prints it."""
        rng = Random(f"{self.number}/{year}/name")
        spellings = self.name(year).spellings()
        if rng.random() < _OTHER_SPELLING:
            return rng.choice(spellings)
        return spellings[self.habit % len(spellings)]

    def folder(self, year: int) -> str:
        """Return where its report for a year lies."""
        rng = Random(f"{self.number}/folder")
        if not self.told:
            return f"{rng.choice(knowledge('years')['folders']['untold'])}/{year}"
        province, city, county = place_of(self.name(year).place)
        above = [part for part in (province, city) if part]
        shape = rng.random()
        if shape < 0.5:
            return "/".join([*above, str(year)])
        if shape < 0.7:
            return "/".join([*above, str(county), f"{year}年"])
        return f"{above[-1]}/{year}"


def offices(count: int, years: Sequence[int], rng: Random) -> list[Office]:
    """Return `count` agencies of places drawn from the list of divisions, merged and renamed ones first."""
    listed: list[Office] = []
    size = min(_PLACE_SIZE, count // 2)
    for place, names_of_place in enumerate(_places(rng, size, years)):
        for names, reported in names_of_place:
            if len(listed) == count:
                return listed
            joined = len({name.full for name in names}) > 1
            told = rng.random() >= _UNTOLD_FOLDERS
            listed.append(Office(len(listed), place, names, reported, told, rng.randrange(6), joined))
    raise ValueError(f"there are no places for {count} agencies")


def _places(
    rng: Random, size: int, years: Sequence[int]
) -> Iterator[list[tuple[list[Names], tuple[int, ...]]]]:
    """Yield the offices of each place: names by year, and the years that they report for."""
    told = knowledge("years")["places"]
    by_code = {(one.code, one.until > 0): one for one in divisions()}
    whole = tuple(years)
    special: set[str] = set()
    if len(years) > 3:
        for change in told["merged"]:
            old, new = by_code[change["old"], True], today()[change["new"]]
            special |= {change["old"], change["new"]}
            before = tuple(year for year in years if year < change["from"])
            bodies = _bodies(rng, size // 2)
            yield [([Names(0, old, body, shorts)], before) for body, shorts in bodies]
            yield [([Names(0, new, body, shorts)], whole) for body, shorts in bodies]
        for change in told["renamed"]:
            old, new = by_code[change["old"], True], today()[change["new"]]
            special |= {change["old"], change["new"]}
            yield [
                ([Names(0, old, body, shorts), Names(change["from"], new, body, shorts)], whole)
                for body, shorts in _bodies(rng, size // 2)
            ]
    counties = [one for one in today().values() if one.level == "county" and one.code not in special]
    for county in rng.sample(counties, len(counties)):
        if len([part for part in place_of(county) if part]) == 3:
            yield [(names, whole) for names in _of_place(rng, county, size, years)]


def _of_place(rng: Random, county: Division, size: int, years: Sequence[int]) -> Iterator[list[Names]]:
    """Yield the names of a government and its offices, of which one in some places is renamed."""
    renamed = {}
    if rng.random() < 0.6:
        change = rng.choice(knowledge("years")["renamed"]["bodies"])
        if years[0] < change["from"] <= years[-1]:
            renamed[change["name"]] = change
    for body, shorts in _bodies(rng, size):
        now = Names(0, county, body, shorts)
        if body in renamed:
            change = renamed[body]
            yield [Names(0, county, change["before"]), Names(change["from"], county, body, shorts)]
        else:
            yield [now]


def _bodies(rng: Random, size: int) -> list[tuple[str, tuple[str, ...]]]:
    told: list[dict[str, Any]] = knowledge("years")["body"]
    chosen = rng.sample(told, size - 1)
    return [(GOVERNMENT, ()), *((body["name"], tuple(body["short"])) for body in chosen)]


def own_file(everyone: Sequence[Office]) -> str:
    """Return the user's file, which says what renamed agencies are to be called."""
    rows = ["printed,path,name,code,kind,level"]
    for office in everyone:
        if not office.joined:
            continue
        last = office.names[-1]
        rows += [f"{name.full},,{last.full},{last.place.code},," for name in office.names[:-1]]
    return "\n".join(rows) + "\n"
