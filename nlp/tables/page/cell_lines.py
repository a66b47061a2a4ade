"""Finds the blank cells of a page that a tool wrote cell by cell: lone pipes, and blank lines too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.tables.page.tokens import Kind, Token
from nlp.text.lines import Line

_BAR = "|"
_LEAST_CELLS = 5
"""From so many cells on, each on a line of its own, their marks show how the page is written."""
_MOSTLY = 0.8
"""The share of a page's cells that must be marked alike."""


def blank_cells(lines: Sequence[Line], inside: Sequence[bool]) -> list[Token]:
    """Return an empty cell for each line that stands for one; `inside` tells which lines are a table's.

    Three ways of writing are known. A pipe behind, or before, every cell: a lone pipe is a blank cell.
    A pipe on a line of its own behind every cell: the second of two is one. A blank line behind every
    cell: so is each further one.
    """
    table = [line for line, within in zip(lines, inside, strict=True) if within]
    while table and table[-1].blank:
        table.pop()
    texts = [line.plain for line in table if not line.blank]
    cells = [text for text in texts if text != _BAR]
    if len(cells) < _LEAST_CELLS:
        return []
    barred = [text for text in cells if text.count(_BAR) == 1]
    before, behind = sum(text[0] == _BAR for text in barred), sum(text[-1] == _BAR for text in barred)
    if max(before, behind) >= _MOSTLY * len(cells):
        return [_blank(line) for line in table if line.plain == _BAR]
    if any(_BAR in text for text in cells) or any("\t" in line.raw for line in table):
        return []
    if _followed_by(table, _BAR) >= _MOSTLY * len(cells):
        return [_blank(line) for line in _further(table, _BAR)]
    if _BAR not in texts and _followed_by(table, "") >= _MOSTLY * len(cells):
        return [_blank(line) for line in _further(table, "")]
    return []


def _blank(line: Line) -> Token:
    return Token(Kind.EMPTY, line.n, 0, 0, "")


def _followed_by(table: Sequence[Line], mark: str) -> int:
    """Count the cells with a mark on the line behind them."""
    pairs = pairwise(table)
    return sum(one.plain not in (mark, "") and two.plain == mark for one, two in pairs)


def _further(table: Sequence[Line], mark: str) -> Iterator[Line]:
    """Yield the lines with a mark behind another one."""
    for before, line in pairwise(table):
        if line.plain == mark == before.plain and line.n == before.n + 1:
            yield line
