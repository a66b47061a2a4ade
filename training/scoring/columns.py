"""Lays rows of text out in columns, for people."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table: the first column to the left, the others to the right.

    >>> print(aligned([["", "F1"], ["总计", "0.5"], ["all", "1"]]))
           F1
    总计  0.5
    all     1
    """
    if not rows:
        return ""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    padding = [" " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]
    cells = [row[0] + padding[0], *(pad + text for text, pad in zip(row[1:], padding[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Chinese characters are two columns wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
