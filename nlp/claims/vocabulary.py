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


def word_at(text: str, start: int) -> tuple[str, str] | None:
    """Return the longest word that begins at a place of a text and its role; None where none does.

    >>> word_at("行政复议申请", 0), word_at("申请", 0), word_at("碧", 0)
    (('行政复议申请', 'review'), ('申请', 'application'), None)
    """
    for word, role in _by_first_character().get(text[start], ()):
        if text.startswith(word, start):
            return word, role
    return None


def may_speak(paragraph: str) -> bool:
    """Return whether a paragraph may have a number that speaks of cells: most have none, and are not read.

    >>> may_speak("收到申请3件。"), may_speak("召开会议3次。"), may_speak("认真办理申请。")
    (True, False, False)
    """
    matters, numbers = _gates()
    return matters.search(paragraph) is not None and numbers.search(paragraph) is not None


@cache
def _gates() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a paragraph must name, and what it must have: a number, or words that stand for one."""
    numerals = "".join(knowledge("numbers")["cells"]["digits"]) + "".join(
        knowledge("numbers")["cells"]["powers"]
    )
    counters = "|".join(units()["counters"])
    words = "|".join([*_data()["words"]["none"], *_data()["words"]["all"]])
    counted = rf"\d|[{numerals}](?:{counters})|{words}"
    return re.compile("|".join(_data()["gates"])), re.compile(counted)


@cache
def _by_first_character() -> dict[str, list[tuple[str, str]]]:
    """Return the words, the longest first, with their roles by their first characters."""
    words: dict[str, list[tuple[str, str]]] = {}
    for role, listed in _data()["words"].items():
        for word in listed:
            words.setdefault(word[0], []).append((word, role))
    for first, pairs in words.items():
        words[first] = sorted(pairs, key=lambda pair: -len(pair[0]))
    return words


@cache
def _data() -> dict[str, Any]:
    return knowledge("claims")
