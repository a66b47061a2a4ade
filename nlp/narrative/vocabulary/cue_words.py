"""The words that lead to problems and to measures: data/items.toml as compiled expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from nlp.narrative.wording import expression, wording
from nlp.text.cells import longest_of

Kind = Literal["problems", "improvements", "both", "other"]
"""What a stretch of the fifth chapter lists; `both` where its title names problems and measures."""


def kind_of(words: str) -> Kind | None:
    """Return what a title or a clause of general words leads to; None where it does not say.

    >>> [kind_of(words) for words in ("存在的主要问题", "下一步改进措施", "2024年工作中存在问题的改进情况")]
    ['problems', 'improvements', 'improvements']
    >>> kind_of("存在的主要问题及改进情况"), kind_of("主要成效"), kind_of("2024年工作")
    ('both', 'other', None)
    """
    problem = _problem_noun().search(words)
    if problem is None:
        if _measure_noun().search(words):
            return "improvements"
        return "other" if _other_noun().search(words) else None
    hidden = "·" * len(problem.group())
    measure = _measure_noun().search(words[: problem.start()] + hidden + words[problem.end() :])
    is_answered = expression("items", "led").match(words) is not None
    if measure is None:
        return "improvements" if is_answered else "problems"
    between = words[min(problem.end(), measure.end()) : max(problem.start(), measure.start())]
    measure_is_last = measure.start() > problem.start()
    answers_problem = measure_is_last and is_answered
    if expression("items", "joined").search(between) and not answers_problem:
        return "both"
    return "improvements" if measure_is_last or is_answered else "problems"


def is_general(text: str) -> bool:
    """Return whether a clause names no problem or measure of its own.

    >>> [is_general(text) for text in ("但仍存在一些不足", "政策解读形式单一")]
    [True, False]
    """
    words = text.strip(" ,、")
    if general_words().fullmatch(words):
        return True
    agent = _agent().match(words)
    return agent is not None and general_words().fullmatch(words, agent.end()) is not None


def kinds_announced(words: str) -> list[Kind | None]:
    """Return what each clause of words that announce items leads to; none where one says an item itself.

    >>> kinds_announced("存在的问题,改进措施"), kinds_announced("更新较慢,但仍存在一些不足")
    (['problems', 'improvements'], [])
    """
    clauses = words.split(",")
    return [kind_of(clause) for clause in clauses] if all(map(is_general, clauses)) else []


def names_problem(words: str) -> bool:
    """Return whether words hold a noun for problems: 问题, 不足, 困难."""
    return _problem_noun().search(words) is not None


@cache
def general_words() -> re.Pattern[str]:
    """One or more words that do not say which problem or measure is spoken of."""
    groups = wording("items")["general"].values()
    words = longest_of(word for group in groups for word in group)
    nouns = longest_of((*wording("items")["improvements"]["nouns"], *wording("items")["problems"]["nouns"]))
    return re.compile(rf"(?:(?>[ \t]|{nouns}|{words}))++")


@cache
def shortcoming_word() -> re.Pattern[str]:
    """A word by which a sentence names a shortcoming: 不及时, 滞后, 有待."""
    return re.compile(_words("problems", "lacks"))


@cache
def end_of_announcement() -> re.Pattern[str]:
    """Where words that announce items end: a colon, a link, or a comma before examples."""
    words = wording("items")["expressions"]
    return re.compile(f"{words['led_to']}|,(?={words['examples']}|{words['in_particular']})")


@cache
def problem_lead() -> re.Pattern[str]:
    """What stands before a problem in its sentence: 如, 主要表现在."""
    return re.compile(rf"(?:{_words('problems', 'leads')})[:,、]?\s*")


@cache
def measure_verb() -> re.Pattern[str]:
    """What a measure starts with: 加强, 完善."""
    verbs = wording("items")["improvements"]["verbs"]
    return re.compile(longest_of([*verbs, _done().pattern]))


def takes_measure(text: str, start: int, end: int) -> bool:
    """Return whether a clause says that a measure was or will be taken, and by whom if it says so.

    >>> clauses = ("我局已安排专人", "我局修订了目录", "将加强检查", "我局公开目录")
    >>> [takes_measure(text, 0, len(text)) for text in clauses]
    [True, True, True, False]
    """
    if _did().match(text, start, end) or promise().match(text, start, end):
        return True
    agent = _agent().match(text, start, end)
    return _done().match(text, agent.end() if agent else start, end) is not None


@cache
def time_of_measure() -> re.Pattern[str]:
    """When something was done, before its verb: 2023年起…"""
    return re.compile(wording("items")["improvements"]["when"])


@cache
def measure_openings() -> tuple[re.Pattern[str], ...]:
    """What a sentence of measures opens with; group `off` is no part of the measure."""
    return tuple(re.compile(form) for form in wording("items")["improvements"]["opens"])


@cache
def somebody_will() -> re.Pattern[str]:
    """Somebody who will do something, where measures are expected."""
    return re.compile(wording("items")["improvements"]["will"])


@cache
def answered_problems() -> tuple[re.Pattern[str], ...]:
    """Problems named with the measure that answers them: group `problem`, or `plain` if it names a lack."""
    forms = wording("items")["against"]["forms"]
    return (answered_last(), *(re.compile(form) for form in forms))


@cache
def answered_last() -> re.Pattern[str]:
    """What opens a measure that answers the problem just named: 针对这一问题."""
    return re.compile(wording("items")["against"]["the_last"])


@cache
def problem_reference() -> re.Pattern[str]:
    """A problem called by its number (`number`, `after`), or the one just named (`last`)."""
    return re.compile(longest_of(wording("items")["against"]["counted"]))


@cache
def no_item() -> re.Pattern[str]:
    """What says that there is no item: 无, 不存在问题."""
    return re.compile(longest_of(wording("items")["nothing"]["forms"]))


@cache
def kind_of_style(style: str) -> Kind | None:
    """Return what the points of a style of enumerators are by its name: 问题一, 措施2."""
    for form in wording("enumerators")["style"]:
        if form["name"] == style:
            kind: Kind | None = form.get("zone")
            return kind
    return None


@cache
def _done() -> re.Pattern[str]:
    """What a measure that was taken already starts with: 已制定, 现已完成."""
    return re.compile(wording("items")["improvements"]["done"])


@cache
def promise() -> re.Pattern[str]:
    """What will be done, told without who does it: 将加强检查, 将目录作为…"""
    words = wording("items")["improvements"]
    acts = longest_of([*words["verbs"], words["put"]])
    return re.compile(f"(?:{words['promised']})(?:{acts})")


@cache
def _did() -> re.Pattern[str]:
    """What somebody did, told without 已: 我局修订了…"""
    return re.compile(wording("items")["improvements"]["did"])


@cache
def _agent() -> re.Pattern[str]:
    """Somebody whose work is spoken of."""
    return re.compile(wording("items")["agent"])


@cache
def _problem_noun() -> re.Pattern[str]:
    return re.compile(_words("problems", "nouns"))


@cache
def _measure_noun() -> re.Pattern[str]:
    return re.compile(_words("improvements", "nouns"))


@cache
def _other_noun() -> re.Pattern[str]:
    return re.compile(_words("other", "nouns"))


def _words(section: str, name: str) -> str:
    return longest_of(wording("items")[section][name])
