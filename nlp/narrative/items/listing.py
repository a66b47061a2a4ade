"""Lists the problems and measures of running text, by its points and by its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from nlp.narrative.items.cue_words import Zone, counted, nothing, problem_noun
from nlp.narrative.items.outline import AGAINST, TITLE, Outline, Point, outermost
from nlp.narrative.items.statements import sentences, statement
from nlp.narrative.items.transitions import back, elected, end_of_last, goes_on, turn, vote
from nlp.narrative.items.unnumbered import Piece, paired, pieces, separate, stretches
from nlp.narrative.paragraphs.enumerators import number_of
from nlp.narrative.wording import expression

_OPENING = " \t\n,、:;。.!?"
_CLOSING = _OPENING + "…-"

Answers = tuple[int, ...] | None
"""What the measures of a stretch answer, by position; None where they answer nothing in particular."""


class Entry(Struct, frozen=True, gc=False):
    """A problem or a measure at `text[start:end]`; `answers` are positions of entries.

    `named` is a problem that is told only together with its measure: 针对…的问题.
    """

    zone: Zone
    start: int
    end: int
    answers: tuple[int, ...] = ()
    named: bool = False


class Place(NamedTuple):
    """Whether a run of points follows another in its stretch (`again`), and whether one follows it."""

    again: bool
    followed: bool


class Listing:
    """The entries of a folded text, paragraphs at line feeds.

    `zone` is what its heading says; with `past` the problems were those of the year before, and are none.
    `year` is the report's. With `whole` what nothing enumerates is one item, as in a cell of a table.
    """

    def __init__(
        self,
        text: str,
        zone: Zone | None = None,
        past: bool = False,
        year: int | None = None,
        whole: bool = False,
    ) -> None:
        self.entries: list[Entry] = []
        self._outline = Outline(text)
        self._past = past
        self._year = year
        self._stretch(0, len(text), zone, () if whole else None)

    def _stretch(
        self, start: int, end: int, zone: Zone | None, answers: Answers, introduces: bool = False
    ) -> Zone | None:
        """Read a stretch, which may introduce an enumeration after it; return what it leaves to expect."""
        runs = outermost(self._outline.inside(start, end))
        first = runs[0][0] if runs else None
        leads = introduces if first is None else first.style not in (TITLE, AGAINST)
        zone = self._opening(start, first.start if first else end, zone, answers, leads)
        stops = [*(run[0].start for run in runs[1:]), end]
        for at, (run, stop) in enumerate(zip(runs, stops, strict=False)):
            place = Place(at > 0, at + 1 < len(runs) or introduces)
            zone = self._run(run, stop, zone, answers, place)
        return zone

    def _opening(self, start: int, end: int, zone: Zone | None, answers: Answers, leads: bool) -> Zone | None:
        """Read what stands before an enumeration that it `leads` to: of what that lists, it tells the sum."""
        before = len(self.entries)
        zone = self._prose(start, end, zone, answers, leads)
        for at in range(before, len(self.entries)):
            if leads and self.entries[at].zone == zone:
                self.entries[at] = replace(self.entries[at], zone="other")
        return zone

    def _run(
        self, run: Sequence[Point], end: int, zone: Zone | None, answers: Answers, place: Place
    ) -> Zone | None:
        stops = [*(point.start for point in run[1:]), end]
        if run[0].style == TITLE:
            return self._titled(run, stops, answers)
        if run[0].style == AGAINST:
            for point, stop in zip(run, stops, strict=True):
                self._answer(point, stop)
            return "improvements"
        return self._enumerated(run, stops, zone, answers, place)

    def _titled(self, run: Sequence[Point], stops: Sequence[int], answers: Answers) -> Zone | None:
        """Read the points of titles; problems and measures that take turns are pairs."""
        turns = _take_turns(run)
        for point, stop in zip(run, stops, strict=True):
            before, past = len(self.entries), self._past
            self._past = past or self._is_past(point)
            if turns and point.zone == "problems":
                answers = ()
            if point.zone != "other":
                self._stretch(point.body, stop, None if point.zone == "both" else point.zone, answers)
            self._past = past
            if turns and point.zone == "problems":
                answers = tuple(range(before, len(self.entries)))
        return run[-1].zone

    def _is_past(self, point: Point) -> bool:
        """Tell whether a title calls for what was done about last year's problems."""
        title = self._outline.text[point.start : point.body]
        return point.zone == "improvements" and bool(
            expression("items", "past").search(title) and problem_noun().search(title)
        )

    def _answer(self, point: Point, stop: int) -> None:
        """Read a problem that is named with the measures that answer it."""
        start, end = point.problem or (point.body, point.body)
        if call := counted().fullmatch(self._outline.text, start, end):
            after = back(self._outline, point.body, stop)
            answers = self._just_named(point.start) if call["last"] else self._called(call)
            self._stretch(point.body, after, "improvements", answers)
            self._stretch(after, stop, "problems", None)
            return
        of_year = expression("items", "of_year").match(self._outline.text, start, end)
        known = self._past or (of_year is not None and self._is_before(of_year))
        start = of_year.end() if of_year else start
        answers = () if known else self._enter("problems", start, end, (), named=True)
        self._stretch(point.body, stop, "improvements", answers)

    def _called(self, call: re.Match[str]) -> tuple[int, ...]:
        """Return the problem that is called by its number: 针对第一个问题."""
        problems = [at for at, entry in enumerate(self.entries) if entry.zone == "problems"]
        number = number_of(call["number"] or call["after"])
        return (problems[number - 1],) if number and number <= len(problems) else ()

    def _just_named(self, place: int) -> tuple[int, ...]:
        """Return the problem that 针对这一问题 means: the last one, else the sentence before."""
        if self.entries and self.entries[-1].zone == "problems":
            return (len(self.entries) - 1,)
        start = max((entry.end for entry in self.entries), default=0)
        *_, said = (None, *sentences(self._outline.text, start, place))
        if said is None or not self._outline.text[slice(*said)].strip(_CLOSING):
            return ()
        return self._enter("problems", statement(self._outline.text, *said, "problems").start, said[1], ())

    def _is_before(self, of_year: re.Match[str]) -> bool:
        """Tell whether a problem was one of a year before the report's."""
        said = of_year["year"]
        return of_year["before"] is not None or bool(said and self._year and int(said) < self._year)

    def _enumerated(
        self, run: Sequence[Point], stops: Sequence[int], zone: Zone | None, answers: Answers, place: Place
    ) -> Zone | None:
        """Read an enumeration: a point is an item, or a problem with what is done about it."""
        points = list(zip(run, stops, strict=True))
        zone = run[0].zone or zone
        guessed = zone not in ("problems", "improvements")
        votes = [vote(self._outline, *point) for point in points] if guessed or place.again else []
        zone = own = left = elected(votes, zone, place.again)
        turns = [turn(self._outline, *point, zone, guessed) for point in points]
        pairs = zone != "improvements" and any(turned is not None for turned in turns[:-1])
        for at, ((point, stop), turned) in enumerate(zip(points, turns, strict=True)):
            own = zone or (votes[at] if votes else None) or own
            last = point is run[-1]
            if point.problem is not None:
                self._answer(point, stop)
            elif turned is not None and (pairs or last):
                problem = self._enter(own, point.body, turned, answers)
                left = self._stretch(
                    turned, stop, _other(own), problem if pairs else None, last and place.followed
                )
            else:
                end = end_of_last(self._outline, run, stops) if last else stop
                self._enter(own, point.body, end, answers)
                left = self._afterwards(end, stop, own)
        return left

    def _afterwards(self, start: int, end: int, zone: Zone | None) -> Zone | None:
        """Read what stands after an enumeration: only what it turns to is new, or adds with 此外."""
        found, left = pieces(self._outline.text, start, end, zone, False)
        adds = goes_on(self._outline.text, start)
        self._enter_separately([piece for piece in found if adds or piece.zone != zone])
        return left

    def _prose(
        self, start: int, end: int, zone: Zone | None, answers: Answers, introduces: bool
    ) -> Zone | None:
        """Read running text; measures that answer a problem are one."""
        if answers is not None and zone == "problems":
            self._enter(zone, start, end, answers)
            return zone
        found, left = pieces(self._outline.text, start, end, zone, introduces)
        if answers is not None:
            for stretch in stretches(found):
                self._enter(stretch[0].zone, stretch[0].start, stretch[-1].end, answers)
        elif couples := paired(found):
            for problem, measure in couples:
                known = self._enter("problems", problem.start, problem.end, ())
                self._enter("improvements", measure.start, measure.end, known)
        else:
            self._enter_separately(found)
        return left

    def _enter_separately(self, found: Sequence[Piece]) -> None:
        for stretch in stretches(found):
            for piece in separate(stretch, self._outline.text):
                self._enter(piece.zone, piece.start, piece.end, None)

    def _enter(
        self, zone: Zone | None, start: int, end: int, answers: Answers, named: bool = False
    ) -> tuple[int, ...]:
        """Enter an item without the marks round it, unless it says there is none; return its position."""
        text = self._outline.text
        while start < end and text[start] in _OPENING:
            start += 1
        while end > start and text[end - 1] in _CLOSING:
            end -= 1
        if text[start:end].startswith("“") and text.find("”", start, end) == end - 1:
            start, end = start + 1, end - 1
        if (
            zone not in ("problems", "improvements")
            or end - start < 2
            or nothing().fullmatch(text, start, end)
        ):
            return ()
        answered = answers or () if zone == "improvements" else ()
        self.entries.append(Entry(zone, start, end, answered, named))
        return (len(self.entries) - 1,)


def _take_turns(run: Sequence[Point]) -> bool:
    """Tell whether titles pair problems with measures: several times, or 1.存在问题:…改进措施:…"""
    run = run[run[0].zone == "both" :]
    turns = [point.zone for point in run] == ["problems", "improvements"] * (len(run) // 2)
    return turns and (len(run) > 2 or (bool(run) and run[0].counted and not run[-1].counted))


def _other(zone: Zone | None) -> Zone:
    return "problems" if zone == "improvements" else "improvements"
