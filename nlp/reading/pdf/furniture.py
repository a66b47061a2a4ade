"""Removes page numbers, addresses and running heads from the pages of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from nlp.reading.pdf.sheet import PageLine, Sheet
from nlp.text.folding import filled, fold
from nlp.text.pages import address, is_page_number

_EDGE = 0.12
"""The share of a page's height, at its top and at its bottom, in which such lines stand."""
_HEIGHT_STEP = 4
"""In points: lines that differ by less in height stand at the same place of their pages."""
_MOST_PAGES = 0.6
"""The share of the pages that a running head stands on, and at least two of them."""
_COUNTED = re.compile(r"\d+")


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the pages without their page numbers, addresses and running heads."""
    heads = _running_heads(sheets)
    cleaned = []
    for page in sheets:
        kept = [line for line in page.lines if not _is_furniture(line, page, heads)]
        cleaned.append(Sheet(page.number, page.height, kept))
    return cleaned


def _is_furniture(line: PageLine, page: Sheet, heads: set[str]) -> bool:
    if line.is_row or not _at_an_edge(line, page):
        return False
    text = line.text.strip()
    if address().match(text) or _key(line) in heads:
        return True
    is_first_or_last = line in (page.lines[0], page.lines[-1])
    return is_first_or_last and is_page_number(filled(fold(text)))


def _at_an_edge(line: PageLine, page: Sheet) -> bool:
    return line.bottom > (1 - _EDGE) * page.height or line.top < _EDGE * page.height


def _running_heads(sheets: Sequence[Sheet]) -> set[str]:
    """Return the keys of the lines at the edge that stand on most pages."""
    pages: Counter[str] = Counter()
    for page in sheets:
        pages.update({_key(line) for line in page.lines if not line.is_row and _at_an_edge(line, page)})
    least = max(2, _MOST_PAGES * len(sheets))
    return {key for key, count in pages.items() if count >= least}


def _key(line: PageLine) -> str:
    """Return what is equal for a running head on all pages: its height, and its text without numbers."""
    return f"{round(line.bottom / _HEIGHT_STEP)} {_COUNTED.sub('0', line.text)}"
