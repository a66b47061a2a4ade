"""The places of the published lists (data/divisions) that a name begins with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from nlp.record.model import Span
from nlp.resources import division_rows, town_rows
from nlp.text.folding import fold

_LONGEST = 16
"""No place of the lists has a longer name."""

_SHORTEST = 2

_CITY = "00"
"""What the codes of provinces and cities end in."""

_TOWN = "*"
"""What stands for a town behind the code of its county."""

_WORDS_OF_LEVELS = ("省", "市州盟", "县区旗", "镇乡街")
"""What the names of places end in, from the largest down."""
_LEVELS = re.compile(f"[{''.join(_WORDS_OF_LEVELS)}]")


def opens_with_place(folded: str) -> bool:
    """Return whether a folded name begins with a place: a division or a city called in short, or a town.

    >>> opens_with_place("和平区教育局"), opens_with_place("日照海关"), opens_with_place("对青山镇人民政府")
    (True, True, True)
    >>> opens_with_place("和教育局")
    False
    """
    return opens_with_division(folded) or opens_with_city(folded) or _opens_with(folded, _town_codes())


def opens_with_division(folded: str) -> bool:
    """Return whether a folded name begins with a province, city or county as it is called in full."""
    return _opens_with(folded, _division_codes())


def opens_with_city(folded: str) -> bool:
    """Return whether a folded name begins with a province or city without what says its level: 日照."""
    return _opens_with(folded, _city_stems())


def divisions_in(folded: str) -> list[Span]:
    """Return where a folded name holds provinces, cities or counties as they are called in full.

    The name of one that is only a part of another's is left out, as one of two characters is: 安吉县, 城区.

    >>> divisions_in("同意合肥市肥西县水利局"), divisions_in("安吉县水利局")
    ([(2, 5), (5, 8)], [(0, 3)])
    """
    spans: list[Span] = []
    end_of_last = 0
    for start in range(len(folded)):
        for length in range(min(_LONGEST, len(folded) - start), _SHORTEST, -1):
            if folded[start : start + length] in _division_codes():
                if start >= end_of_last:
                    spans.append((start, start + length))
                    end_of_last = start + length
                break
    return spans


def start_of_torn_place(above: str, below: str) -> int | None:
    """Return where in a line the name of a listed place begins that ends on the next; None where none does.

    >>> start_of_torn_place("四平市伊通满", "族自治县商务局"), start_of_torn_place("四平市", "铁西区商务局")
    (3, None)
    """
    for start in range(max(len(above) - _LONGEST, 0), len(above)):
        rest = above[start:]
        for length in range(1, min(_LONGEST - len(rest), len(below)) + 1):
            place = rest + below[:length]
            if place in _division_codes() or place in _town_codes():
                return start
    return None


def lies_in(name: str, place: str) -> bool | None:
    """Return whether the place that a name begins with lies in the one that another name ends with.

    Divisions are looked for first, then towns; None where the lists lack one of the two.

    >>> lies_in("綦江区城市管理局", "重庆市"), lies_in("深圳市水务局", "广州市")
    (True, False)
    >>> lies_in("半岗镇人民政府", "阜阳市颍上县"), lies_in("丙丁镇人民政府", "阜阳市颍上县")
    (True, None)
    """
    inner = _codes_of_start(name)
    outer = _codes_of_end(place)
    if not inner or not outer:
        return None
    return any(_contains(one, other) for one in outer for other in inner)


def may_lie_in(name: str, place: str) -> bool:
    """Return whether the words that say how large two places are let one lie in the other.

    The places are the one that a name begins with and the one that another name ends with.

    >>> may_lie_in("某某区城市管理局", "某某市"), may_lie_in("某某市水利局", "某某区")
    (True, False)
    """
    first = _LEVELS.search(name)
    last = _LEVELS.search(place[::-1])
    return first is not None and last is not None and _level(last.group()) < _level(first.group())


def _codes_of_start(name: str) -> list[str]:
    """Return the codes of the divisions, else of the towns, that a name begins with."""
    lengths = range(min(_LONGEST, len(name)), _SHORTEST - 1, -1)
    for length in lengths:
        if name[:length] in _division_codes():
            return _division_codes()[name[:length]]
    for length in lengths:
        if name[:length] in _town_codes():
            return [code + _TOWN for code in _town_codes()[name[:length]].split(",")]
    return []


def _codes_of_end(place: str) -> list[str]:
    """Return the codes of the divisions that a name ends with."""
    for length in range(min(_LONGEST, len(place)), _SHORTEST - 1, -1):
        if place[-length:] in _division_codes():
            return _division_codes()[place[-length:]]
    return []


def _contains(outer: str, inner: str) -> bool:
    """Return whether the code of a division is that of a part of another: 110101 of 110000.

    >>> _contains("110000", "110101"), _contains("110101", "110000"), _contains("320500", "320583")
    (True, False, True)
    """
    stem = outer.removesuffix(_CITY).removesuffix(_CITY)
    return outer != inner and inner.startswith(stem)


def _level(word: str) -> int:
    """Return how far down from the province a place is, by the word that its name ends in."""
    return next(level for level, words in enumerate(_WORDS_OF_LEVELS) if word in words)


def _opens_with(folded: str, names: Collection[str]) -> bool:
    lengths = range(_SHORTEST, min(_LONGEST, len(folded)) + 1)
    return any(folded[:length] in names for length in lengths)


@cache
def _division_codes() -> dict[str, list[str]]:
    """Map the names of divisions, as read, to their codes: several have one name."""
    codes: dict[str, list[str]] = {}
    rows = list(division_rows())
    names = _as_read(name for _, name, _, _ in rows)
    for (code, _, _, _), name in zip(rows, names, strict=True):
        codes.setdefault(name, []).append(code)
    return codes


@cache
def _city_stems() -> frozenset[str]:
    cities = [name for code, name, _, _ in division_rows() if code.endswith(_CITY)]
    stems = [name.removesuffix("地区") if name.endswith("地区") else name[:-1] for name in cities]
    return frozenset(_as_read(stem for stem in stems if len(stem) >= _SHORTEST))


@cache
def _town_codes() -> dict[str, str]:
    """Map the names of towns, as read, to the codes of their counties, parted by commas."""
    rows = town_rows()
    return dict(zip(_as_read(name for name, _ in rows), (codes for _, codes in rows), strict=True))


def _as_read(names: Iterable[str]) -> list[str]:
    """Return names as a page's are read, where 乾 is 干: all at once, which is quick."""
    return fold("\n".join(names)).split("\n")
