"""Lines of prose joined to paragraphs, over page breaks as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf

from nlp.reading.patterns import pattern
from nlp.reading.pdf.sheet import Line, Sheet
from nlp.reading.pdf.writing import Writing
from nlp.text.enumerators import shape

_OPENING = re.compile(shape("paragraph"))
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
    edges = _edges(sheets)
    written: Writing = []
    last: Line | None = None
    page = 0
    for number, line in _all(sheets):
        if last is not None:
            if _goes_on(last, line, edges, turned=number != page):
                if last.text[-1].isascii() and line.text[0].isascii():
                    written.append(" ")
            else:
                written.append("\n")
        written += line.written
        last, page = line, number
    return written


def _all(sheets: Sequence[Sheet]) -> Iterator[tuple[int, Line]]:
    for page in sheets:
        for line in page.lines:
            yield page.number, line


def _edges(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """Return where most lines of the prose begin, and where the fullest of them end."""
    prose = [line for _, line in _all(sheets) if not line.is_row and len(line.text) >= _LEAST]
    prose = [line for line in prose if not line.edges] or prose
    rights = Counter(round(line.right / 4) for line in prose)
    right = max((4.0 * place for place, times in rights.items() if times >= 2), default=inf)
    full = [line.left for line in prose if line.right > right - _NEAR * line.height]
    return min(full, default=0.0), right


def _goes_on(one: Line, two: Line, edges: tuple[float, float], turned: bool) -> bool:
    """Tell whether the second line goes on with the paragraph of the first."""
    left, right = (two.edges or edges)[0], (one.edges or edges)[1]
    if one.is_row or two.is_row or "\t" in one.text or "\t" in two.text:
        return False
    height = min(one.height, two.height)
    if max(one.height, two.height) > 1.3 * height or two.left > left + _INDENTED * height:
        return False
    if not turned and one.bottom - two.bottom > _LOOSE * height:
        return False
    if one.right + _first_piece(two) < right - _SLACK * height:
        return False
    opens = _OPENING.match(two.text)
    return not (opens and pattern("sheet", "closed").search(one.text))


def _first_piece(line: Line) -> float:
    """Return how wide what a line begins with is: it goes to the next line where there was no room for it."""
    found = pattern("sheet", "piece").match(line.text)
    return _right_of(line, found.end() - 1) - line.left if found else 0.0


def _right_of(line: Line, character: int) -> float:
    """Return where a character of a line ends; what is written between pieces ends with the one before."""
    right = line.left
    for one in line.written:
        length = len(one) if isinstance(one, str) else len(one.text)
        if not isinstance(one, str):
            right = one.boxes.right[one.first + min(character, length - 1)]
        if character < length:
            return right
        character -= length
    return right
