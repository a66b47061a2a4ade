"""Tells the numbers of pages, which stand among a table's numbers, by where they stand and by counting on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Sized
from itertools import pairwise

from nlp.text.lines import Line
from nlp.text.pages import NUMBER_STARTS, number_among_cells

_BEGINS = NUMBER_STARTS | frozenset("0123456789")
FRAME = "| "
"""What stands round every line of a page that a tool set as the one cell of a table."""
_DASHES = "- -"
"""What is left of `— 2 —` where its number became a line of its own, above the dashes."""
_DIGITS = 3
_LONGEST = 10
_LATEST_FIRST = 3
"""The first page may bear no number, or be a cover and a list of contents."""
_ENOUGH = 3
"""From so many numbers on they count pages where nothing shows a page's edge."""


def page_numbers(lines: Sequence[Line], chapters: Sequence[str | None]) -> dict[int, int]:
    """Map the lines (Line.n) that hold nothing but the number of a page to it, the dashes around one to 0.

    Numbers that stand alone at the end of each page, or at its beginning, and count on are the pages' own.
    One of them at least must stand outside the tables' chapters: values that count on by chance do not.
    Where nothing shows the ends of pages, they are the only numbers that stand alone.

    >>> from nlp.text.lines import split
    >>> text = "无。\\n1\\n\\n规章\\n0\\n2\\n\\n行政许可\\n7"
    >>> page_numbers(split(text), [None] * 3 + ["disclosure"] * 6)
    {2: 1, 6: 2}
    """
    likely = [(n, line) for n, line in enumerate(lines) if line.plain[:1] in _BEGINS]
    numbers = {n: number for n, line in likely if (number := alone(line))}
    if not numbers:
        return {}
    counted = _at_edges(numbers, lines, chapters)
    return {n + 1: numbers.get(n, 0) for n in [*counted, *_dashed(numbers, lines)]}


def _at_edges(numbers: dict[int, int], lines: Sequence[Line], chapters: Sequence[str | None]) -> list[int]:
    """Return the lines of numbers that count on where pages may end or begin, at blank lines, or anywhere."""
    breaks = {0, *_ends(lines)}
    last = [n for n in numbers if n + 1 in breaks]
    first = [n for n in numbers if n in breaks]
    apart = [n for n in first if n in last]
    everywhere = [list(numbers)] if _may_be_all_pages(numbers, lines) else []
    for pages in (apart, last, first, *everywhere):
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


def _dashed(numbers: Mapping[int, int], lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines of numbers that stand alone above two dashes, and those of the dashes."""
    filled = [n for n, line in enumerate(lines) if not line.blank]
    for number, n in pairwise(filled):
        if lines[n].plain == _DASHES and number in numbers and lines[number].plain.isdecimal():
            yield from (number, n)


def _ends(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the lines before which a page may end: blank ones and those behind them, and at form feeds."""
    for n, line in enumerate(lines):
        if line.blank:
            yield from (n, n + 1)
        elif line.raw[:1] == "\f":
            yield n


def _count_on(numbers: Sequence[int]) -> bool:
    """Tell whether numbers count on, from one of the first pages."""
    counted = all(two == one + 1 for one, two in pairwise(numbers))
    return len(numbers) > 1 and 0 < numbers[0] <= _LATEST_FIRST and counted


def may_be_one(number: int, n: int, pages: Mapping[int, int]) -> bool:
    """Tell whether a number in line `n` is one that the pages' known numbers lack there."""
    before = max((page for line, page in pages.items() if line < n), default=0)
    behind = min((page for line, page in pages.items() if line > n and page), default=number + 1)
    return before < number < behind
