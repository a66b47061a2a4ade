"""Reads running text as points under points: enumerators, titles, 针对…的问题."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from nlp.narrative.items.cue_words import (
    Zone,
    against,
    called,
    counted,
    general,
    is_general,
    lack,
    the_last,
    zone_of,
)
from nlp.narrative.paragraphs.enumerators import Enumerator, enumerators
from nlp.narrative.wording import expression
from nlp.record.model import Span

_STARTS = re.compile(r"(?:^|(?<=[\n。;!?:]))[ \t]*(?=\S)")
_LONGEST_TITLE = 40
_SHORT_TITLE = 8
_LATEST = 3
"""最后 and 此外 open no enumeration."""
TITLE, AGAINST = "title", "against"


class Point(Struct, frozen=True, gc=False):
    """Something that opens a point at `start`, the text of which begins at `body`.

    `zone` is what a title leads to or what the point is called, and `counted` tells whether an enumerator
    stands before it; `problem` is where the problem stands that a 针对…的问题 names.
    """

    style: str
    number: int | None
    start: int
    body: int
    zone: Zone | None = None
    problem: Span | None = None
    counted: bool = False


class Outline:
    """A folded text, paragraphs at line feeds, with its points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._points = points(text)
        self._starts = [point.start for point in self._points]

    def inside(self, start: int, end: int) -> Sequence[Point]:
        """Return the points of a stretch in order."""
        return self._points[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, place: int) -> Point | None:
        """Return the point that starts at a place."""
        at = bisect_left(self._starts, place)
        return self._points[at] if at < len(self._starts) and self._starts[at] == place else None


def points(text: str) -> list[Point]:
    """Return every point of a folded text in order.

    >>> [(point.style, point.zone) for point in points("(一)主要问题\\n一是甲;二是乙。\\n改进措施:丙。")]
    [('title', 'problems'), ('is', None), ('is', None), ('title', 'improvements')]
    """
    marks = enumerators(text)
    limits = [mark.start for mark in marks]
    found = [_after(text, mark, _limit(text, limits, mark.end)) for mark in marks]
    taken = {place for mark in marks for place in (mark.start, mark.end)}
    for match in _STARTS.finditer(text):
        if match.end() not in taken and (
            point := _bare(text, match.end(), _limit(text, limits, match.end()))
        ):
            found.append(point)
    return sorted(found, key=lambda point: point.start)


def outermost(found: Sequence[Point]) -> list[list[Point]]:
    """Return the points that stand in no other, in runs that count on.

    >>> runs = outermost(points("1.甲:一是子;二是丑。2.乙。"))
    >>> [[(point.style, point.number) for point in run] for run in runs]
    [[('arabic', 1), ('arabic', 2)]]
    """
    runs: list[list[Point]] = []
    open_points: list[Point] = []
    for point in found:
        depth = _depth(open_points, point)
        if depth is None and point.style == "order" and (point.number or 0) > _LATEST:
            continue
        if depth is None or _is_under(open_points[-1], point):
            depth = len(open_points)
        anew = depth == len(open_points) or _restarts(open_points[depth], point)
        del open_points[depth:]
        open_points.append(point)
        if depth == 0 and (anew or not runs):
            runs.append([point])
        elif depth == 0:
            runs[-1].append(point)
    return runs


def _depth(open_points: Sequence[Point], point: Point) -> int | None:
    """Return which open point another one stands beside: the one it counts on from, else the innermost."""
    alike = [at for at, above in enumerate(open_points) if _is_alike(above, point)]
    next_to = [at for at in alike if point.number and open_points[at].number == point.number - 1]
    return max(next_to or alike, default=None)


def _is_alike(above: Point, point: Point) -> bool:
    """Tell whether two points are of one style, or both name a problem without counting it."""
    return above.style == point.style or (
        above.problem is not None and point.problem is not None and above.number is point.number is None
    )


def _is_under(before: Point, point: Point) -> bool:
    """Tell whether a point is the first thing that stands under a title."""
    return before.style == TITLE != point.style and point.start <= before.body + 1


def _restarts(before: Point, point: Point) -> bool:
    return point.number is not None and (point.number == 1 or (before.number or 0) > point.number)


def _limit(text: str, limits: Sequence[int], place: int) -> int:
    at = bisect_left(limits, place)
    return limits[at] if at < len(limits) else len(text)


def _after(text: str, enumerator: Enumerator, limit: int) -> Point:
    """Make a point of an enumerator; one before a title is part of that title."""
    if titled := _title(text, enumerator.start, enumerator.end, limit, True):
        return titled
    problem, body = _against(text, enumerator.end, limit) or (None, enumerator.end)
    zone = called(enumerator.style)
    return Point(enumerator.style, enumerator.number, enumerator.start, body, zone, problem)


def _bare(text: str, start: int, limit: int) -> Point | None:
    """Make a point of a title or a problem that no enumerator stands before."""
    opens = start == 0 or text[start - 1] == "\n"
    if titled := _title(text, start, start, limit, opens):
        return titled
    if found := _against(text, start, limit):
        return Point(AGAINST, None, start, found[1], None, found[0])
    return None


def _title(text: str, start: int, place: int, limit: int, opens: bool) -> Point | None:
    """Read a title of general words; inside a paragraph (not `opens`) only one with a colon."""
    match = general().match(text, place, min(limit, place + _LONGEST_TITLE))
    zone = zone_of(match.group()) if match else None
    if match is None or zone is None or the_last().match(text, place, limit):
        return None
    words, counted = match.group().strip(), place > start
    after = text[match.end()] if match.end() < limit else "\n"
    if zone == "other" and (after in ",;" or not (counted or len(words) <= _SHORT_TITLE)):
        return None
    if after == ":" or (after == "\n" and (opens or _ends_title(words))):
        return Point(TITLE, None, start, min(match.end() + 1, limit), zone, counted=counted)
    if opens and after in "。,;" and _ends_title(words) and not expression("items", "no_title").search(words):
        return Point(TITLE, None, start, match.end() + 1, zone, counted=counted)
    return None


def _ends_title(words: str) -> bool:
    return expression("items", "title_end").search(words) is not None


def _against(text: str, start: int, limit: int) -> tuple[Span, int] | None:
    """Read 针对…的问题, at a place; return where the problem stands and where the measure begins."""
    found: list[tuple[int, Span]] = []
    for form in against():
        if match := form.match(text, start, limit):
            group = "problem" if "problem" in form.groupindex else "plain"
            named = match[group]
            told = not is_general(named) and (group == "problem" or lack().search(named))
            if told or counted().fullmatch(named):
                found.append((match.end(), match.span(group)))
        if found and form is against()[-2]:
            break
    if not found:
        return None
    end, problem = min(found)
    return problem, end
