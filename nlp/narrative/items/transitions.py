"""Tells where text turns from a problem to its measure, and where an enumeration ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from nlp.narrative.items.cue_words import Zone, counted, lack
from nlp.narrative.items.outline import AGAINST, TITLE, Outline, Point
from nlp.narrative.items.statements import is_measure, sentences, statement
from nlp.narrative.wording import expression

_STOPS = ("。", "!", "?")
_ENOUGH = 2
"""Sentences by which a point is judged: its title and the one after."""


def vote(outline: Outline, point: Point, stop: int) -> Zone | None:
    """Tell by its own words whether a point is a problem or a measure."""
    if point.problem is not None:
        return "improvements"
    for at, (first, last) in zip(range(_ENOUGH), sentences(outline.text, point.body, stop), strict=False):
        if at and _answers(outline, first):
            return "problems"
        if is_measure(outline.text, first, last):
            return "improvements"
        said = statement(outline.text, first, last)
        if said.zone in ("problems", "improvements"):
            return said.zone
    return None


def _answers(outline: Outline, place: int) -> bool:
    """Tell whether the sentence at a place says what is done about the one before.

    为此, 针对这一问题, 改进措施: do.
    """
    point = outline.at(place)
    if point is not None and point.style == TITLE:
        return point.zone == "improvements"
    if point is not None and point.style == AGAINST:
        return point.problem is not None and counted().fullmatch(outline.text, *point.problem) is not None
    return expression("items", "answering").match(outline.text, place) is not None


def elected(votes: Sequence[Zone | None], zone: Zone | None, again: bool) -> Zone | None:
    """Tell what an enumeration is about: what was said before it, else what its points look like.

    A second one (`again`) under the same words is about measures where all its points look so. None
    where some points are problems and some are measures, or none is either.
    """
    counts = Counter(vote for vote in votes if vote)
    if zone == "problems" and again and counts["improvements"] == len(votes) > 0:
        return "improvements"
    if zone in ("problems", "improvements"):
        return zone
    return next(iter(counts)) if len(counts) == 1 else None


def turn(outline: Outline, point: Point, stop: int, zone: Zone | None, guessed: bool) -> int | None:
    """Return where a point of `zone` turns to something else; `guessed` where only its words say the zone."""
    for first, last in sentences(outline.text, point.body, stop):
        if first > point.body and _turns(outline, first, last, zone, guessed):
            return first
    return None


def _turns(outline: Outline, start: int, end: int, zone: Zone | None, guessed: bool) -> bool:
    within = outline.at(start)
    if within is not None and within.zone is not None:
        return within.zone != zone
    if within is not None and within.style == AGAINST:
        return zone != "improvements"
    start = within.body if within else start
    said = statement(outline.text, start, end, zone)
    if zone == "improvements":
        return said.told and said.zone == "problems" and said.leads
    if said.told:
        return said.zone == "improvements"
    return guessed and is_measure(outline.text, start, end)


def back(outline: Outline, start: int, stop: int) -> int:
    """Return where a new paragraph names a problem again after a measure; `stop` where none does."""
    close = outline.text.find("\n", start, stop)
    if close < 0 or not outline.text[start:close].endswith(_STOPS):
        return stop
    first, last = next(sentences(outline.text, close + 1, stop), (stop, stop))
    names = lack().search(outline.text, first, last) and not is_measure(outline.text, first, last)
    return close + 1 if names else stop


def end_of_last(outline: Outline, run: Sequence[Point], stops: Sequence[int]) -> int:
    """Return where the last point of a run ends; if the others have one paragraph each, it has one, too.

    Where each has one sentence, 此外 opens one more item.
    """
    text, start, stop = outline.text, run[-1].body, stops[-1]
    stop = _besides(text, run, stops) or stop
    *_, before, (last, end) = ((start, start), (start, start), *sentences(text, start, stop))
    if before[0] > start - 1 and last > start and text[last:end].rstrip().endswith(":"):
        stop = last
    close = text.find("\n", start, stop)
    if close < 0 or not text[start:close].rstrip().endswith(_STOPS) or outline.at(close + 1):
        return stop
    several = any("\n" in text[point.body : after].rstrip("\n") for point, after in _pairs(run, stops))
    return stop if several else close


def goes_on(text: str, place: int) -> bool:
    """Tell whether a sentence adds one more item to a list: 此外, …"""
    return expression("items", "besides").match(text, place) is not None


def _besides(text: str, run: Sequence[Point], stops: Sequence[int]) -> int | None:
    """Return where the second sentence of the last point adds an item to points of one sentence each."""
    counts = (len(list(sentences(text, point.body, after))) for point, after in _pairs(run, stops))
    second = next(islice(sentences(text, run[-1].body, stops[-1]), 1, None), None)
    if second is None or not goes_on(text, second[0]) or max(counts, default=2) > 1:
        return None
    return second[0]


def _pairs(run: Sequence[Point], stops: Sequence[int]) -> Iterator[tuple[Point, int]]:
    return zip(run[:-1], stops[:-1], strict=True)
