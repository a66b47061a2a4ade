"""Tells where text turns from a problem to its measure, and where an enumeration ends."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.items.outline import Outline
from nlp.narrative.items.sentences import (
    adds_item,
    is_measure,
    measure_taken,
    names_shortcoming,
    opens_with_answer,
    sentences,
)
from nlp.narrative.items.statements import statement
from nlp.narrative.items.stretch import ANSWERED_PROBLEM, TITLE, Point
from nlp.narrative.vocabulary.cue_words import Kind, problem_reference
from nlp.narrative.wording import expression

_FULL_STOPS = ("。", "!", "?")

_LONGEST_ARROW = 2
"""Characters of what leads over from a problem to its measure, as a dash."""

_TELLING_SENTENCES = 2
"""Sentences by which a point is judged: its title and the one after."""


def kind_by_words(outline: Outline, point: Point) -> Kind | None:
    """Return whether a point is a problem or a measure by its own words; None where they do not tell.

    What its second sentence says by words that lead to it, as 我局将…, is not said of the point.

    >>> outline = Outline("一是更新不及时。二是加强学习。")
    >>> [kind_by_words(outline, point) for point in outline.runs(0, 15)[0]]
    ['problems', 'improvements']
    """
    if point.problem is not None:
        return "improvements"
    for count, (start, end) in enumerate(sentences(outline.text, point.body, point.end)):
        if count == _TELLING_SENTENCES:
            break
        if count > 0 and _answers_sentence_before(outline, start):
            return "problems"
        if is_measure(outline.text, start, end):
            return "improvements"
        read = statement(outline.text, start, end)
        if count > 0 and read.is_explicit and read.start > start:
            return None
        if read.is_item:
            return read.kind
    return None


def _answers_sentence_before(outline: Outline, place: int) -> bool:
    """Return whether the sentence at a place says what is done about the one before.

    It does with 为此, 针对这一问题 and 改进措施:.
    """
    point = outline.at(place)
    if point is not None and point.style == TITLE:
        return point.kind == "improvements"
    if point is not None and point.style == ANSWERED_PROBLEM:
        problem = point.problem
        return problem is not None and problem_reference().fullmatch(outline.text, *problem) is not None
    return opens_with_answer(outline.text, place)


def kind_of_run(
    kinds_by_words: Sequence[Kind | None], expected: Kind | None, follows_run: bool
) -> Kind | None:
    """Return what an enumeration is about: what was said before it, else what its points look like.

    One that `follows_run`, another one under the same words, is about measures where all its points look
    so. None where some points are problems and some are measures, or none is either.

    >>> kind_of_run(["problems", None], None, False), kind_of_run(["problems", "improvements"], None, False)
    ('problems', None)
    """
    looks = {kind for kind in kinds_by_words if kind is not None}
    all_measures = bool(kinds_by_words) and all(kind == "improvements" for kind in kinds_by_words)
    if expected == "problems" and follows_run and all_measures:
        return "improvements"
    if expected in ("problems", "improvements"):
        return expected
    return looks.pop() if len(looks) == 1 else None


def turn_of_point(outline: Outline, point: Point, kind: Kind | None, is_guessed: bool) -> int | None:
    """Return where a point of some kind turns to something else, None where it does not.

    `is_guessed` where only the words of the points tell their kind.
    """
    for start, end in sentences(outline.text, point.body, point.end):
        if start > point.body and _turns(outline, start, end, kind, is_guessed):
            return start
    return None


def _turns(outline: Outline, start: int, end: int, kind: Kind | None, is_guessed: bool) -> bool:
    """Return whether a sentence is about something else than the point of some kind in which it stands."""
    inner = outline.at(start)
    if inner is not None:
        if inner.kind is not None:
            return inner.kind != kind
        if inner.style == ANSWERED_PROBLEM:
            return kind != "improvements"
        start = inner.body
    read = statement(outline.text, start, end, kind)
    if kind == "improvements":
        return read.is_explicit and read.kind == "problems" and read.only_leads
    if read.is_explicit:
        return read.kind == "improvements"
    if expression("items", "leads_over").search(outline.text, start - _LONGEST_ARROW, start):
        return True
    if kind == "problems" and measure_taken(outline.text, start, end) is not None:
        return True
    return is_guessed and is_measure(outline.text, start, end)


def only_leads(outline: Outline, start: int, end: int, kind: Kind | None) -> bool:
    """Return whether a stretch, behind a point of some kind, does nothing but lead to what follows it."""
    told = [statement(outline.text, *sentence, kind) for sentence in sentences(outline.text, start, end)]
    return all(sentence.only_leads for sentence in told)


def return_to_problems(outline: Outline, start: int, end: int) -> int:
    """Return where a new paragraph names a problem again after a measure; `end` where none does."""
    text = outline.text
    close = text.find("\n", start, end)
    if close < 0 or not text[start:close].endswith(_FULL_STOPS):
        return end
    sentence = next(sentences(text, close + 1, end), None)
    if sentence is None or is_measure(text, *sentence) or not names_shortcoming(text, *sentence):
        return end
    return close + 1


def end_of_last_point(outline: Outline, run: Sequence[Point]) -> int:
    """Return where the last point of a run ends.

    It has one paragraph if the others have one each, and does not have a sentence at its end that only
    leads to something else. Where the others have one sentence each, 此外 opens one more item.
    """
    text, start = outline.text, run[-1].body
    end = _additional_item(text, run)
    if end is None:
        end = run[-1].end
    last_sentence = (start, start)
    for sentence in sentences(text, start, end):
        last_sentence = sentence
    if last_sentence[0] > start and text[last_sentence[0] : last_sentence[1]].rstrip().endswith(":"):
        end = last_sentence[0]
    close = text.find("\n", start, end)
    if close < 0 or not text[start:close].rstrip().endswith(_FULL_STOPS) or outline.at(close + 1):
        return end
    for point in run[:-1]:
        has_paragraphs = "\n" in text[point.body : point.end].rstrip("\n")
        if has_paragraphs:
            return end
    return close


def _additional_item(text: str, run: Sequence[Point]) -> int | None:
    """Return where the second sentence of the last point adds an item to points of one sentence each."""
    if len(run) < 2:
        return None
    of_last_point = list(sentences(text, run[-1].body, run[-1].end))
    if len(of_last_point) < 2 or not adds_item(text, of_last_point[1][0]):
        return None
    for point in run[:-1]:
        if len(list(sentences(text, point.body, point.end))) > 1:
            return None
    return of_last_point[1][0]
