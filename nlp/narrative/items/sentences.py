"""Cuts a stretch of folded text into sentences and clauses, and goes over words that lead to items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.narrative.vocabulary.cue_words import (
    Kind,
    general_words,
    is_general,
    kind_of,
    measure_verb,
    no_item,
    promise,
    shortcoming_word,
    takes_measure,
    time_of_measure,
)
from nlp.narrative.wording import expression
from nlp.record.model import Span

_CLAUSE = re.compile("[^,:。;!?\n]*[,:。;!?\n]?")
_CLAUSE_ENDS = ",:。;!?\n"


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield where the sentences of a stretch stand; a semicolon ends one, too.

    A sentence that names a shortcoming, or says that there is none, and goes on to what somebody will do
    is two.

    >>> text = "更新不及时;形式单一,下一步,将加强学习。"
    >>> [text[first:last] for first, last in sentences(text, 0, len(text))]
    ['更新不及时;', '形式单一,', '下一步,将加强学习。']
    """
    first = start
    for sentence_end in expression("items", "end").finditer(text, start, end):
        if text[first : sentence_end.start()].strip():
            yield from _in_two(text, first, sentence_end.end())
        first = sentence_end.end()
    if text[first:end].strip():
        yield from _in_two(text, first, end)


def _in_two(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, or a shortcoming and what somebody will do about it: 更新不够及时,我们将加强检查。"""
    place = _turn(text, start, end)
    if place is None:
        yield start, end
        return
    yield start, place
    yield place, end


def _turn(text: str, start: int, end: int) -> int | None:
    """Return where a sentence turns to what somebody will do; None where it does not."""
    pause = text.find(",", start, end)
    if pause >= 0 and no_item().fullmatch(text, start, pause):
        return pause + 1
    if expression("items", "answers").match(text, start) or measure_verb().match(text, start):
        return None
    turn = expression("items", "goes_on").search(text, start, end)
    place = turn.end() if turn else None
    if place is None and expression("items", "solved").search(text, start, end):
        return None
    while place is None and pause >= 0:
        if takes_measure(text, pause + 1, end) and not names_shortcoming(text, pause + 1, end):
            place = pause + 1
        pause = text.find(",", pause + 1, end)
    return place if place is not None and names_shortcoming(text, start, place) else None


def promises(text: str, start: int, end: int) -> bool:
    """Return whether a clause says what will be done, without who does it.

    >>> promises("将加强检查。", 0, 6), promises("将对工作造成影响。", 0, 9)
    (True, False)
    """
    return promise().match(text, start, end) is not None and not names_shortcoming(text, start, end)


def praises(text: str, start: int, end: int) -> bool:
    """Return whether a sentence opens with praise of work that was done as planned.

    >>> praises("2022年,工作按计划有序推进。", 0, 17), praises("下一步将按计划推进。", 0, 10)
    (True, False)
    """
    praise = expression("items", "praise").match(text, start, end)
    return praise is not None and expression("items", "future").search(praise.group()) is None


def clauses(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the clauses of a stretch: their words without the mark that closes them, and where they stand.

    An empty clause ends them: two marks follow each other.

    >>> [words for words, _ in clauses("虽有成绩,但仍有不足:更新慢。", 0, 14)]
    ['虽有成绩', '但仍有不足', '更新慢']
    """
    place = start
    while place < end:
        clause = _CLAUSE.match(text, place, end)
        words = clause.group().rstrip(_CLAUSE_ENDS) if clause else ""
        if clause is None or not words:
            return
        yield words, clause.span()
        place = clause.end()


def after_general_words(text: str, start: int, end: int) -> tuple[int, Kind | None]:
    """Go over the clauses of general words that a sentence opens with.

    Return where the words behind them start and what they lead to, problems or measures, None if neither.
    They are gone over only where they lead to something or something follows.

    >>> after_general_words("目前存在以下不足:更新不及时。", 0, 15)
    (9, 'problems')
    """
    kind: Kind | None = None
    place = start
    while place < end:
        connective = expression("items", "connective").match(text, place, end)
        if connective:
            place = connective.end()
            continue
        clause = next(clauses(text, place, end), None)
        if clause is None or not is_general(clause[0]):
            break
        words, (_, place) = clause
        clause_kind = kind_of(words)
        if clause_kind in ("problems", "improvements"):
            kind = clause_kind
    if place < end:
        linked = _after_link(text, place, end)
        if linked:
            return linked
    is_gone_over = kind is not None or place < end
    return (place if is_gone_over else start), kind


def _after_link(text: str, start: int, end: int) -> tuple[int, Kind] | None:
    """Go over general words that a clause opens with and links to what follows: 存在的主要问题是…"""
    words = general_words().match(text, start, end)
    if words is None:
        return None
    problem = expression("items", "link").match(text, start, words.end())
    if problem:
        return problem.end(), "problems"
    measure = expression("items", "measure_link").match(text, start, words.end())
    return (measure.end(), "improvements") if measure else None


def existence(text: str, start: int, end: int) -> int:
    """Return where a clause says that something exists, if it says nothing else before; else `start`.

    >>> existence("目前还存在更新不及时的问题", 0, 13)
    3
    """
    words = general_words().match(text, start, end)
    if words is None:
        return start
    place = start
    for exists in expression("items", "exists").finditer(text, start, words.end()):
        place = max(place, exists.start())
    return place


def without_lead(text: str, start: int, end: int) -> int:
    """Return the end of a sentence; its `start` if it closes with a colon, since it only leads to others."""
    return start if text[start:end].rstrip().endswith(":") else end


def is_measure(text: str, start: int, end: int) -> bool:
    """Return whether a sentence without a cue reads like a measure.

    >>> [is_measure(text, 0, len(text)) for text in ("加强学习。", "2023年起加强学习。", "加强学习不够。")]
    [True, True, False]
    """
    time = time_of_measure().match(text, start, end)
    verb = measure_verb().match(text, time.end() if time else start, end)
    return verb is not None and not names_shortcoming(text, start, end)


def measure_taken(text: str, start: int, end: int) -> int | None:
    """Return where a sentence, behind one that names a problem, says what was or will be done, else None.

    >>> measure_taken("目前,我局已安排专人更新。", 0, 13), measure_taken("我局已开通的专栏更新慢。", 0, 12)
    (3, None)
    """
    place, _ = after_general_words(text, start, end)
    if takes_measure(text, place, end) and not names_shortcoming(text, start, end):
        return place
    return None


def names_shortcoming(text: str, start: int, end: int) -> bool:
    """Return whether a stretch holds a word that names a shortcoming."""
    return shortcoming_word().search(text, start, end) is not None


def opens_with_answer(text: str, place: int) -> bool:
    """Return whether the sentence at a place says what is done about the one before it: 为此, 对此."""
    return expression("items", "answering").match(text, place) is not None


def adds_item(text: str, place: int) -> bool:
    """Return whether the sentence at a place adds one more item to a list: 此外, …"""
    return expression("items", "besides").match(text, place) is not None


def gives_examples(text: str, place: int) -> bool:
    """Return whether the sentence at a place gives examples of what the one before speaks of: 如更新慢等。"""
    return expression("items", "examples").match(text, place) is not None
