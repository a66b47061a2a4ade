"""Reads running text as points under points: enumerators, titles, 针对…的问题."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.cues import Zone, against, general, is_general, lack, zone_of
from nlp.enumerators import Enumerator, enumerators
from nlp.report import Span

_STARTS = re.compile(r"(?:^|(?<=[\n。;!?]))[ \t]*(?=\S)")
_TITLE_NOUN = re.compile("(?:问题|不足|困难|差距|短板|之处|改进|整改|措施|举措|打算|对策|方向|计划|办法|建议|安排|思路|情况)$")
_LONGEST_TITLE = 40
TITLE, AGAINST = "title", "against"


@dataclass(frozen=True, slots=True)
class Point:
    """Something that opens a point at `start`, the text of which begins at `body`.

    `zone` is what a title leads to, `problem` where the problem stands that a 针对…的问题 names.
    """

    style: str
    number: int | None
    start: int
    body: int
    zone: Zone | None = None
    problem: Span | None = None


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

    >>> [(point.style, point.zone) for point in points("(一)存在的主要问题\\n一是甲;二是乙。\\n(二)改进措施\\n略。")]
    [('title', 'problems'), ('is', None), ('is', None), ('title', 'improvements')]
    """
    counted = enumerators(text)
    limits = [enumerator.start for enumerator in counted]
    found = [_after(text, enumerator, _limit(text, limits, enumerator.end)) for enumerator in counted]
    taken = {place for enumerator in counted for place in (enumerator.start, enumerator.end)}
    for match in _STARTS.finditer(text):
        if match.end() not in taken and (point := _bare(text, match.end(), _limit(text, limits, match.end()))):
            found.append(point)
    return sorted(found, key=lambda point: point.start)


def outermost(found: Sequence[Point]) -> list[list[Point]]:
    """Return the points that stand in no other, in runs that count on.

    >>> [[(point.style, point.number) for point in run] for run in outermost(points("1.甲:一是子;二是丑。2.乙。"))]
    [[('arabic', 1), ('arabic', 2)]]
    """
    runs: list[list[Point]] = []
    open_points: list[Point] = []
    for point in found:
        depth = next((at for at, above in enumerate(open_points) if above.style == point.style), None)
        if depth is None and point.style == "order" and point.number is None:
            continue
        if depth is None:
            depth = len(open_points)
        anew = depth == len(open_points) or _restarts(open_points[depth], point)
        del open_points[depth:]
        open_points.append(point)
        if depth == 0 and (anew or not runs):
            runs.append([point])
        elif depth == 0:
            runs[-1].append(point)
    return runs


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
    return Point(enumerator.style, enumerator.number, enumerator.start, body, None, problem)


def _bare(text: str, start: int, limit: int) -> Point | None:
    """Make a point of a title or a problem that no enumerator stands before."""
    opens = start == 0 or text[start - 1] == "\n"
    if titled := _title(text, start, start, limit, opens):
        return titled
    if found := _against(text, start, limit):
        return Point(AGAINST, None, start, found[1], None, found[0])
    return None


def _title(text: str, start: int, words: int, limit: int, opens: bool) -> Point | None:
    """Read a title of general words; inside a paragraph (not `opens`) only one with a colon."""
    match = general().match(text, words, min(limit, words + _LONGEST_TITLE))
    zone = zone_of(match.group()) if match else None
    if match is None or zone is None:
        return None
    after = text[match.end()] if match.end() < limit else "\n"
    if after in ":\n" and (after == ":" or opens or _TITLE_NOUN.search(match.group())):
        return Point(TITLE, None, start, min(match.end() + 1, limit), zone)
    if opens and after in "。,;" and _TITLE_NOUN.search(match.group().strip()):
        return Point(TITLE, None, start, match.end() + 1, zone)
    return None


def _against(text: str, start: int, limit: int) -> tuple[Span, int] | None:
    """Read 针对…的问题, at a place; return where the problem stands and where the measure begins."""
    for form in against():
        if match := form.match(text, start, limit):
            group = "problem" if "problem" in form.groupindex else "plain"
            named = match[group]
            if is_general(named) or (group == "plain" and not lack().search(named)):
                continue
            return match.span(group), match.end()
    return None
