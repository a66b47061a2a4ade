"""Lines of prose joined to paragraphs, over page breaks as well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf

from nlp.reading.patterns import pattern
from nlp.reading.pdf.glyphs import LINE_FEED, SPACE
from nlp.reading.pdf.sheet import Line, Sheet
from nlp.reading.pdf.writing import Writing

_SLACK = 0.4
"""How much, in heights, a line may lack of being full: justified writing is not exact."""
_NEAR = 1.7
"""Lines that end within so many heights of the right edge show where the writing begins."""
_INDENTED = 0.6
_LOOSE = 2.6
"""From this pitch on, in heights, lines are no longer of one paragraph."""
_LEAST = 12
"""A line of fewer characters does not tell where the writing ends."""


def text(sheets: Sequence[Sheet]) -> Writing:
    """Return the pages as one text: a paragraph or a row of cells a line."""
    left, right = _edges(sheets)
    written: Writing = []
    last: Line | None = None
    page = 0
    for number, line in _all(sheets):
        if last is not None:
            if _goes_on(last, line, left, right, turned=number != page):
                if last.text[-1].isascii() and line.text[0].isascii():
                    written.append(SPACE)
            else:
                written.append(LINE_FEED)
        written += line.written
        last, page = line, number
    return written


def _all(sheets: Sequence[Sheet]) -> Iterator[tuple[int, Line]]:
    for page in sheets:
        for line in page.lines:
            yield page.number, line


def _edges(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """Return where most lines of the prose begin, and where the fullest of them end."""
    prose = [line for _, line in _all(sheets) if not line.is_row and len(line.written) >= _LEAST]
    rights = Counter(round(line.right / 4) for line in prose)
    right = max((4.0 * place for place, times in rights.items() if times >= 2), default=inf)
    full = [line.left for line in prose if line.right > right - _NEAR * line.height]
    return min(full, default=0.0), right


def _goes_on(one: Line, two: Line, left: float, right: float, turned: bool) -> bool:
    """Tell whether the second line goes on with the paragraph of the first."""
    if one.is_row or two.is_row or "\t" in one.text or "\t" in two.text:
        return False
    height = min(one.height, two.height)
    if max(one.height, two.height) > 1.3 * height or two.left > left + _INDENTED * height:
        return False
    if not turned and one.bottom - two.bottom > _LOOSE * height:
        return False
    if one.right + _first_piece(two) < right - _SLACK * height:
        return False
    opens = pattern("sheet", "opening").match(two.text)
    return not (opens and pattern("sheet", "closed").search(one.text))


def _first_piece(line: Line) -> float:
    """Return how wide what a line begins with is: it goes to the next line where there was no room for it."""
    found = pattern("sheet", "piece").match(line.text)
    return line.written[found.end() - 1].right - line.left if found else 0.0
