"""What is found across reports: the types that `nianbao reuse` writes."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nlp.record.model import Span

SCHEMA = "nianbao.reuse/1"
"""The name and version of what `nianbao reuse --format json` writes."""

Likeness = Literal["first", "verbatim", "adapted", "changed"]
"""How a text is like the first one of its chain.

- `first`: it is the first.
- `verbatim`: character by character, white space and enumerators aside.
- `adapted`: but for the agency's own names, years and numbers.
- `changed`: with words changed, added, left out or in another order.
"""

PromiseState = Literal["repeated", "taken_up", "not_found", "not_assessable"]
"""What this year's report has of a measure of last year.

- `repeated`: a problem, measure or sentence that says the same.
- `taken_up`: a text that is alike in part.
- `not_found`: no such text; it does not show that nothing was done.
- `not_assessable`: the measure is too short to be told from others.
"""


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """A text in a report."""

    record: str
    """The record's id."""
    organization: str | None
    """The agency as the record has it."""
    agency: str | None
    """The name that all its reports share here."""
    year: int | None
    """The year of the report."""
    path: str
    """The file, as in the record."""
    place: str
    """A chapter (`overview`), a part of one (`overview.platforms`), or an item (`problems.0`, from 0)."""
    lines: Span | None
    """The first and last line of that chapter, part or item; None where the record has none."""
    text: str
    """The text as it stands there."""


class Copy(Place, frozen=True, kw_only=True, gc=False):
    """One text of a chain of texts that are the same."""

    likeness: Likeness
    """How it is like the first one."""
    same: float
    """The share, 0 to 1, of the characters of both that are the same, signs in place of names and numbers."""


class Chain(Struct, frozen=True, kw_only=True, gc=False):
    """Texts of several reports that are the same, earliest first."""

    characters: int
    """How many characters of the first one are not stock."""
    agencies: int
    """How many agencies have it."""
    first_known: bool
    """Whether one agency alone has it in the earliest year."""
    copies: list[Copy]
    """The texts; of each report those of one chapter, part or item together."""


class LeftBehind(Place, frozen=True, kw_only=True, gc=False):
    """A name or a year in a report of another agency or year."""

    kind: Literal["name_left", "year_left"]
    """What was left."""
    found: str
    """What stands there."""
    expected: str
    """The agency or year that the report is of."""
    doubtful: bool = False
    """Whether the record is not sure of that itself: either of the two may be wrong."""


class Repeat(Struct, frozen=True, kw_only=True, gc=False):
    """A problem or measure that stands twice."""

    kind: Literal["repeated_item", "problem_of_last_year", "measure_of_last_year"]
    """Twice in one report, or in those of two years."""
    first: Place
    """The one that stands before, or in the report of the year before."""
    second: Place
    """The other."""


class Promise(Struct, frozen=True, kw_only=True, gc=False):
    """A measure of last year's report beside what this year's says."""

    state: PromiseState
    """What this year's report has of it."""
    same: float
    """The share, 0 to 1, of the measure that the best of `answer` has."""
    measure: Place
    """The measure."""
    record: str
    """The id of this year's record."""
    year: int
    """This year."""
    answer: list[Place]
    """The texts of this year's report that are most like it, best first; empty where none is."""


class StockText(Struct, frozen=True, kw_only=True, gc=False):
    """A sentence that so many agencies have that it counts as nobody's."""

    text: str
    """One of its wordings, with signs in place of names, years and numbers."""
    agencies: int
    """How many agencies have it."""


class Overview(Struct, frozen=True, kw_only=True, gc=False):
    """What was looked through."""

    reports: int
    """How many records were read."""
    unread: int
    """How many lines were no records, or held an error."""
    agencies: int
    """How many agencies they are of."""
    first_year: int | None
    """The earliest year."""
    last_year: int | None
    """The latest year."""
    stock_from: int
    """From how many agencies on a sentence is stock."""
    stock_sentences: int
    """How many sentences are stock."""
