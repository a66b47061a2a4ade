"""Tells whose report it is, and for which year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from nlp.narrative.identity.agencies import (
    author_above,
    author_in,
    author_in_title,
    author_of_own,
    author_under,
    signature,
)
from nlp.narrative.identity.titles import Title, title
from nlp.narrative.identity.years import year_in, year_in_title, year_told
from nlp.narrative.paragraphs.paragraphs import Extent, passage
from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeeze
from nlp.record.model import Section
from nlp.text.folding import fold
from nlp.text.lines import Line

_Found = TypeVar("_Found", int, str)
_BAR, _PROBLEMS = "|", "problems_and_improvements"
_OPENING_LINES = 40
_LEAST_BEFORE = 12
"""So many characters before a heading on its line are more than marks and enumerators."""
_MOST_LINES = 120
"""Where no chapter is found, the title and the preface are looked for in so many lines."""


def identity(
    lines: Sequence[Line], labels: Sequence[str | None], sections: Sequence[Section]
) -> tuple[str | None, int | None]:
    """Return the agency and the year of a report, each None where the text does not tell.

    The title is believed first, then the preface, the signature and what the chapters say.

    >>> from nlp.text.lines import split
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
        opening = _opening(lines, labels, end, chapters)
        name = name or _author(lines, labels, opening, end)
        year = year or _first(year_in(opening.folded, how) for how in ("period", "said", "body"))
    return name, year or year_told(map(_told, chapters))


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


def _opening(
    lines: Sequence[Line], labels: Sequence[str | None], end: int, chapters: Sequence[Section]
) -> Squeezed:
    """Return what stands above the first chapter, and the beginning of that."""
    of_problems = (chapter.lines[0] - 1 for chapter in chapters if chapter.kind == _PROBLEMS)
    last = min(end + _OPENING_LINES, len(lines), max(end + 1, next(of_problems, len(lines)))) - 1
    extents = [Extent(0, end - 1), Extent(end, last)]
    read = [passage(lines, labels, extent) for extent in extents if extent.first <= extent.last]
    parts = (_without_bars(squeeze(passage.text, passage.folded)) for passage in read)
    return joined([*_before_on_line(lines, chapters), *parts], "\n")


def _without_bars(said: Squeezed) -> Squeezed:
    """Return a text without the bars of a table that a tool has drawn round its words."""
    if _BAR not in said.folded:
        return said
    kept = [place for place, character in enumerate(said.folded) if character != _BAR]
    return Squeezed(*("".join([text[place] for place in kept]) for text in (said.text, said.folded)))


def _before_on_line(lines: Sequence[Line], chapters: Sequence[Section]) -> list[Squeezed]:
    """Return what a line says before the heading that it holds, where a tool sets a page in one line."""
    for chapter in chapters[:1]:
        line = lines[chapter.lines[0] - 1]
        text, heading = squeeze(line.typed, line.folded), squeeze(chapter.title, fold(chapter.title))
        before = text.folded.find(heading.folded) if heading.folded else 0
        if before > _LEAST_BEFORE:
            return [Squeezed(text.text[:before], text.folded[:before])]
    return []


def _told(chapter: Section) -> str:
    """Return what a chapter says of the year; that of the problems speaks of the next one as well."""
    if chapter.kind == _PROBLEMS:
        return ""
    return squeeze(chapter.text, fold(chapter.text)).folded


def _first(found: Iterable[_Found | None]) -> _Found | None:
    return next((one for one in found if one is not None), None)
