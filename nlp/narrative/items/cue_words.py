"""Knows the words that lead to problems and to measures: data/items.toml as compiled expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from nlp.narrative.wording import expression, wording

Zone = Literal["problems", "improvements", "both", "other"]
"""What a stretch of the fifth chapter lists; `both` where its title names problems and measures."""


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _words(section: str, name: str) -> str:
    return _any(wording("items")[section][name])


@cache
def general() -> re.Pattern[str]:
    """One or more words that say nothing of which problem or measure."""
    words = _any(word for words in wording("items")["general"].values() for word in words)
    return re.compile(rf"(?:(?>[ \t]|{_nouns()}|{words}))++")


def _nouns() -> str:
    return _any((*wording("items")["improvements"]["nouns"], *wording("items")["problems"]["nouns"]))


@cache
def agent() -> re.Pattern[str]:
    """Somebody of whose work something is said."""
    return re.compile(wording("items")["agent"])


@cache
def problem_noun() -> re.Pattern[str]:
    return re.compile(_words("problems", "nouns"))


@cache
def measure_noun() -> re.Pattern[str]:
    return re.compile(_words("improvements", "nouns"))


@cache
def other_noun() -> re.Pattern[str]:
    return re.compile(_words("other", "nouns"))


@cache
def lack() -> re.Pattern[str]:
    """A word by which a sentence names a shortcoming."""
    return re.compile(_words("problems", "lacks"))


@cache
def lead() -> re.Pattern[str]:
    """What stands before a problem in its sentence."""
    return re.compile(rf"(?:{_words('problems', 'leads')})[:,、]?\s*")


@cache
def verb() -> re.Pattern[str]:
    """What a measure starts with."""
    return re.compile(_words("improvements", "verbs"))


@cache
def opening() -> tuple[re.Pattern[str], ...]:
    """What a sentence of measures opens with; group `off` is no part of the measure."""
    return tuple(re.compile(form) for form in wording("items")["improvements"]["opens"])


@cache
def will() -> re.Pattern[str]:
    """Somebody who will do something, where measures are expected."""
    return re.compile(wording("items")["improvements"]["will"])


@cache
def against() -> tuple[re.Pattern[str], ...]:
    """A problem that the measure after it answers: group `problem`, or `plain` if it names a lack."""
    forms = wording("items")["against"]["forms"]
    return (the_last(), *(re.compile(form) for form in forms))


@cache
def the_last() -> re.Pattern[str]:
    """A measure that answers the problem just named: 针对这一问题."""
    return re.compile(wording("items")["against"]["the_last"])


@cache
def called(style: str) -> Zone | None:
    """Tell what the points of a style are by its name: 问题一, 措施2."""
    zones: dict[str, Zone] = {form["name"]: form.get("zone") for form in wording("enumerators")["style"]}
    return zones.get(style)


@cache
def counted() -> re.Pattern[str]:
    """A problem called by its number, or the one just named."""
    return re.compile(_any(wording("items")["against"]["counted"]))


@cache
def nothing() -> re.Pattern[str]:
    """What says that there is no item."""
    return re.compile(_any(wording("items")["nothing"]["forms"]))


def zone_of(words: str) -> Zone | None:
    """Tell what a title or clause of general words leads to; None where it does not say.

    >>> [zone_of(words) for words in ("存在的主要问题", "下一步改进措施", "2024年工作中存在问题的改进情况")]
    ['problems', 'improvements', 'improvements']
    >>> zone_of("存在的主要问题及改进情况"), zone_of("主要成效"), zone_of("2024年工作")
    ('both', 'other', None)
    """
    problem = problem_noun().search(words)
    rest = (
        words[: problem.start()] + "·" * len(problem.group()) + words[problem.end() :] if problem else words
    )
    measure = measure_noun().search(rest)
    if problem and measure:
        between = words[min(problem.end(), measure.end()) : max(problem.start(), measure.start())]
        answered = measure.start() > problem.start()
        if expression("items", "joined").search(between) and not (answered and _led(words)):
            return "both"
        return "improvements" if answered or _led(words) else "problems"
    if problem:
        return "improvements" if _led(words) else "problems"
    if measure:
        return "improvements"
    return "other" if other_noun().search(words) else None


def _led(words: str) -> bool:
    return expression("items", "led").match(words) is not None


def is_general(text: str) -> bool:
    """Tell whether a clause names no problem or measure of its own.

    >>> [is_general(text) for text in ("但仍存在一些不足", "政策解读形式单一")]
    [True, False]
    """
    words = text.strip(" ,、")
    who = agent().match(words)
    return bool(general().fullmatch(words) or (who and general().fullmatch(words, who.end())))
