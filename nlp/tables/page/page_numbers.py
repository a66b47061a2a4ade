"""Tells the numbers of pages, which stand among a table's numbers, by where they stand and by counting on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Sized
from itertools import pairwise

from nlp.text.cells import DASH
from nlp.text.lines import Line
from nlp.text.pages import NUMBER_DRESS, NUMBER_STARTS, number_among_cells

_DRESSED = re.compile(rf".*\d.*[{re.escape(NUMBER_DRESS)}]")
"""A number that is no value, as `-2` may be."""
_DASHES = re.compile(r"-(?: +-)?")
"""What is left of `— 2 —` where its number, or that and one of the dashes, became a line of its own."""
_BEGINS = NUMBER_STARTS | frozenset("0123456789")
FRAME = "| "
"""What stands round every line of a page that a tool set as the one cell of a table."""
_DIGITS = 3
_LONGEST = 10
_LATEST_FIRST = 3
"""The first page may bear no number, or be a cover and a list of contents."""
_NEAR = 3
"""Within so many lines from a sheet's edge a number may be the page's."""
_ENOUGH = 3
"""From so many numbers on they count pages where nothing shows a page's edge."""


def page_numbers(lines: Sequence[Line], chapters: Sequence[str | None]) -> dict[int, int]:
    """Map the lines (Line.n) that hold nothing but the number of a page to it, dashes around one to 0.

    Numbers that stand alone at the end of each page, or at its beginning, and count on are the pages' own.
    One of them at least must stand outside the tables' chapters: values that count on by chance do not.
    Where nothing shows the ends of pages, they are the only numbers that stand alone.

    >>> from nlp.text.lines import split
    >>> text = "无。\\n1\\n\\n规章\\n0\\n2\\n\\n行政许可\\n7"
    >>> page_numbers(split(text), [None] * 3 + ["disclosure"] * 6)
    {2: 1, 6: 2}
    """
    likely = [n for n, line in enumerate(lines) if line.plain[:1] in _BEGINS]
    numbers = {n: number for n in likely if (number := alone(lines[n]))}
    if not numbers:
        return {}
    sheets = _sheets(lines)
    counted = _on_sheets(lines, sheets, numbers, chapters) if sheets else _at_edges(numbers, lines, chapters)
    return {n + 1: numbers.get(n, 0) for n in [*counted, *_dashed(lines, likely, numbers)]}


def _sheets(lines: Sequence[Line]) -> list[list[int]]:
    """Return the lines of each sheet that are not blank; none where no form feed parts sheets."""
    firsts = [n for n, line in enumerate(lines) if line.raw[:1] == "\f"]
    if not firsts:
        return []
    bounds = pairwise([0, *firsts, len(lines)])
    sheets = [[n for n in range(first, end) if not lines[n].blank] for first, end in bounds]
    return sheets if sheets[-1] else sheets[:-1]


def _on_sheets(
    lines: Sequence[Line],
    sheets: Sequence[Sequence[int]],
    numbers: Mapping[int, int],
    chapters: Sequence[str | None],
) -> list[int]:
    """Return the lines of the sheets' numbers, all dressed (第2页) or none, where most sheets have theirs."""
    dressed = {n: page for n, page in numbers.items() if _DRESSED.fullmatch(lines[n].plain)}
    bare = {n: page for n, page in numbers.items() if lines[n].plain.isdecimal()}
    last_first = [sheet[::-1] for sheet in sheets]
    for known, read, reach in ((dressed, sheets, None), (bare, last_first, _NEAR), (bare, sheets, _NEAR)):
        for unnumbered in range(_LATEST_FIRST):
            numbered = read[unnumbered:]
            pages: list[int] = []
            for page, sheet in enumerate(numbered, 1):
                pages += _own(sheet, page, known, reach)
            are_most = len(pages) > 1 and 2 * len(pages) > len(numbered)
            if are_most and any(chapters[n] is None for n in pages):
                return pages
    return []


