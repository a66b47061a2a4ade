"""Reads one sentence of the fifth chapter: does it name a problem, a measure, or lead to some."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from nlp.narrative.items.sentences import (
    after_general_words,
    clauses,
    existence,
    names_shortcoming,
    praises,
    promises,
    without_lead,
)
from nlp.narrative.items.stretch import Statement
from nlp.narrative.vocabulary.cue_words import (
    Kind,
    end_of_announcement,
    is_general,
    kind_of,
    kinds_announced,
    measure_openings,
    measure_verb,
    names_problem,
    problem_lead,
    somebody_will,
)
from nlp.narrative.wording import expression


class Sentence(Struct, frozen=True, gc=False):
    """A sentence at `text[start:end]`, read under what was said before it (`expected`).

    `body` is where the words start behind clauses of general words, and `lead` what those lead to. With
    `introduces` an enumeration follows it.
    """

    text: str
    start: int
    end: int
    expected: Kind | None
    body: int
    lead: Kind | None
    introduces: bool


def statement(
    text: str, start: int, end: int, expected: Kind | None = None, introduces: bool = False
) -> Statement:
    """Return what the sentence at `text[start:end]` says, by the first of the rules that knows.

    `expected` is what was said before the sentence. With `introduces` an enumeration follows it.

    >>> sentence = "虽然取得了一定成绩,但仍存在更新不够及时、形式单一等问题。"
    >>> read = statement(sentence, 0, len(sentence))
    >>> read.kind, sentence[read.start:read.end]
    ('problems', '更新不够及时、形式单一')
    """
    body, lead = after_general_words(text, start, end)
    if lead == "improvements" and praises(text, start, end):
        body, lead = start, None
    sentence = Sentence(text, start, end, expected, body, lead, introduces)
    for rule in RULES:
        read = rule(sentence)
        if read is not None:
            return read
    return _without_cue(sentence)


def _measures(sentence: Sentence) -> Statement | None:
    """Read 下一步，我局将加强学习: a sentence that opens like measures, or whose first words lead to some."""
    text, start, body, end = sentence.text, sentence.start, sentence.body, sentence.end
    if praises(text, start, end):
        return None
    opening = _measure_opening(text, start, end)
    if opening is None and sentence.lead == "improvements":
        opening = _will_opening(text, body, end)
    if opening is None:
        opening = _measure_opening(text, body, end)
    if opening is None and sentence.lead != "improvements":
        return None
    place = body if opening is None else _after_announcement(text, opening, end)
    lead = expression("items", "measure_lead").match(text, place, end)
    first = lead.end() if lead else _measure_start(text, start, place, end)
    return Statement("improvements", first, without_lead(text, place, end), True)


def _problems_behind_lead(sentence: Sentence) -> Statement | None:
    """Read 存在以下问题：更新不及时: general words that lead to problems, and what follows them."""
    if sentence.lead is None:
        return None
    return _led(sentence.text, sentence.body, sentence.end, sentence.lead)


def _announcement_of_both(sentence: Sentence) -> Statement | None:
    """Read 问题及整改情况见下表: general words that lead to problems and measures, which say no item."""
    words = sentence.text[sentence.start : sentence.end].rstrip("。:;\n")
    if kinds_announced(words)[-1:] == ["both"]:
        return Statement(sentence.expected, sentence.end, sentence.end, False)
    return None


def _problems_behind_praise(sentence: Sentence) -> Statement | None:
    """Read 成效明显，但存在更新不及时等问题: the clause by which a sentence comes to its problems."""
    text, end = sentence.text, sentence.end
    if not names_problem(text[sentence.body : end]):
        return None
    for words, (start, clause_end) in clauses(text, sentence.body, end):
        if names_shortcoming(text, sentence.body, start):
            return None
        if kind_of(words) == "problems" and is_general(words):
            return _led(text, clause_end, end, "problems")
        named = expression("items", "named").match(text, existence(text, start, end), end)
        if named:
            return _existing_problems(named)
    return None


def _announcement(sentence: Sentence) -> Statement | None:
    """Read 翻看台账，问题也很明白：更新慢: words that lead to items by a noun, whatever else they say.

    A colon or examples stand behind them, or an enumeration. A clause that says what is done about problems
    announces none: 坚持问题导向.
    """
    text, start, end = sentence.text, sentence.start, sentence.end
    led = end_of_announcement().search(text, start, end)
    if led is None and not sentence.introduces:
        return None
    place = led.end() if led else end
    announcing = [words for words, _ in clauses(text, start, place)]
    for words in reversed(announcing):
        kind = kind_of(words)
        if kind == "problems" and measure_verb().match(words):
            return None
        if kind in ("problems", "improvements"):
            return _led(text, place, end, kind)
    return None


RULES: tuple[Callable[[Sentence], Statement | None], ...] = (
    _measures,
    _problems_behind_lead,
    _announcement_of_both,
    _problems_behind_praise,
    _announcement,
)
"""How sentences with a cue are read, the surest rule first; each returns None where its cue is missing."""


def _without_cue(sentence: Sentence) -> Statement:
    """Read a sentence that has no cue: by its words, under what was said before it."""
    text, start, end = sentence.text, sentence.body, sentence.end
    kind = sentence.expected
    if expression("items", "solved").search(text, start, end):
        return Statement("improvements", start, end, kind is None)
    lead: re.Match[str] | None = None
    if kind == "problems":
        lead = problem_lead().match(text, start, end)
    elif kind == "improvements":
        lead = expression("items", "measure_lead").match(text, start, end)
    if lead:
        start = lead.end()
    if kind is None and names_shortcoming(text, start, end):
        kind = "problems"
    if kind == "problems":
        start = _after_praise(text, start, end)
        start, _ = after_general_words(text, start, end)
        start = _after_existence(text, start, end)
    return Statement(kind, start, without_lead(text, start, end), False)


def _measure_opening(text: str, start: int, end: int) -> int | None:
    """Return where a measure starts whose sentence opens like one; None where it does not."""
    for form in measure_openings():
        opening = form.match(text, start, end)
        if opening:
            return opening.end("off") if opening["off"] else start
    return start if promises(text, start, end) else None


def _will_opening(text: str, start: int, end: int) -> int | None:
    """Return where a measure starts behind the words that somebody will do it: 我局将…"""
    opening = somebody_will().match(text, start, end)
    if opening is None or measure_verb().match(opening.group()):
        return None
    return opening.end()


def _after_announcement(text: str, start: int, end: int) -> int:
    """Go over the clauses of general words that announce measures, if that is what they do."""
    place, _ = after_general_words(text, start, end)
    return place if expression("items", "announces").search(text, start, place) else start


def _measure_start(text: str, start: int, place: int, end: int) -> int:
    """Return where the measure of a sentence starts, at `place` unless general words are all there is."""
    sentence = text[start:end].rstrip()
    if place < end or not sentence.endswith("。") or expression("items", "announces").search(sentence):
        return place
    last_clause = max(sentence.rfind(",") + 1, sentence.rfind(":") + 1)
    return start + last_clause if measure_verb().search(sentence, last_clause) else place


def _led(text: str, start: int, end: int, kind: Kind) -> Statement:
    """Read what follows the words that lead to it: 如…, 主要表现在…"""
    place = start
    if kind == "problems":
        while place < len(text) and text[place] == " ":
            place += 1
        lead = problem_lead().match(text, place, end)
        place = lead.end() if lead else start
    if place < end:
        place, _ = after_general_words(text, place, end)
    return Statement(kind, place, without_lead(text, place, end), True)


def _existing_problems(named: re.Match[str]) -> Statement | None:
    """Read the problems that a sentence says to exist: 存在…等问题."""
    start, words = named.start("what"), named["what"]
    ending = expression("items", "of").search(words)
    if ending:
        words = words[: ending.start()]
    if is_general(words):
        return None
    return Statement("problems", start, start + len(words), True)


def _after_praise(text: str, start: int, end: int) -> int:
    """Return where a sentence turns to what is lacking: 成效明显，但…"""
    for turn in expression("items", "turn").finditer(text, start, end):
        if not names_shortcoming(text, start, turn.start()):
            return turn.end()
    return start


def _after_existence(text: str, start: int, end: int) -> int:
    """Return where a sentence names what exists, if it says nothing else before: 目前还存在…"""
    place = existence(text, start, end)
    exists = expression("items", "exists").match(text, place, end)
    return exists.end() if exists and place > start else start
