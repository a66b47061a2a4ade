"""Finds the blank cells of a page that a tool wrote cell by cell: lone pipes, and blank lines too many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.tables.page.tokens import Kind, Token
from nlp.text.lines import Line

_BAR = "|"
_BLANK_LINES = (_BAR, "")
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
    cells = [line.plain for line in table if line.plain not in _BLANK_LINES]
    if len(cells) < _LEAST_CELLS:
        return []
    lone_bars = [line for line in table if line.plain == _BAR]
    if _are_bordered(cells):
        return [_blank(line) for line in lone_bars]
    if any(_BAR in cell for cell in cells) or any("\t" in line.raw for line in table):
        return []
    mark = _BAR if lone_bars else ""
    followed = 0
    blanks = []
    for line, below in pairwise(table):
        if below.plain != mark:
            continue
        if line.plain == mark:
            blanks += [below] if below.n == line.n + 1 else []
        elif line.plain not in _BLANK_LINES:
            followed += 1
    are_marked = followed >= _MOSTLY * len(cells)
    return [_blank(line) for line in blanks] if are_marked else []


def _are_bordered(cells: Sequence[str]) -> bool:
    """Return whether most cells have one pipe, all of them behind or all of them before the cell."""
    with_one_bar = [text for text in cells if text.count(_BAR) == 1]
    opened = sum(text.startswith(_BAR) for text in with_one_bar)
    closed = sum(text.endswith(_BAR) for text in with_one_bar)
    return max(opened, closed) >= _MOSTLY * len(cells)


def _blank(line: Line) -> Token:
    return Token(Kind.EMPTY, line.n, 0, 0, "")
