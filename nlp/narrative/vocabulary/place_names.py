"""The places of the published lists (data/divisions) that a name begins with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from nlp.resources import division_rows, town_rows
from nlp.text.folding import fold

_LONGEST = 16
"""No place of the lists has a longer name."""

_SHORTEST = 2

_CITY = "00"
"""What the codes of provinces and cities end in."""


def opens_with_place(folded: str) -> bool:
    """Return whether a folded name begins with a place: a division or a city called in short, or a town.

    >>> opens_with_place("和平区教育局"), opens_with_place("日照海关"), opens_with_place("对青山镇人民政府")
    (True, True, True)
    >>> opens_with_place("和教育局")
    False
    """
    return opens_with_division(folded) or opens_with_city(folded) or _opens_with(folded, _town_names())


def opens_with_division(folded: str) -> bool:
    """Return whether a folded name begins with a province, city or county as it is called in full."""
    return _opens_with(folded, _division_names())


def opens_with_city(folded: str) -> bool:
    """Return whether a folded name begins with a province or city without what says its level: 日照."""
    return _opens_with(folded, _city_stems())


def is_place_torn(above: str, below: str) -> bool:
    """Return whether the name of a division or a town begins at the end of a line and ends on the next.

    >>> is_place_torn("吉林省四平市伊通满", "族自治县商务局"), is_place_torn("四平市", "铁西区商务局")
    (True, False)
    """
    for start in range(max(len(above) - _LONGEST, 0), len(above)):
        rest = above[start:]
        for length in range(1, min(_LONGEST - len(rest), len(below)) + 1):
            place = rest + below[:length]
            if place in _division_names() or place in _town_names():
                return True
    return False


def _opens_with(folded: str, names: frozenset[str]) -> bool:
    lengths = range(_SHORTEST, min(_LONGEST, len(folded)) + 1)
    return any(folded[:length] in names for length in lengths)


@cache
def _division_names() -> frozenset[str]:
    return _as_read(name for _, name, _, _ in division_rows())


@cache
def _city_stems() -> frozenset[str]:
    cities = [name for code, name, _, _ in division_rows() if code.endswith(_CITY)]
    stems = [name.removesuffix("地区") if name.endswith("地区") else name[:-1] for name in cities]
    return _as_read(stem for stem in stems if len(stem) >= _SHORTEST)


@cache
def _town_names() -> frozenset[str]:
    return _as_read(name for name, _ in town_rows())


def _as_read(names: Iterable[str]) -> frozenset[str]:
    """Return names as a page's are read, where 乾 is 干: all at once, which is quick."""
    return frozenset(fold("\n".join(names)).split("\n"))
