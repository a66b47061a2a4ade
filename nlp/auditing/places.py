"""Tells where on a document some cells are printed: pages of a PDF, lines of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from nlp.auditing.words import said
from nlp.record.model import Cell

_AS_PUBLISHED = "text/plain"
"""Only the lines of a text are those that its reader sees; those of other kinds are the reader's own."""


def where(cells: Iterable[Cell], media_type: str) -> str:
    """Return the places of some cells in words; "" where none of them is on the page.

    >>> cell = Cell(3, "3", "printed", 41, (7, 8), 0.999)
    >>> where([cell, cell], "text/plain"), where([cell], "text/html"), where([], "text/html")
    ('第 41 行', '读出文本第 41 行', '')
    """
    there = list(cells)
    pages = sorted({cell.page for cell in there if cell.page is not UNSET})
    if pages:
        return said("where", "page", numbers=_listed(pages))
    lines = sorted({cell.line for cell in there if cell.line is not None})
    kind = "line" if media_type == _AS_PUBLISHED else "text_line"
    return said("where", kind, numbers=_listed(lines)) if lines else ""


def _listed(numbers: list[int]) -> str:
    return said("where", "between").join(_runs(numbers))


def _runs(numbers: list[int]) -> Iterator[str]:
    """Yield numbers, those that follow one another as one range."""
    first = last = numbers[0]
    for number in [*numbers[1:], 0]:
        if number == last + 1:
            last = number
            continue
        yield str(first) if first == last else said("where", "range", first=first, last=last)
        first = last = number
