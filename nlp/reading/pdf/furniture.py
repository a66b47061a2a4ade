"""Page numbers and running heads, which are no part of what a report says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from nlp.reading.pdf.sheet import Line, Sheet
from nlp.text.folding import filled, fold
from nlp.text.pages import address, is_page_number

_EDGE = 0.12
"""How much of a page's height, above and below, holds such lines."""
_COUNTED = re.compile(r"\d+")


def without(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the pages without their page numbers and running heads."""
    heads = _running_heads(sheets)
    return [
        Sheet(page.number, page.height, [line for line in page.lines if not _furniture(line, page, heads)])
        for page in sheets
    ]


def _furniture(line: Line, page: Sheet, heads: set[str]) -> bool:
    if line.is_row or not _at_an_edge(line, page):
        return False
    text = line.text.strip()
    if address().match(text) or _key(line) in heads:
        return True
    return line in (page.lines[0], page.lines[-1]) and is_page_number(filled(fold(text)))


def _at_an_edge(line: Line, page: Sheet) -> bool:
    return line.bottom > (1 - _EDGE) * page.height or line.top < _EDGE * page.height


def _running_heads(sheets: Sequence[Sheet]) -> set[str]:
    """Return what stands at the same height of most pages, numbers apart."""
    seen = Counter(
        key
        for page in sheets
        for key in {_key(line) for line in page.lines if not line.is_row and _at_an_edge(line, page)}
    )
    return {key for key, times in seen.items() if times >= max(2, 0.6 * len(sheets))}


def _key(line: Line) -> str:
    return f"{round(line.bottom / 4)} {_COUNTED.sub('0', line.text)}"
