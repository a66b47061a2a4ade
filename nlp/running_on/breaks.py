"""Tells where a line on which a page, a chapter or a table runs on is to be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from nlp.narrative.chapters.heading_choice import TABLE_CHAPTERS
from nlp.narrative.wording import expression
from nlp.running_on.chapters_inside import ChapterInside, chapters_inside
from nlp.running_on.rows_inside import rows_inside
from nlp.text.folding import HOLE, filled
from nlp.text.lines import Line, touch

_LONG, _WHOLE_TABLE = 20, 80
"""A line on which a chapter runs on into the next, and one that is a whole table, are no shorter."""
_SEVERAL, _MOSTLY = 3, 0.8
"""So many breaks, and such a share of them, say how a page's lines were joined."""
_SPACE = re.compile(r"(?<![A-Za-z\d:/-])\s+|\s+(?![A-Za-z\d:/-])")
_WORDS = re.compile(r"[^\W_](?:.*[^\W_])?")
"""A line from its first letter or digit to its last."""
_WHITE = re.compile(r"\s*")
_SENTENCE_END = re.compile(r"(?<=[。;:!?])\s+")
_TITLE = expression("identity", "opening_title")
"""The title of a report at the start of a page, and the year behind it."""
_MARKS = "*#>"
"""What Markdown has before a heading."""
_BORDERS = re.compile(r"(?:\s*\|)*")
"""Pipes and empty cells behind the last cell of a row."""


def breaks(lines: Iterable[Line]) -> list[int]:
    """Return the places of a decoded text, within its lines, at which other lines should begin.

    Only long lines are broken: before the headings inside them, before and behind the rows of a table, and,
    where more than one chapter is on a line, where white space parts the paragraphs before and in them.

    >>> from nlp.text.lines import split
    >>> page = "某局2022年政府信息公开工作年度报告 一、总体情况 全年平稳，发布解读材料9篇，"
    >>> page += "新闻发布会2次，公开信息131条，其中机构职能类5条、规划计划类8条、财政资金类14条。"
    >>> page += " 二、主动公开政府信息情况 规章 0 0 0"
    >>> [page[at : at + 6] for at in breaks(split(page))]
    ['一、总体情况', '全年平稳，发', '二、主动公开', '规章 0 0']
    """
    found: list[int] = []
    for line in lines:
        if len(line.raw) >= _LONG:
            found += [line.start + at for at in _breaks_of_line(line.folded)]
    return found


def are_joined(lines: Sequence[Line]) -> bool:
    """Tell whether a page's lines were joined with nothing between: most that it was broken into touch.

    >>> from nlp.text.lines import broken, split
    >>> are_joined(broken(split("规章0许可7处罚1强制2"), [3, 6, 9]))
    True
    >>> are_joined(broken(split("规章0 许可7 处罚1"), [4, 8]))
    False
    """
    broken = [(one, two) for one, two in pairwise(lines) if two.start == one.start + len(one.raw)]
    touching = sum(touch(one, two) for one, two in broken)
    return len(broken) >= _SEVERAL and touching >= _MOSTLY * len(broken)


def _breaks_of_line(folded: str) -> list[int]:
    """Return where one long folded line is to be broken, as if its holes were not."""
    if HOLE not in folded:
        return _breaks_of(folded)
    kept = [at for at, character in enumerate(folded) if character != HOLE]
    return [kept[place] for place in _breaks_of(filled(folded))]


def _breaks_of(folded: str) -> list[int]:
    """Return where one long folded line without holes is to be broken."""
    chapters = chapters_inside(folded)
    if not chapters and len(folded) < _WHOLE_TABLE:
        return []
    words = _WORDS.search(folded)
    if words is None:
        return []
    runs_on = any(words.start() < chapter.start for chapter in chapters)
    ends = [*(chapter.start for chapter in chapters), len(folded)]
    places: set[int] = set()
    if runs_on:
        places.update(_before_first(folded, ends[0]))
    elif not chapters:
        places.update(_of_rows(folded, 0, len(folded), None))
    for chapter, (_, end) in zip(chapters, pairwise(ends), strict=True):
        places.update(_of_chapter(folded, chapter, end, runs_on))
    return sorted(place for place in places if words.start() < place < words.end())


def _before_first(folded: str, end: int) -> Iterator[int]:
    """Yield where the title and what stands around it are broken: at white space, and behind the title."""
    for space in _SPACE.finditer(folded, 0, end):
        yield space.end()
    title = _TITLE.match(folded, 0, end)
    if title is not None:
        yield _behind_space(folded, title.end())


def _of_chapter(folded: str, chapter: ChapterInside, end: int, runs_on: bool) -> Iterator[int]:
    yield _behind_space(folded, _before(folded, chapter.start, _MARKS))
    is_table = chapter.kind in TABLE_CHAPTERS
    rows = list(_of_rows(folded, chapter.end, end, chapter.kind)) if is_table else []
    if rows or folded[chapter.end : chapter.end + 1].isspace():
        yield _behind_space(folded, chapter.end)
    yield from rows
    if runs_on and not rows:
        for sentence in _SENTENCE_END.finditer(folded, chapter.end, end):
            yield sentence.end()


def _of_rows(folded: str, first: int, end: int, table: str | None) -> Iterator[int]:
    """Yield where each row of a table begins, and the headers behind it."""
    for row in rows_inside(folded, first, end, table):
        yield _before_border(folded, first, row.cells if row.label is None else row.label)
        if row.is_whole:
            yield _behind_row(folded, row.end, end)


def _before_border(folded: str, first: int, at: int) -> int:
    """Return where the pipe begins that stands before a cell, if one does; else where the cell begins."""
    border = _before(folded, at, "") - 1
    return border if border >= first and folded[border] == "|" else at


def _behind_row(folded: str, at: int, end: int) -> int:
    """Return where a row ends: before the last of the pipes behind its cells, behind white space."""
    borders = _BORDERS.match(folded, at, end)
    if borders is not None and "|" in borders.group():
        return borders.end() - 1
    return _behind_space(folded, at)


def _behind_space(folded: str, at: int) -> int:
    space = _WHITE.match(folded, at)
    return at if space is None else space.end()


def _before(folded: str, at: int, marks: str) -> int:
    """Return where the marks and white space begin that stand before a place."""
    while at and (folded[at - 1] in marks or folded[at - 1].isspace()):
        at -= 1
    return at
