"""Stretches of a folded text, each with what it is about: the type that all readers of items share."""

from __future__ import annotations

from msgspec import Struct

from nlp.narrative.vocabulary.cue_words import Kind
from nlp.record.model import Span

TITLE, ANSWERED_PROBLEM = "title", "answered_problem"
"""Styles of points without an enumerator: a title, and 针对…的问题."""


class Stretch(Struct, frozen=True, gc=False):
    """`text[start:end]` and what it is about; `kind` is None where that is not known."""

    kind: Kind | None
    start: int
    end: int

    @property
    def is_item(self) -> bool:
        """Whether it is about problems or about measures."""
        return self.kind in ("problems", "improvements")


class Statement(Stretch, frozen=True, gc=False):
    """What a sentence says; it is empty where the sentence only leads to items.

    `is_explicit` where the sentence itself says that it is about problems or measures.
    """

    is_explicit: bool

    @property
    def only_leads(self) -> bool:
        return self.start >= self.end


class Clause(Stretch, frozen=True, gc=False):
    """What a sentence of running text, or a part of one up to a semicolon, says.

    `paragraph` and `sentence` count from 0 in the stretch that was read. `is_explicit` where the text says
    that it is about problems or measures, here or before. `names_item` where it names one by its words, so
    that it does not only explain the clause before it. `follows_colon` where it is the first after a colon.
    `answers` where its sentence opens with words that answer the one before: 对此.
    """

    is_explicit: bool
    names_item: bool
    paragraph: int
    sentence: int
    follows_colon: bool
    answers: bool


class Point(Stretch, frozen=True, gc=False):
    """Something that opens a point at `start`; its text stands at `body` to `end`.

    `style` is the enumerator's, or one of those above, and `number` what it counts. `kind` is what a title
    leads to or what the point is called. `is_counted` where an enumerator stands before a title. `problem` is
    where the problem stands that a 针对…的问题 names.
    """

    style: str
    number: int | None
    body: int
    is_counted: bool = False
    problem: Span | None = None


class Item(Stretch, frozen=True, gc=False):
    """A problem or a measure; `answers` are the positions of the problems that it answers among all items.

    `is_named` where a problem is told only together with its measure: 针对…的问题. `is_of_last_year` where a
    measure was taken against a problem of the year before.
    """

    answers: tuple[int, ...] = ()
    is_named: bool = False
    is_of_last_year: bool = False
