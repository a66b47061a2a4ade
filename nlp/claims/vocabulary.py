"""The words by which prose speaks of numbers, from data/claims.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from nlp.resources import knowledge


class Kind(Struct, frozen=True):
    """What a number may speak of.

    `zh` is its name in Chinese. `cells` are sums of rows or cells of the tables that have it, the likeliest
    first; none where the tables do not have it. `but_for` is a row whose number may be in theirs, and is
    not in the prose.
    """

    id: str
    zh: str
    cells: tuple[str, ...]
    but_for: str | None = None


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of number by its id.

    >>> kinds()["carried_over"].cells, kinds()["published"].cells
    (('requests.carried_over',), ())
    """
    listed = msgspec.convert(_data()["kind"], list[Kind])
    return {kind.id: kind for kind in listed}


@cache
def units() -> dict[str, Any]:
    """Return what numbers count: `counters`, `money` with what a unit is in 万元, `percent`, `multiples`."""
    found: dict[str, Any] = _data()["units"]
    return found


@cache
def name_ends() -> frozenset[str]:
    """Return the characters with which names of bodies and persons end.

    >>> "局" in name_ends(), "碧" in name_ends()
    (True, False)
    """
    return frozenset(_data()["name_ends"])


def word_at(text: str, start: int) -> tuple[str, str] | None:
    """Return the longest word that begins at a place of a text and its role; None where none does.

    >>> word_at("行政复议申请", 0), word_at("申请", 0), word_at("碧", 0)
    (('行政复议申请', 'review'), ('申请', 'application'), None)
    """
    if text[start] not in _by_first_character():
        return None
    match = _beginning_with(text[start]).match(text, start)
    return None if match is None else (match[0], _roles()[match[0]])


def may_speak(sentence: str) -> bool:
    """Return whether a sentence may have a number that speaks of cells: most have none, and are not read.

    >>> may_speak("收到申请3件。"), may_speak("召开会议3次。"), may_speak("认真办理申请。")
    (True, False, False)
    """
    if _matters().search(sentence) is None:
        return False
    return _counted().search(sentence) is not None or _all_or_none().search(sentence) is not None


def names_requests(sentence: str) -> bool:
    """Return whether a sentence names applications for information.

    >>> names_requests("依申请公开工作规范有序。"), names_requests("公开工作规范有序。")
    (True, False)
    """
    return _requests().search(sentence) is not None


@cache
def _requests() -> re.Pattern[str]:
    words = _data()["words"]
    return re.compile("|".join(map(re.escape, [*words["request"], *words["about_requests"]])))


@cache
def _matters() -> re.Pattern[str]:
    """Return an expression of what a sentence must name."""
    return re.compile("|".join(_data()["gates"]))


@cache
def _counted() -> re.Pattern[str]:
    """Return an expression of a number with what it counts."""
    numbers = knowledge("numbers")["cells"]
    numerals = "".join([*numbers["digits"], *numbers["powers"]])
    between = "".join([*units()["above"], *units()["multiples"], " "])
    counted = "|".join([*units()["counters"], *units()["money"], *units()["percent"]])
    return re.compile(rf"[\d{numerals}][{between}]*(?:{counted})")


@cache
def _all_or_none() -> re.Pattern[str]:
    """Return an expression of the words that stand for a number."""
    return re.compile("|".join([*_data()["words"]["none"], *_data()["words"]["all"]]))


@cache
def _roles() -> dict[str, str]:
    """Return the role of every word."""
    return {word: role for role, listed in _data()["words"].items() for word in listed}


@cache
def _by_first_character() -> dict[str, list[str]]:
    """Return the words by their first character, the longest first."""
    words: dict[str, list[str]] = {}
    for word in sorted(_roles(), key=len, reverse=True):
        words.setdefault(word[0], []).append(word)
    return words


@cache
def _beginning_with(first: str) -> re.Pattern[str]:
    """Return an expression of the words that begin with a character: most pages need few of these."""
    return re.compile("|".join(map(re.escape, _by_first_character()[first])))


@cache
def _data() -> dict[str, Any]:
    return knowledge("claims")
