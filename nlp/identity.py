"""Tells whose report it is, and for which year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from nlp.lines import Line
from nlp.narrative.authors import (
    author_above,
    author_in,
    author_in_title,
    author_of_own,
    author_under,
    signature,
)
from nlp.narrative.passages import Extent, passage
from nlp.narrative.squeezing import Squeezed, joined, squeeze
from nlp.narrative.titles import Title, title
from nlp.narrative.years import year_in, year_in_title
from nlp.report import Section

_Found = TypeVar("_Found", int, str)
_OPENING_LINES = 40
_MOST_LINES = 120
"""Where no chapter is found, the title and the preface are looked for in so many lines."""


def identity(
    lines: Sequence[Line], labels: Sequence[str | None], sections: Sequence[Section]
) -> tuple[str | None, int | None]:
    """Return the agency and the year of a report, each None where the text does not tell.

    The title is believed first, then the preface, the signature and what the first chapter says.

    >>> from nlp.lines import split
    >>> lines = split("某某县水利局\\n２０２２年政府信息公开工作年度报告\\n发布时间：2023-01-12")
    >>> identity(lines, ["heading", "heading", "furniture"], [])
    ('某某县水利局', 2022)
    """
    chapters = [section for section in sections if section.kind != "preface"]
    end = chapters[0].lines[0] - 1 if chapters else min(len(lines), _MOST_LINES)
    above = title(lines, labels, end)
    name = _beside(lines, above) if above else None
    year = year_in_title(above.whole.folded) if above else None
    if name is None or year is None:
        opening = _opening(lines, labels, end)
        name = name or _author(lines, labels, opening, end)
        year = year or _first(year_in(opening.folded, how) for how in ("period", "said", "body"))
    return name, year


def _beside(lines: Sequence[Line], title: Title) -> str | None:
    named = author_in_title(title.before) or author_above(lines, title.first)
    return named or author_under(lines, title.last)


def _author(lines: Sequence[Line], labels: Sequence[str | None], opening: Squeezed, end: int) -> str | None:
    """Return the agency that the text names, by the surest of the ways in which it may."""
    if name := author_in(opening, "said") or signature(lines, labels):
        return name
    around = joined((squeeze(line.typed, line.folded) for line in lines[:end]), "\n")
    ways = ((opening, "contact"), (opening, "body"), (around, "metadata"))
    return _first(author_in(text, how) for text, how in ways) or author_of_own(lines)


def _opening(lines: Sequence[Line], labels: Sequence[str | None], end: int) -> Squeezed:
    """Return what stands above the first chapter, and the beginning of that."""
    last = min(end + _OPENING_LINES, len(lines)) - 1
    extents = [Extent(0, end - 1), Extent(end, last)]
    read = [passage(lines, labels, extent) for extent in extents if extent.first <= extent.last]
    return joined((squeeze(passage.text, passage.folded) for passage in read), "\n")


def _first(found: Iterable[_Found | None]) -> _Found | None:
    return next((one for one in found if one is not None), None)
