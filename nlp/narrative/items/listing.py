"""Lists the problems and measures of running text, by its points and by its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from nlp.narrative.items.outline import Outline
from nlp.narrative.items.running_clauses import clauses_of
from nlp.narrative.items.sentences import adds_item, sentences
from nlp.narrative.items.statements import statement
from nlp.narrative.items.stretch import ANSWERED_PROBLEM, TITLE, Clause, Item, Point
from nlp.narrative.items.transitions import (
    end_of_last_point,
    kind_by_words,
    kind_of_run,
    only_leads,
    return_to_problems,
    turn_of_point,
)
from nlp.narrative.items.unnumbered import by_kind, paired, separate
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.vocabulary.cue_words import Kind, names_problem, no_item, problem_reference
from nlp.narrative.wording import expression

_MARKS_BEFORE = " \t\n,、:;。.!?"
_MARKS_AFTER = _MARKS_BEFORE + "…-→⇒"

Answers = tuple[int, ...] | None
"""The problems that the measures of a stretch answer, by their positions among the items.

() where they answer none, and are one item; None where nothing is said of that, and each is one.
"""


class _Place(NamedTuple):
    """Whether a run of points follows another one in its stretch, and whether one follows it."""

    follows_run: bool
    is_followed: bool


class Listing:
    """Reads the items of a folded text, paragraphs at line feeds; `items` are those read so far.

    `past` holds while the problems spoken of are those of the year before, which are no items; `year` is
    the report's.
    """

    def __init__(self, text: str, past: bool = False, year: int | None = None) -> None:
        self.items: list[Item] = []
        self._text = text
        self._outline = Outline(text)
        self._past = past
        self._year = year

    def read(self, expected: Kind | None = None, whole: bool = False) -> list[Item]:
        """Return the items of the text; with `whole` what nothing enumerates is one, as in a table's cell.

        `expected` is what the text's heading says that it lists.

        >>> text = "存在问题:一是更新慢;二是解读少。措施:加强学习。"
        >>> [(item.kind, text[item.start:item.end]) for item in Listing(text).read()]
        [('problems', '更新慢'), ('problems', '解读少'), ('improvements', '加强学习')]
        """
        self._stretch(0, len(self._text), expected, () if whole else None)
        return self.items

    def _stretch(
        self, start: int, end: int, expected: Kind | None, answers: Answers, introduces: bool = False
    ) -> Kind | None:
        """Read a stretch, which may introduce an enumeration behind it; return what it leaves to expect."""
        runs = self._outline.runs(start, end)
        if runs:
            first = runs[0][0]
            leads = first.style not in (TITLE, ANSWERED_PROBLEM) and (first.number or 1) == 1
            expected = self._before_points(start, first.start, expected, answers, leads)
        else:
            expected = self._before_points(start, end, expected, answers, introduces)
        for number, run in enumerate(runs):
            is_last = number + 1 == len(runs)
            place = _Place(number > 0, introduces or not is_last)
            expected = self._run(run, expected, answers, place)
        return expected

    def _before_points(
        self, start: int, end: int, expected: Kind | None, answers: Answers, leads: bool
    ) -> Kind | None:
        """Read what stands before an enumeration that it `leads` to: of what that lists, it tells the sum."""
        first = len(self.items)
        expected = self._prose(start, end, expected, answers, leads)
        if leads:
            for position in range(first, len(self.items)):
                if self.items[position].kind == expected:
                    self.items[position] = replace(self.items[position], kind="other")
        return expected

    def _run(
        self, run: Sequence[Point], expected: Kind | None, answers: Answers, place: _Place
    ) -> Kind | None:
        """Read points that count on; return what they leave to expect."""
        if run[0].style == TITLE:
            return self._titles(run, answers)
        if run[0].style == ANSWERED_PROBLEM:
            for point in run:
                self._answered_problem(point)
            return "improvements"
        return self._enumeration(run, expected, answers, place)

    def _titles(self, run: Sequence[Point], answers: Answers) -> Kind | None:
        """Read the points of titles; problems and measures that take turns are pairs."""
        are_pairs = _take_turns(run)
        for point in run:
            first, past = len(self.items), self._past
            opens_pair = are_pairs and point.kind == "problems"
            if opens_pair:
                answers = ()
            self._past = past or self._is_of_last_year(point)
            if point.kind != "other":
                self._stretch(point.body, point.end, None if point.kind == "both" else point.kind, answers)
            self._past = past
            if opens_pair:
                answers = tuple(range(first, len(self.items)))
        return run[-1].kind

    def _is_of_last_year(self, point: Point) -> bool:
        """Return whether a title calls for what was done about last year's problems."""
        if point.kind != "improvements":
            return False
        title = self._text[point.start : point.body]
        past = expression("items", "past").search(title)
        if past is None or not names_problem(title):
            return False
        is_own_year = self._year is not None and past.group() == str(self._year)
        return not is_own_year

    def _answered_problem(self, point: Point) -> None:
        """Read a problem that is named with the measures that answer it."""
        start, end = point.problem or (point.body, point.body)
        reference = problem_reference().fullmatch(self._text, start, end)
        if reference:
            back = return_to_problems(self._outline, point.body, point.end)
            referred = self._just_named(point.start) if reference["last"] else self._called(reference)
            self._stretch(point.body, back, "improvements", referred)
            self._stretch(back, point.end, "problems", None)
            return
        of_year = expression("items", "of_year").match(self._text, start, end)
        is_past = self._past
        if of_year:
            start = of_year.end()
            is_past = is_past or self._is_year_before(of_year)
        answers = () if is_past else self._enter("problems", start, end, (), is_named=True)
        past, self._past = self._past, is_past
        self._stretch(point.body, point.end, "improvements", answers)
        self._past = past

    def _called(self, reference: re.Match[str]) -> tuple[int, ...]:
        """Return the problem that is called by its number: 针对第一个问题."""
        problems = [position for position, item in enumerate(self.items) if item.kind == "problems"]
        number = number_of(reference["number"] or reference["after"])
        return (problems[number - 1],) if number and number <= len(problems) else ()

    def _just_named(self, place: int) -> tuple[int, ...]:
        """Return the problem that 针对这一问题 means: the last item, else the sentence before `place`."""
        if self.items and self.items[-1].kind == "problems":
            return (len(self.items) - 1,)
        behind_items = max((item.end for item in self.items), default=0)
        between = list(sentences(self._text, behind_items, place))
        if not between:
            return ()
        start, end = between[-1]
        if not self._text[start:end].strip(_MARKS_AFTER):
            return ()
        return self._enter("problems", statement(self._text, start, end, "problems").start, end, ())

    def _is_year_before(self, of_year: re.Match[str]) -> bool:
        """Return whether a problem was one of a year before the report's."""
        if of_year["before"] is not None:
            return True
        year = of_year["year"]
        return bool(year and self._year and int(year) < self._year)

    def _enumeration(
        self, run: Sequence[Point], expected: Kind | None, answers: Answers, place: _Place
    ) -> Kind | None:
        """Read an enumeration: a point is an item, or a problem with what is done about it."""
        expected = run[0].kind or expected
        is_guessed = expected not in ("problems", "improvements")
        looks: list[Kind | None] = [None] * len(run)
        if is_guessed or place.follows_run:
            looks = [kind_by_words(self._outline, point) for point in run]
        kind = kind_of_run(looks, expected, place.follows_run)
        turns = [turn_of_point(self._outline, point, kind, is_guessed) for point in run]
        are_pairs = kind != "improvements" and any(turn is not None for turn in turns[:-1])
        for position, (point, turn) in enumerate(zip(run[:-1], turns, strict=False), start=1):
            if turn is not None and only_leads(self._outline, turn, point.end, kind):
                left = self._enumeration(run[:position], expected, answers, _Place(place.follows_run, True))
                return self._enumeration(run[position:], left, answers, place)
        own_kind = left = kind
        for point, look, turn in zip(run, looks, turns, strict=True):
            own_kind = kind or look or own_kind
            is_last = point is run[-1]
            if point.problem is not None:
                self._answered_problem(point)
            elif turn is not None and (are_pairs or is_last):
                problem = self._enter(own_kind, point.body, turn, answers)
                left = self._stretch(
                    turn,
                    point.end,
                    _other(own_kind),
                    problem if are_pairs else None,
                    introduces=is_last and place.is_followed,
                )
            else:
                end = end_of_last_point(self._outline, run) if is_last else point.end
                self._enter(own_kind, point.body, end, answers)
                left = self._behind_points(end, point.end, own_kind)
        return left

    def _behind_points(self, start: int, end: int, kind: Kind | None) -> Kind | None:
        """Read what stands behind an enumeration: only what it turns to is new, or adds with 此外."""
        clauses, left = clauses_of(self._text, start, end, kind, introduces=False)
        if not adds_item(self._text, start):
            clauses = [clause for clause in clauses if clause.kind != kind]
        self._enter_clauses(clauses)
        return left

    def _prose(
        self, start: int, end: int, expected: Kind | None, answers: Answers, introduces: bool
    ) -> Kind | None:
        """Read running text; measures that answer a problem are one item."""
        if answers is not None and expected == "problems":
            self._enter(expected, start, end, answers)
            return expected
        clauses, left = clauses_of(self._text, start, end, expected, introduces)
        if answers is not None:
            for stretch in by_kind(clauses):
                self._enter(stretch[0].kind, stretch[0].start, stretch[-1].end, answers)
            return left
        pairs = paired(clauses)
        for problem, measure in pairs:
            entered = self._enter("problems", problem.start, problem.end, ())
            self._enter("improvements", measure.start, measure.end, entered)
        if not pairs:
            self._enter_clauses(clauses)
        return left

    def _enter_clauses(self, clauses: Sequence[Clause]) -> None:
        for stretch in by_kind(clauses):
            for clause in separate(stretch, self._text):
                past = self._past
                self._past = past or self._names_problem_of_year_before(clause.start, clause.end)
                self._enter(clause.kind, clause.start, clause.end, None)
                self._past = past

    def _names_problem_of_year_before(self, start: int, end: int) -> bool:
        """Return whether a sentence opens with a problem of a year before the report's."""
        of_year = expression("items", "of_year").match(self._text, start, end)
        return of_year is not None and self._is_year_before(of_year)

    def _enter(
        self, kind: Kind | None, start: int, end: int, answers: Answers, is_named: bool = False
    ) -> tuple[int, ...]:
        """Enter an item without the marks round it, unless it says there is none; return its position."""
        start, end = self._without_marks(start, end)
        if kind not in ("problems", "improvements") or end - start < 2:
            return ()
        if no_item().fullmatch(self._text, start, end):
            return ()
        is_measure = kind == "improvements"
        answered = answers or () if is_measure else ()
        self.items.append(Item(kind, start, end, answered, is_named, is_measure and self._past))
        return (len(self.items) - 1,)

    def _without_marks(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch without the marks round it, and without quotation marks round all of it."""
        text = self._text
        while start < end and text[start] in _MARKS_BEFORE:
            start += 1
        while end > start and text[end - 1] in _MARKS_AFTER:
            end -= 1
        is_quoted = text[start:end].startswith("“") and text.find("”", start, end) == end - 1
        return (start + 1, end - 1) if is_quoted else (start, end)


def _take_turns(run: Sequence[Point]) -> bool:
    """Return whether titles pair problems with measures: several times, or 1.存在问题:…改进措施:…"""
    if run[0].kind == "both":
        run = run[1:]
    if not run or [point.kind for point in run] != ["problems", "improvements"] * (len(run) // 2):
        return False
    return len(run) > 2 or (run[0].is_counted and not run[-1].is_counted)


def _other(kind: Kind | None) -> Kind:
    return "problems" if kind == "improvements" else "improvements"
