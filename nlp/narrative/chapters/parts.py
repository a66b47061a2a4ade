"""Cuts a chapter into its parts: (一)主动公开情况, with the heading on its own line or run in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.chapters.chapter_names import numerals
from nlp.narrative.chapters.headings import opening_of
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.paragraphs.enumerators import Enumerator, leading
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.passage import Passage
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.running_lines import has_text
from nlp.narrative.vocabulary.cue_words import is_general, kind_of
from nlp.narrative.vocabulary.sub_headings import without_enumerator
from nlp.narrative.wording import expression, wording
from nlp.record.model import Section
from nlp.text.lines import Line

_PROBLEMS = "problems_and_improvements"
_OVERVIEW = "overview"
_STYLES = ("paren_chinese", "chinese", "arabic", "paren_arabic", "ordinal", "circled")
_NO_TEXT = ("furniture", "numeric_cell", "table_row")
_LONGEST_TITLE = 40
_LONGEST_BULLETED = 20
"""A title behind a bullet has at most so many characters."""

_SENTENCE_MARKS = ",。;:"

_ONE_LINE = 80
"""A line with so many characters may hold several parts of a chapter."""

_FOLDED_MARKS = " \t。:;.,、*"
_MARKS = _FOLDED_MARKS + "：；．　"
"""Marks at the ends of a title that are no part of it; between title and text a line feed is one, too."""


def parts(prose: Prose, kind: str, body: Extent, passage: Passage) -> list[Chapter]:
    """Return the parts of a chapter of some kind; it may have none.

    `body` is where its text stands, without its own title, and `passage` is that text.
    """
    starts = _starts(prose, kind, body)
    if not starts and kind == _OVERVIEW:
        starts = _bulleted_starts(prose.lines, body)
    inside = inline_starts(prose.lines, kind, body)
    if len(inside) > len(starts):
        return [_part(prose, kind, extent, prose.passage(extent)) for extent in _cut(inside, body)]
    extents = _cut([(first, 0) for first in starts], body)
    return [_part(prose, kind, extent, passage) for extent in extents]


def _cut(starts: Sequence[tuple[int, int]], body: Extent) -> list[Extent]:
    """Cut the text of a chapter at the lines and columns where its parts start."""
    extents = []
    for place, (first, column) in enumerate(starts):
        last, end = body.last, body.end
        if place + 1 < len(starts):
            next_first, next_column = starts[place + 1]
            last = next_first if next_column else next_first - 1
            end = next_column if next_column else None
        extents.append(Extent(first, last, column, end))
    return extents


def inline_starts(lines: Sequence[Line], kind: str, body: Extent) -> list[tuple[int, int]]:
    """Return the lines and columns where parts (一), (二) start on a page that has several in one long line.

    They count from one; a title of a part of the overview names its kind, or is short and closed.
    """
    starts: list[tuple[int, int]] = []
    if kind != _OVERVIEW:
        return starts
    for position in range(body.first, body.last + 1):
        line = lines[position]
        start, end = body.columns(position)
        if len(line.plain) < _ONE_LINE and not starts:
            continue
        for mark in _inline_mark().finditer(line.folded, start, len(line.folded) if end is None else end):
            title = expression("sections", "part_title").match(line.folded, mark.end())
            is_title = title is not None and 0 < len(title.group()) <= _LONGEST_TITLE
            if is_title and number_of(mark.group()) == len(starts) + 1:
                starts.append((position, mark.start()))
    return starts


@cache
def _inline_mark() -> re.Pattern[str]:
    """Return (一) at the start of a line or inside it."""
    inside = expression("sections", "inline_part").pattern
    return re.compile(rf"{inside}|^\s*\([{numerals()}]\)[、.]?")


def _starts(prose: Prose, kind: str, body: Extent) -> list[int]:
    """Return the lines that open a part: numbered ones of the outermost style, or bare headings.

    A part whose numeral is lost, ()依申请公开情况, counts on from the one before it.
    """
    outer_style: str | None = None
    last_number = 0
    starts = []
    for position in range(body.first, body.last + 1):
        line, label = prose.lines[position], prose.labels[position]
        if not line.plain or label in _NO_TEXT:
            continue
        text = line.plain
        if position == body.first:
            if not has_text(line, body.start):
                continue
            text = line.folded[body.start :].strip()
        if expression("sections", "lost_part").match(text):
            starts.append(position)
            last_number += 1
            continue
        mark = leading(text)
        if mark is None:
            if label == "heading" and _is_bare_title(opening_of(line), kind, outer_style):
                starts.append(position)
        elif mark.style in _STYLES and _is_title(text, mark, kind):
            outer_style = outer_style or mark.style
            if mark.style == outer_style and _counts_on(mark.number, last_number):
                last_number = mark.number or 0
                starts.append(position)
    return starts


def _bulleted_starts(lines: Sequence[Line], body: Extent) -> list[int]:
    """Return the lines that open a part of the overview with a bullet: ★主动公开, with its text below.

    The lines of a list are none: they are sentences, or have no text between them.
    """
    printed = [position for position in range(body.first + 1, body.last + 1) if lines[position].plain]
    starts = []
    for position, below in pairwise(printed):
        is_list = _behind_bullet(lines[below].plain) is not None
        title = _behind_bullet(lines[position].plain)
        if title is not None and not is_list and _names_part_of_overview(title):
            starts.append(position)
    return starts if len(starts) > 1 else []


def _behind_bullet(plain: str) -> str | None:
    """Return the words of a line behind its bullet; None where it opens with none."""
    mark = leading(plain)
    return plain[mark.end :] if mark is not None and mark.style == "bullet" else None


def _names_part_of_overview(words: str) -> bool:
    """Return whether words are a title and say which part of the overview they open."""
    title = words.rstrip(_FOLDED_MARKS)
    if len(title) > _LONGEST_BULLETED or any(mark in title for mark in _SENTENCE_MARKS):
        return False
    return _kind_of_part(title, _OVERVIEW) != "other"


def _counts_on(number: int | None, last_number: int) -> bool:
    return number is not None and (number > last_number or number == 1)


def _is_title(text: str, mark: Enumerator, kind: str) -> bool:
    """Return whether a numbered line opens a part and not an item.

    In the chapter of problems only a title that leads to problems or to measures does.
    """
    if kind != _PROBLEMS:
        return True
    title = expression("sections", "part_title").match(text, mark.end)
    return title is None or _leads_to_items(title.group())


def _is_bare_title(text: str, kind: str, outer_style: str | None) -> bool:
    """Return whether a heading without an enumerator opens a part."""
    title = text.rstrip(_FOLDED_MARKS)
    if len(title) > _LONGEST_TITLE:
        return False
    if kind == _PROBLEMS:
        return _leads_to_items(title)
    return outer_style is None and _kind_of_part(title, kind) != "other"


def _leads_to_items(title: str) -> bool:
    return is_general(title) and kind_of(title) is not None


def _part(prose: Prose, chapter_kind: str, extent: Extent, chapter_passage: Passage) -> Chapter:
    """Return the part on the lines of an extent."""
    numbers = (extent.first + 1, extent.last + 1)
    passage = chapter_passage.within(*numbers)
    end = _title_end(passage.folded)
    title = passage.text[:end].strip(_MARKS)
    text = passage.text[end:].lstrip(_MARKS + "\n")
    section = Section(_kind_of_part(passage.folded[:end], chapter_kind), title, 2, numbers, text)
    return Chapter(section, _body_of_part(prose, extent, passage, end))


def _body_of_part(prose: Prose, extent: Extent, passage: Passage, title_end: int) -> Extent:
    """Return where the text of a part stands: behind its title, which has so many characters."""
    if not title_end:
        return extent
    offset = passage.span(title_end - 1, title_end)[1]
    position = passage.lines(title_end - 1, title_end)[0] - 1
    return Extent(position, extent.last, offset - prose.lines[position].start, extent.end)


def _title_end(folded: str) -> int:
    """Return where the title of a part ends in its text; 0 where it has none."""
    lost = expression("sections", "lost_part").match(folded)
    mark = leading(folded)
    start = lost.end() if lost else mark.end if mark else 0
    title = expression("sections", "part_title").match(folded, start)
    if title is None:
        return 0
    if title.end() <= _LONGEST_TITLE:
        return title.end()
    return max(folded.find(",", 0, _LONGEST_TITLE), 0)


def _kind_of_part(title: str, chapter_kind: str) -> str:
    if chapter_kind == _PROBLEMS:
        kind = kind_of(without_enumerator(title))
        return kind if kind in ("problems", "improvements") else "other"
    if chapter_kind == _OVERVIEW:
        for kind_of_overview, words in _part_words():
            if words.search(title):
                return kind_of_overview
    return "other"


@cache
def _part_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((part["kind"], re.compile("|".join(part["words"]))) for part in wording("sections")["part"])
