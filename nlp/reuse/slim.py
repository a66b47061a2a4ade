"""The fields of a record that text is compared by: all that is decoded of its JSON."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nlp.record.agencies import Agency
from nlp.record.model import Span


class SlimSource(Struct, frozen=True, gc=False):
    """The file of a record."""

    path: str = ""
    """As in the record."""


class SlimSection(Struct, frozen=True, gc=False):
    """A chapter or part, as in the record."""

    kind: str
    """What it is about."""
    lines: Span
    """Its first and last line, from 1."""
    text: str = ""
    """Its running text, that of its parts included."""
    sections: list[SlimSection] = []
    """Its parts."""


class SlimItem(Struct, frozen=True, gc=False):
    """A problem or a measure, as in the record."""

    text: str
    """The item."""
    lines: Span | None = None
    """Its first and last line, from 1."""
    span: Span | None = None
    """Its characters in the decoded text."""
    of_last_year: bool = False
    """Whether it answers a problem of the year before."""


class SlimReport(Struct, frozen=True, kw_only=True, gc=False):
    """A record without its tables, checks and reviews."""

    source: SlimSource
    """The file."""
    id: str = ""
    """The record's id."""
    organization: str | None = None
    """The agency as printed."""
    organization_confidence: float = 1.0
    """How sure that is; 1 where the record does not say."""
    year: int | None = None
    """The year that it is about."""
    year_confidence: float = 1.0
    """How sure that is; 1 where the record does not say."""
    agency: Agency | None = None
    """The agency, where the record has it."""
    sections: list[SlimSection] = []
    """The chapters."""
    problems: list[SlimItem] = []
    """The problems."""
    improvements: list[SlimItem] = []
    """The measures."""


class Unit(Struct, frozen=True, gc=False):
    """A stretch of a report's running text that one name stands for.

    `place` is a chapter (`overview`), a part (`overview.platforms`), or an item (`problems.0`, from 0).
    """

    place: str
    lines: Span | None
    text: str


def units(report: SlimReport) -> Iterator[Unit]:
    """Yield the text of a report, each part under the narrowest name that it has, in the report's order.

    The text of a chapter does not hold that of its parts, nor that of the problems and measures.
    """
    items = [*_items("problems", report.problems), *_items("improvements", report.improvements)]
    for section in report.sections:
        yield from _section_units(section, section.kind, items)
    yield from items


def _items(name: str, items: list[SlimItem]) -> Iterator[Unit]:
    for n, item in enumerate(items):
        yield Unit(f"{name}.{n}", item.lines, item.text)


def _section_units(section: SlimSection, place: str, items: list[Unit]) -> Iterator[Unit]:
    text = section.text
    for part in section.sections:
        if part.text:
            text = text.replace(part.text, "\n", 1)
    if section.kind == ITEM_CHAPTER or place.startswith(f"{ITEM_CHAPTER}."):
        for item in items:
            text = text.replace(item.text, "\n")
    if text.strip():
        yield Unit(place, section.lines, text)
    for part in section.sections:
        yield from _section_units(part, f"{section.kind}.{part.kind}", items)


ITEM_CHAPTER = "problems_and_improvements"
"""The chapter whose text is that of the problems and measures."""
