"""Says where on a document cells are printed: pages of a PDF, lines of a text."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from nlp.auditing.words import phrase
from nlp.record.model import Cell, Place

_PLAIN_TEXT = "text/plain"
"""The media type whose lines are those that a reader sees; those of other types are the decoded text's."""

_MOST_PLACES = 3
"""So many tables, rows and columns are named; a sum has up to twenty cells."""


def where(cells: Iterable[Cell], media_type: str) -> str:
    """Return in Chinese where cells are printed; "" if none of them is on the page.

    The place is the pages where the cells have them (PDF, OFD), or their tables, paragraphs or sheets (Word
    documents, workbooks), else the lines of the text.

    >>> cell = Cell(3, "3", "printed", 41, (7, 8), 0.999)
    >>> where([cell, cell], "text/plain"), where([cell], "text/html"), where([], "text/html")
    ('第 41 行', '读出文本第 41 行', '')
    """
    pages: set[int] = set()
    lines: set[int] = set()
    places: list[Place] = []
    for cell in (cell.as_read for cell in cells):
        if cell.page is not UNSET:
            pages.add(cell.page)
        if cell.line is not None:
            lines.add(cell.line)
        if cell.at is not UNSET and cell.at not in places:
            places.append(cell.at)
    if pages:
        return phrase("where", "page", numbers=_listed(pages))
    if places:
        named = phrase("where", "between").join(map(in_words, places[:_MOST_PLACES]))
        return named + (phrase("where", "more") if len(places) > _MOST_PLACES else "")
    if lines:
        kind = "line" if media_type == _PLAIN_TEXT else "text_line"
        return phrase("where", kind, numbers=_listed(lines))
    return ""


def in_words(place: Place) -> str:
    """Return in Chinese where something stands in a Word document or a workbook.

    >>> in_words(Place(table=2, row=5, column=3)), in_words(Place(sheet="表一", cell="B5"))
    ('第2个表第5行第3列', '表一!B5')
    """
    if place.sheet is not UNSET:
        return phrase("where", "sheet", sheet=place.sheet, cell=place.cell)
    if place.paragraph is not UNSET:
        return phrase("where", "paragraph", paragraph=place.paragraph)
    return phrase("where", "table", table=place.table, row=place.row, column=place.column)


def where_on_page(line: int, media_type: str) -> str:
    """Return in Chinese on which line something stands.

    >>> where_on_page(3, "text/plain"), where_on_page(3, "application/pdf")
    ('第 3 行', '读出文本第 3 行')
    """
    return phrase("where", "line" if media_type == _PLAIN_TEXT else "text_line", numbers=line)


def _listed(numbers: set[int]) -> str:
    """Return numbers in Chinese, consecutive ones as ranges."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    texts = [
        str(first) if first == last else phrase("where", "range", first=first, last=last)
        for first, last in ranges
    ]
    return phrase("where", "between").join(texts)
