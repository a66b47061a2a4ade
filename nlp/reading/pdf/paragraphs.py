"""Joins lines of prose to paragraphs, across page breaks as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from nlp.reading.patterns import pattern
from nlp.reading.pdf.sheet import PageLine, Sheet
from nlp.reading.pdf.writing import Writing
from nlp.text.enumerators import shape

_OPENING = re.compile(shape("paragraph"))
_SLACK = 0.4
"""In heights: a line that lacks less than this of being full is full, as justified writing is not exact."""
_NEAR = 1.7
"""In heights: lines that end nearer to the right edge show where the writing begins."""
_INDENTED = 0.7
"""In heights: a line that begins further right is indented and opens a paragraph."""
_LOOSE = 2.65
"""In heights: two lines further apart are not of one paragraph."""
_SAME_SIZE = 1.3
"""Two lines whose heights differ by a larger factor are not of one paragraph."""
_STEP = 4.0
"""In points: right edges that differ by less are one."""
_LEAST = 12
"""In characters: a shorter line does not tell where the writing ends."""


class WrittenRow(NamedTuple):
    """A row of a table, its page, and the position in the writing of its first part."""

    part: int
    page: int
    line: PageLine


def text(sheets: Sequence[Sheet]) -> tuple[Writing, list[WrittenRow]]:
    """Return the text of the pages, a paragraph or a row of table cells a line, and where the rows are."""
    edges = _edges(sheets)
    written: Writing = []
    rows: list[WrittenRow] = []
    last_line: PageLine | None = None
    last_page = 0
    for page, line in _lines(sheets):
        if last_line is not None:
            if not _continues(last_line, line, edges, on_new_page=page != last_page):
                written.append("\n")
            elif last_line.text[-1].isascii() and line.text[0].isascii():
                written.append(" ")
        if line.is_row:
            rows.append(WrittenRow(len(written), page, line))
        written += line.written
        last_line, last_page = line, page
    return written, rows


def _lines(sheets: Sequence[Sheet]) -> Iterator[tuple[int, PageLine]]:
    for page in sheets:
        for line in page.lines:
            yield page.number, line


def _edges(sheets: Sequence[Sheet]) -> tuple[float, float]:
    """Return the left edge of the prose of a document, and the right edge that its fullest lines reach.

    Without prose the left edge is 0 and the right edge infinite.
    """
    long_lines = [line for _, line in _lines(sheets) if not line.is_row and len(line.text) >= _LEAST]
    outside_columns = [line for line in long_lines if not line.edges]
    prose = outside_columns or long_lines
    counts = Counter(round(line.right / _STEP) for line in prose)
    right = max((_STEP * step for step, count in counts.items() if count >= 2), default=inf)
    full_lefts = [line.left for line in prose if line.right > right - _NEAR * line.height]
    return min(full_lefts, default=0.0), right


def _continues(line: PageLine, following: PageLine, edges: tuple[float, float], on_new_page: bool) -> bool:
    """Return whether a line continues the paragraph of the line before it.

    `edges` are those of the document's prose; lines in columns have their own.
    """
    if _has_cells(line) or _has_cells(following):
        return False
    left, _ = following.edges or edges
    _, right = line.edges or edges
    height = min(line.height, following.height)
    if max(line.height, following.height) > _SAME_SIZE * height:
        return False
    if following.left > left + _INDENTED * height:
        return False
    if not on_new_page and line.bottom - following.bottom > _LOOSE * height:
        return False
    if line.right + _width_of_first_piece(following) < right - _SLACK * height:
        return False
    opens = _OPENING.match(following.text)
    return not (opens and pattern("sheet", "closed").search(line.text))


def _has_cells(line: PageLine) -> bool:
    return line.is_row or "\t" in line.text


def _width_of_first_piece(line: PageLine) -> float:
    """Return the width of what a line begins with unbroken, which may not have fitted on the last line."""
    piece = pattern("sheet", "piece").match(line.text)
    if piece is None:
        return 0.0
    return _right_of(line, piece.end() - 1) - line.left


def _right_of(line: PageLine, character: int) -> float:
    """Return the right edge of a character of a line; a space between runs has that of the run before."""
    right = line.left
    for part in line.written:
        length = len(part) if isinstance(part, str) else len(part.text)
        if not isinstance(part, str):
            right = part.boxes.right[part.first + min(character, length - 1)]
        if character < length:
            return right
        character -= length
    return right
