"""Tells what the name of an agency is made of."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from nlp.resources import knowledge


class NameParts(NamedTuple):
    """The places that a name begins with, from the largest, and the office behind them."""

    places: tuple[str, ...]
    office: str


@lru_cache(maxsize=100_000)
def name_parts(name: str) -> NameParts:
    """Return what a folded name is made of.

    >>> name_parts("某某市西山区城市管理局")
    NameParts(places=('某某市', '西山区'), office='城市管理局')
    """
    places = []
    position = 0
    while match := _place().match(name, position):
        places.append(match.group())
        position = match.end()
    return NameParts(tuple(places), name[position:])


def rank(place: str) -> int:
    """Return the rank of a place by the end of its name, 1 for a province to 4 for a town; 0 for none.

    >>> rank("某某县"), rank("西山区"), rank("某某自治区")
    (3, 3, 1)
    """
    ranks: dict[str, int] = knowledge("reuse")["agency"]["ranks"]
    for length in (3, 2, 1):
        if place[-length:] in ranks:
            return ranks[place[-length:]]
    return 0


def own_names(name: str) -> list[str]:
    """Return the forms of its own name that an agency's text may hold, long ones first.

    >>> own_names("某某市西山区城市管理局")
    ['某某市西山区城市管理局', '西山区城市管理局', '某某市西山区', '城市管理局', '西山区']
    """
    places, office = name_parts(name)
    forms = {name}
    for start in range(len(places)):
        forms.add("".join(places[start:]) + office)
    if places:
        forms.add("".join(places))
        forms.add(places[-1])
    if len(office) > _SHORTEST_OFFICE:
        forms.add(office)
    return sorted((form for form in forms if len(form) > 1), key=lambda form: (-len(form), form))


_SHORTEST_OFFICE = 2


@cache
def _place() -> re.Pattern[str]:
    return re.compile(knowledge("reuse")["agency"]["places"])
