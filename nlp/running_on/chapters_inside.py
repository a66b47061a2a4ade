"""Finds the chapters of a report whose headings stand inside a line."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from nlp.narrative.chapters.chapter_names import strict_names, words_before
from nlp.narrative.wording import expression

_WORD = re.compile(r"[^\s|]+")
_SEVERAL = 3
_SEVERAL_WORDS = re.compile(r"[\s|]*+(?:[^\s|]++[\s|]++){2}[^\s|]")


class ChapterInside(Struct, frozen=True):
    """A chapter's heading at `line[start:end]`, its number included, and the chapter's kind."""

    kind: str
    start: int
    end: int


def chapters_inside(folded: str) -> list[ChapterInside]:
    """Return the chapters whose headings stand on a folded line, by their places.

    A heading has its number and stands at the start of the line, or behind a sentence or a cell. Where none
    has one, several words of their own, between white space, that are names of chapters are headings as well.

    >>> [chapter.kind for chapter in chapters_inside("一、总体情况 平稳。二、主动公开政府信息情况 规章 0")]
    ['overview', 'disclosure']
    """
    numbered = [_chapter(match) for match in _numbered_name().finditer(folded)]
    if numbered:
        return numbered
    if _SEVERAL_WORDS.match(folded) is None:
        return []
    names = (_name().fullmatch(folded, *word.span()) for word in _WORD.finditer(folded))
    alone = [_chapter(name) for name in names if name is not None]
    return alone if len(alone) >= _SEVERAL else []


def _chapter(match: re.Match[str]) -> ChapterInside:
    return ChapterInside(match.lastgroup or "", *match.span())


@cache
def _name() -> re.Pattern[str]:
    """Return a chapter's name: a group of its kind."""
    return re.compile(rf"(?:(?>{words_before()})\s?){{0,8}}(?:{strict_names()})")


@cache
def _numbered_name() -> re.Pattern[str]:
    """Return a numbered chapter's name behind a sentence or a cell: a group of its kind."""
    before, behind = (expression("sections", name).pattern for name in ("inside", "not_listed"))
    return re.compile(rf"{before}{_name().pattern}{behind}")