def _own(sheet: Sequence[int], page: int, numbers: Mapping[int, int], reach: int | None) -> list[int]:
    """Return where a sheet has its number: at its edge, else where no other line is that, and one near it.

    A dressed one may stand anywhere: tools set boxes of a table behind it.
    """
    there = [n for n in sheet if numbers.get(n) == page]
    is_at_edge = there[:1] == sheet[:1]
    is_only_one = len(there) == 1 and there[0] in sheet[:reach]
    return there[:1] if is_at_edge or is_only_one else []


def _at_edges(numbers: dict[int, int], lines: Sequence[Line], chapters: Sequence[str | None]) -> list[int]:
    """Return the lines of numbers that count on where pages may end or begin, at blank lines, or anywhere."""
    breaks = {0}
    for n, line in enumerate(lines):
        if line.blank:
            breaks |= {n, n + 1}
    last = [n for n in numbers if n + 1 in breaks]
    first = [n for n in numbers if n in breaks]
    apart = [n for n in first if n in last]
    everywhere = list(numbers) if _may_be_all_pages(numbers, lines) else []
    for pages in (apart, last, first, everywhere):
        if _count_on([numbers[n] for n in pages]) and any(chapters[n] is None for n in pages):
            return pages
    return []


def _may_be_all_pages(numbers: Sized, lines: Sequence[Line]) -> bool:
    """Tell whether all numbers that stand alone may be those of pages: they are several, and none is 0."""
    return len(numbers) >= _ENOUGH and not any(line.plain == "0" for line in lines)


def alone(line: Line) -> int | None:
    """Return the number that is all of a line, as pages print theirs, and None where there is none.

    A frame round the page (a table's one cell, set as text) is no part of its lines.
    """
    plain = line.plain.strip(FRAME)
    if plain.isdecimal():
        return int(plain) if len(plain) <= _DIGITS else None
    return number_among_cells(plain) if len(plain) <= _LONGEST else None


def _dashed(lines: Sequence[Line], likely: Sequence[int], numbers: Mapping[int, int]) -> set[int]:
    """Return the lines of dashes beside one number that stands alone, and these numbers.

    One dash alone is half of what `1—` lacks; a cell may print one as well.
    """
    found: set[int] = set()
    for n in likely:
        plain = lines[n].plain
        if plain[:1] == DASH and _DASHES.fullmatch(plain):
            around = (m for m in (_next(lines, n, -1), _next(lines, n, 1)) if numbers.get(m))
            beside = [m for m in around if _is_torn(plain, lines[m].plain)]
            if len(beside) == 1:
                found |= {n, *beside}
    return found


def _next(lines: Sequence[Line], n: int, step: int) -> int:
    """Return the next line that is not blank, of the same sheet; -1 where there is none."""
    for m in (n + step, n + 2 * step):
        if not 0 <= m < len(lines) or lines[max(m, m - step)].raw[:1] == "\f":
            return -1
        if not lines[m].blank:
            return m
    return -1


def _is_torn(dashes: str, number: str) -> bool:
    """Tell whether dashes and a number are pieces of one: two and `1`, or one and `1—`."""
    return number.isdecimal() if len(dashes) > 1 else number[0] != DASH and number[-1] == DASH


def _count_on(numbers: Sequence[int]) -> bool:
    """Tell whether numbers count on, from one of the first pages."""
    counted = all(two == one + 1 for one, two in pairwise(numbers))
    return len(numbers) > 1 and 0 < numbers[0] <= _LATEST_FIRST and counted


def may_be_one(number: int, n: int, pages: Mapping[int, int]) -> bool:
    """Tell whether a number in line `n` is one that the pages' known numbers lack there."""
    before = max((page for line, page in pages.items() if line < n), default=0)
    behind = min((page for line, page in pages.items() if line > n and page), default=number + 1)
    return before < number < behind
