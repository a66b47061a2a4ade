"""The names of chapters at the start of a line, with the enumerators and words that may stand round them."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.wording import wording
from nlp.text.cells import longest_of
from nlp.text.enumerators import filled_in

MARKS = "#*>|·•●■◆-"
"""Marks before a title, as of Markdown, which are no part of it."""

_LOOSE = "_loose"
_ENUMERATORS = ("chinese", "paren", "arabic", "lost_paren", "lost")
BRACKETS = ("paren", "lost_paren")
"""The styles of enumerators in brackets."""


class ChapterName(Struct, frozen=True, gc=False):
    """A chapter's name at `text[start:end]`, its enumerator included.

    `is_loose` where the words name other things as well; `style` is the enumerator's, `chinese` (一、),
    `paren` ((一)), `arabic` (1.), `lost` or `lost_paren` where only the marks round a numeral are left
    (、 and ()), None where there is none; `number` is what a Chinese one counts, in brackets or not.
    """

    kind: str
    is_loose: bool
    style: str | None
    number: int | None
    start: int
    end: int


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of chapters in their official order."""
    return tuple(chapter["kind"] for chapter in wording("sections")["chapter"])


def chapter_name(text: str, start: int = 0) -> ChapterName | None:
    """Return the chapter's name that a folded text without white space has at `start`.

    >>> chapter_name("一、总体情况:全年平稳")
    ChapterName(kind='overview', is_loose=False, style='chinese', number=1, start=0, end=6)
    """
    match = _name().match(text, start)
    if match is None:
        return None
    style = None
    for name in _ENUMERATORS:
        if match[name]:
            style = name
    number = number_of(match[style]) if style in ("chinese", "paren") else None
    group = match.lastgroup or ""
    return ChapterName(
        group.removesuffix(_LOOSE), group.endswith(_LOOSE), style, number, match.start(), match.end()
    )


def numerals() -> str:
    """Return the Chinese numerals from one on."""
    return str(wording("numbers")["numerals"])


@cache
def first_characters() -> frozenset[str]:
    """Return what a long line starts with that may open with a chapter's title."""
    return frozenset(numerals() + wording("sections")["first"] + MARKS)


@cache
def strict_names() -> str:
    """Return an expression of the names that say which chapter it is: a group of each kind."""
    groups = []
    for chapter in wording("sections")["chapter"]:
        groups.append(f"(?P<{chapter['kind']}>{'|'.join(chapter['names'])})")
    return "|".join(groups)


def words_before() -> str:
    """Return an expression of what may stand before a chapter's name: whose work, of which year."""
    return longest_of(wording("sections")["before"])


@cache
def _name() -> re.Pattern[str]:
    """Return a chapter's name with its enumerator; the last group is the kind, `_loose` or not."""
    enumerator = filled_in(wording("sections")["expressions"]["enumerator"])
    after = "|".join(wording("sections")["after"])
    names = []
    for chapter in wording("sections")["chapter"]:
        names.append(f"(?P<{chapter['kind']}>{'|'.join(chapter['names'])})")
        names.append(f"(?P<{chapter['kind']}{_LOOSE}>{'|'.join(chapter['loose'])})")
    return re.compile(rf"(?:{enumerator})?(?:(?>{words_before()})){{0,8}}(?:{'|'.join(names)})(?:{after})?")
