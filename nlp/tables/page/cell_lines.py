"""Finds the blank cells of a page that a tool wrote cell by cell: lone pipes, and blank lines too many."""

from __future__ import annotations

from collections.abc import Sequence
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
    cells = [line.plain for line in table if line.plain not in (_BAR, "")]
    if len(cells) < _LEAST_CELLS:
        return []
    least = _MOSTLY * len(cells)
    lone_bars = [line for line in table if line.plain == _BAR]
    with_one_bar = [text for text in cells if text.count(_BAR) == 1]
    opened = sum(text.startswith(_BAR) for text in with_one_bar)
    closed = sum(text.endswith(_BAR) for text in with_one_bar)
    if max(opened, closed) >= least:
        return [_blank(line) for line in lone_bars]
    mark = _BAR if lone_bars else ""
    pairs = list(pairwise(table))
    followed = sum(one.plain not in (_BAR, "") and two.plain == mark for one, two in pairs)
    are_delimited = any(_BAR in text for text in cells) or any("\t" in line.raw for line in table)
    if are_delimited or followed < least:
        return []
    return [_blank(two) for one, two in pairs if one.plain == two.plain == mark and two.n == one.n + 1]


def _blank(line: Line) -> Token:
    return Token(Kind.EMPTY, line.n, 0, 0, "")
