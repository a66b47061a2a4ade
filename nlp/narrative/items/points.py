"""Finds what opens a point in running text: enumerators, titles, 针对…的问题."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from nlp.narrative.items.stretch import ANSWERED_PROBLEM, TITLE, Point
from nlp.narrative.paragraphs.enumerators import Enumerator, enumerators
from nlp.narrative.vocabulary.cue_words import (
    answered_last,
    answered_problems,
    general_words,
    is_general,
    kind_of,
    kind_of_style,
    measure_verb,
    problem_reference,
    shortcoming_word,
)
from nlp.narrative.wording import expression
from nlp.record.model import Span

_STARTS = re.compile(r"(?:^|(?<=[\n。;!?:→⇒]))[ \t]*(?=\S)")
"""Where a sentence starts, or what stands behind a colon."""

_SIDE = "side"
"""The style of 一方面 and 另一方面."""

_OPENING_BRACKET, _CLOSING_BRACKET = "【】"
_SENTENCE_ENDS = "。;!?:\n"
_LONGEST_TITLE = 40
_LONGEST_OTHER_TITLE = 8
"""A title of something else than problems or measures, and without an enumerator, is so short: 主要成效."""


def points(text: str) -> list[Point]:
    """Return every point of a folded text in order, paragraphs at line feeds; all reach to its end.

    >>> [(point.style, point.kind) for point in points("(一)主要问题\\n一是甲;二是乙。\\n改进措施:丙。")]
    [('title', 'problems'), ('is', None), ('is', None), ('title', 'improvements')]
    """
    marks = _without_sides_of_one_matter(text, enumerators(text))
    mark_starts = [mark.start for mark in marks]
    taken = {mark.start for mark in marks} | {mark.end for mark in marks}
    all_points = [_point_with_enumerator(text, mark, _limit(text, mark_starts, mark.end)) for mark in marks]
    for sentence_start in _STARTS.finditer(text):
        place = sentence_start.end()
        if place in taken:
            continue
        point = _point_without_enumerator(text, place, _limit(text, mark_starts, place))
        if point is not None:
            all_points.append(point)
    return sorted(all_points, key=lambda point: point.start)


def _without_sides_of_one_matter(text: str, marks: Sequence[Enumerator]) -> list[Enumerator]:
    """Return the enumerators without 一方面 behind a problem or a measure: there it tells of that alone.

    The 另一方面 that goes with it is none either.
    """
    kept = []
    is_open = False
    for mark in marks:
        if mark.style == _SIDE:
            if mark.number == 1:
                sentence_start = max(text.rfind(end, 0, mark.start) for end in _SENTENCE_ENDS) + 1
                before = text[sentence_start : mark.start].strip(" ,")
                is_open = shortcoming_word().search(before) is None and measure_verb().match(before) is None
            if not is_open:
                continue
        kept.append(mark)
    return kept


def _limit(text: str, mark_starts: Sequence[int], place: int) -> int:
    """Return where the next enumerator starts; the end of the text if there is none."""
    position = bisect_left(mark_starts, place)
    return mark_starts[position] if position < len(mark_starts) else len(text)


def _point_with_enumerator(text: str, mark: Enumerator, limit: int) -> Point:
    """Make a point of an enumerator; one before a title is part of that title."""
    title = _title(text, mark.start, mark.end, limit, True)
    if title is not None:
        return title
    problem, body = None, mark.end
    named = _answered_problem(text, mark.end, limit)
    if named is not None:
        problem, body = named
    kind = kind_of_style(mark.style)
    return Point(kind, mark.start, len(text), mark.style, mark.number, body, problem=problem)


def _point_without_enumerator(text: str, start: int, limit: int) -> Point | None:
    """Make a point of a title or a problem that no enumerator stands before."""
    opens_paragraph = start == 0 or text[start - 1] == "\n"
    title = _title(text, start, start, limit, opens_paragraph)
    if title is not None:
        return title
    named = _answered_problem(text, start, limit)
    if named is None:
        return None
    problem, body = named
    return Point(None, start, len(text), ANSWERED_PROBLEM, None, body, problem=problem)


def _title(text: str, start: int, words_start: int, limit: int, opens_paragraph: bool) -> Point | None:
    """Read a title of general words from `words_start` on, up to `limit`; its point begins at `start`.

    Inside a paragraph only a title with a colon behind it or in brackets is one.
    """
    is_in_brackets = text.startswith(_OPENING_BRACKET, words_start)
    words_start += is_in_brackets
    match = general_words().match(text, words_start, min(limit, words_start + _LONGEST_TITLE))
    if match is None or is_in_brackets != text.startswith(_CLOSING_BRACKET, match.end()):
        return None
    kind = kind_of(match.group())
    if kind is None or answered_last().match(text, words_start, limit):
        return None
    words, is_counted = match.group().strip(), words_start - is_in_brackets > start
    after = text[match.end()] if match.end() < limit else "\n"
    if kind == "other":
        is_sentence = after in ",;"
        if is_sentence or not (is_counted or len(words) <= _LONGEST_OTHER_TITLE):
            return None
    if not _closes_title(words, after, opens_paragraph):
        return None
    return Point(kind, start, len(text), TITLE, None, min(match.end() + 1, limit), is_counted)


def _closes_title(words: str, after: str, opens_paragraph: bool) -> bool:
    """Return whether a title of some words is closed by the character behind it."""
    if after in (":", _CLOSING_BRACKET):
        return True
    ends_like_title = expression("items", "title_end").search(words) is not None
    if after == "\n":
        return opens_paragraph or ends_like_title
    if not opens_paragraph or after not in "。,;":
        return False
    return ends_like_title and expression("items", "no_title").search(words) is None


def _answered_problem(text: str, start: int, limit: int) -> tuple[Span, int] | None:
    """Read 针对…的问题 at a place; return where the problem stands and where its measure begins.

    Of the forms that fit the shortest is believed; the last form counts only where no other fits.
    """
    best: tuple[int, Span] | None = None
    forms = answered_problems()
    for form in forms:
        match = form.match(text, start, limit)
        if match:
            group = "problem" if "problem" in form.groupindex else "plain"
            words = match[group]
            if problem_reference().fullmatch(words) or _names_problem(words, group):
                candidate = (match.end(), match.span(group))
                best = candidate if best is None else min(best, candidate)
        if best is not None and form is forms[-2]:
            break
    if best is None:
        return None
    body, problem = best
    return problem, body


def _names_problem(words: str, group: str) -> bool:
    """Return whether words name a problem; in a form that does not say 问题 they must name a lack."""
    if is_general(words):
        return False
    return group == "problem" or shortcoming_word().search(words) is not None
