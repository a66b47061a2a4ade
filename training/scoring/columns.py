"""Aligns rows of text in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

Say = Callable[[str], str]
"""Returns English words in the language of who reads them; what it does not know stays as it is."""


def aligned(rows: Sequence[Sequence[str]], say: Say = str) -> str:
    """Return rows as a table of text, the first column aligned to the left, the others to the right.

    Chinese characters count as two columns wide. Every row must have the same number of cells. Each cell is
    written as `say` returns it.

    >>> print(aligned([["", "F1"], ["总计", "0.5"], ["all", "1"]]))
           F1
    总计  0.5
    all     1
    """
    if not rows:
        return ""
    rows = [[said(cell, say) for cell in row] for row in rows]
    column_widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, column_widths) for row in rows)


def said(line: str, say: Say) -> str:
    """Return a line as `say` returns it, as far in as it was.

    >>> said("  lost", {"lost": "丢失"}.__getitem__)
    '  丢失'
    """
    bare = line.lstrip(" ")
    return line[: len(line) - len(bare)] + say(bare) if bare else line


def _row(row: Sequence[str], column_widths: Sequence[int]) -> str:
    cells: list[str] = []
    for number, (cell, column_width) in enumerate(zip(row, column_widths, strict=True)):
        padding = " " * (column_width - _width(cell))
        cells.append(cell + padding if number == 0 else padding + cell)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide
