"""Tells where the name of a site ends that stands before an agency's own name, on its line or above it."""

from __future__ import annotations

import re

from nlp.narrative.identity.located import Located
from nlp.narrative.vocabulary.agency_names import is_full_name, is_name, is_site_name, kinds_of_name
from nlp.narrative.vocabulary.place_names import opens_with_city, opens_with_division
from nlp.narrative.wording import expression

_SHORTEST_PLACE = 2

_SHORTEST_NAME = 4
"""A name in full has at least so many characters: 某县政府."""


def without_site(name: Located) -> Located:
    """Return a name without that of the site before it; as it is where no site's stands there.

    What belongs to a government is told by where it lies: a street office has no county of its own.

    >>> words = "某某县人民政府某某县水利局"
    >>> without_site(Located(words, words, range(len(words)))).text
    '某某县水利局'
    >>> words = "某某区人民政府丙丁街道办事处"
    >>> without_site(Located(words, words, range(len(words)))).text
    '某某区人民政府丙丁街道办事处'
    """
    own = name
    for site in expression("identity", "site").finditer(name.folded):
        rest = name.part(site.end(), len(name.folded))
        if is_name(rest.folded) and _is_of_its_own(name, site):
            own = rest
    return own


def may_be_several(name: Located) -> bool:
    """Return whether what reads as one name may be several: links side by side, or a site and an agency.

    A name in full stands behind another one there: after white space, on the next line, or with its place
    again.

    >>> words = "某某县教育局某某县公安局"
    >>> may_be_several(Located(words, words, range(len(words))))
    True
    >>> words = "某某市生态环境局某某县分局"
    >>> may_be_several(Located(words, words, range(len(words))))
    False
    """
    return _may_hold_site(name) or _are_names_side_by_side(name)


def names_apart(line: Located) -> list[Located]:
    """Return the names that white space parts in a line; the whole line where it is no more than one name.

    >>> words = "中共丙丁镇委员会丙丁镇人民政府"
    >>> [name.text for name in names_apart(Located(words, words, [*range(8), *range(9, 16)]))]
    ['中共丙丁镇委员会', '丙丁镇人民政府']
    """
    if not may_be_several(line):
        return [line]
    starts = [0]
    for place in range(1, len(line.folded)):
        if _is_apart(line, place):
            starts.append(place)
    ends = [*starts[1:], len(line.folded)]
    return [line.part(start, end) for start, end in zip(starts, ends, strict=True)]


def _are_names_side_by_side(name: Located) -> bool:
    for start in range(_SHORTEST_NAME, len(name.folded) - _SHORTEST_NAME + 1):
        first, second = name.folded[:start], name.folded[start:]
        if is_site_name(first) or not is_full_name(first) or not is_full_name(second):
            continue
        if _is_apart(name, start) or _place_of(first) == _place_of(second) != "":
            return True
    return False


def _place_of(name: str) -> str:
    """Return the place that a name begins with; "" where it begins with none."""
    place = expression("identity", "place_first").match(name)
    return "" if place is None else place.group()


def _may_hold_site(name: Located) -> bool:
    """Return whether a name goes on behind a government's, on the next line or after white space.

    What stands there may be a part of that government, or another agency below the name of its site.
    """
    for site in expression("identity", "site").finditer(name.folded):
        rest = name.folded[site.end() :]
        if is_name(rest) and _is_apart(name, site.end()) and "town" not in kinds_of_name(rest):
            return True
    return False


def _is_apart(name: Located, place: int) -> bool:
    """Return whether white space or the end of a line stands before a character of a name."""
    return name.offsets[place] > name.offsets[place - 1] + 1


def _is_of_its_own(name: Located, site: re.Match[str]) -> bool:
    """Return whether what follows a site's name is no part of one name with it."""
    rest = name.folded[site.end() :]
    if site["web"] or opens_with_division(rest) or _repeats_place(site, rest):
        return True
    if expression("identity", "national").match(rest) is not None:
        return True
    return _is_apart(name, site.end()) and opens_with_city(rest) and "town" not in kinds_of_name(rest)


def _repeats_place(site: re.Match[str], rest: str) -> bool:
    """Return whether a name begins with the place whose government the site is: 某某县 of 某某县人民政府.

    The place may have another before it (某某市某某县人民政府), or its party committee (某某县委某某县政府).
    """
    if not site["government"]:
        return False
    before = site.string[: site.start()]
    if len(before) >= _SHORTEST_PLACE and rest.startswith(before):
        return True
    place = expression("identity", "place_first").match(rest)
    return place is not None and place.group() in before
