"""Aligns rows of text in columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table of text, the first column aligned to the left, the others to the right.

    Chinese characters count as two columns wide. Every row must have the same number of cells.

    >>> print(aligned([["", "F1"], ["总计", "0.5"], ["all", "1"]]))
           F1
    总计  0.5
    all     1
    """
    if not rows:
        return ""
    column_widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, column_widths) for row in rows)


def _row(row: Sequence[str], column_widths: Sequence[int]) -> str:
    cells: list[str] = []
    for number, (cell, column_width) in enumerate(zip(row, column_widths, strict=True)):
        padding = " " * (column_width - _width(cell))
        cells.append(cell + padding if number == 0 else padding + cell)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide
