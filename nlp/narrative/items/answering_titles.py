"""Finds the titles of measures that answer the one point above them: 改进情况 between 问题一 and 问题二."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.items.stretch import TITLE, Point


def titles_of_single_points(points: Sequence[Point]) -> set[int]:
    """Return which of some points in order, by position, are titles that belong to the point above alone.

    So they are in a list below a title of both problems and measures, where the list counts on behind them;
    the title behind the last point is one if that behind the point before is.
    """
    reader = _Reader()
    for position, point in enumerate(points):
        if point.style != TITLE:
            reader.go_over_point(point)
        elif point.kind == "improvements" and not point.is_counted:
            reader.go_over_answer(position)
        else:
            reader.begin(below_both=point.kind == "both")
    return reader.all_titles()


class _Reader:
    """Goes over points in order; `_listed` is the last one of the list, `_waiting` the title behind that."""

    def __init__(self) -> None:
        self._titles: set[int] = set()
        self._below_both = False
        self._listed: Point | None = None
        self._waiting: int | None = None
        self._counts_on = False

    def begin(self, below_both: bool) -> None:
        """Begin anew below a title."""
        self._keep_last()
        self._below_both = below_both
        self._listed = None
        self._waiting = None
        self._counts_on = False

    def go_over_answer(self, position: int) -> None:
        """Go over a title of measures: it may answer the point before it."""
        if self._listed is not None and self._waiting is None:
            self._waiting = position

    def go_over_point(self, point: Point) -> None:
        """Go over an enumerated point: it opens the list, counts on with it, or stands below its points."""
        if not self._below_both or point.number is None:
            return
        listed = self._listed
        if listed is None:
            self._listed = point
        elif point.style != listed.style:
            return
        elif point.number != (listed.number or 0) + 1:
            self.begin(below_both=False)
        else:
            if self._waiting is not None:
                self._titles.add(self._waiting)
                self._counts_on = True
            self._listed = point
            self._waiting = None

    def all_titles(self) -> set[int]:
        """Return the titles found, the one behind the last point included."""
        self._keep_last()
        return self._titles

    def _keep_last(self) -> None:
        if self._waiting is not None and self._counts_on:
            self._titles.add(self._waiting)
