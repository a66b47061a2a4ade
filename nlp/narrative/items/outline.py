"""Running text as points under points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from nlp.narrative.items.answering_titles import titles_of_single_points
from nlp.narrative.items.points import points
from nlp.narrative.items.stretch import TITLE, Point

_LATEST_FIRST = 3
"""最后 and 此外, which count beyond this, open no enumeration."""


class Outline:
    """A folded text, paragraphs at line feeds, with its points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._points = points(text)
        self._starts = [point.start for point in self._points]

    def runs(self, start: int, end: int) -> list[list[Point]]:
        """Return the points of a stretch that stand in no other, in runs that count on.

        A point ends where the next one of these begins, the last one at `end`.

        >>> outline = Outline("1.甲:一是子;二是丑。2.乙。")
        >>> runs = outline.runs(0, len(outline.text))
        >>> [[(point.style, point.number, point.start, point.end) for point in run] for run in runs]
        [[('arabic', 1, 0, 12), ('arabic', 2, 12, 16)]]
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        runs = _outermost(self._points[first:last])
        next_start = end
        for run in reversed(runs):
            for place in reversed(range(len(run))):
                run[place] = replace(run[place], end=next_start)
                next_start = run[place].start
        return runs

    def at(self, place: int) -> Point | None:
        """Return the point that starts at a place."""
        position = bisect_left(self._starts, place)
        if position == len(self._starts) or self._starts[position] != place:
            return None
        return self._points[position]


def _outermost(inside: Sequence[Point]) -> list[list[Point]]:
    """Return the points that stand in no other, in runs that count on.

    `above` has the points under which the text is at each moment, the outermost first.
    """
    runs: list[list[Point]] = []
    above: list[Point] = []
    answering = titles_of_single_points(inside)
    for place, point in enumerate(inside):
        depth = None if place in answering else _depth(above, point)
        if depth is None and point.style == "order" and (point.number or 0) > _LATEST_FIRST:
            continue
        if depth is None or _is_directly_under(above[-1], point):
            depth = len(above)
        is_first = depth == len(above) or _restarts(above[depth], point)
        del above[depth:]
        above.append(point)
        if depth > 0:
            continue
        if is_first or not runs:
            runs.append([])
        runs[-1].append(point)
    return runs


def _depth(above: Sequence[Point], point: Point) -> int | None:
    """Return beside which of the points above another one stands, by its place in `above`.

    It is the one that the point counts on from, else the innermost of its style; None if none is alike.
    """
    innermost = counted_on = None
    for depth, other in enumerate(above):
        if not _is_alike(other, point):
            continue
        innermost = depth
        if point.number and other.number == point.number - 1:
            counted_on = depth
    return innermost if counted_on is None else counted_on


def _is_alike(point: Point, other: Point) -> bool:
    """Return whether two points are of one style, or both name a problem without counting it."""
    if point.style == other.style:
        return True
    both_name_problem = point.problem is not None and other.problem is not None
    return both_name_problem and point.number is None and other.number is None


def _is_directly_under(title: Point, point: Point) -> bool:
    """Return whether a point is the first thing that stands under a title."""
    return title.style == TITLE and point.style != TITLE and point.start <= title.body + 1


def _restarts(before: Point, point: Point) -> bool:
    """Return whether a point starts to count anew behind one of its style."""
    if point.number is None:
        return False
    return point.number == 1 or (before.number or 0) > point.number
