"""Tells what delimits the cells of a table's line: tabs, pipes, commas or semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from nlp.tables.page.brackets import IN_BRACKETS, masked
from nlp.text.cells import MONEY_UNIT, PLACEHOLDER
from nlp.text.lines import Line


class Borders(NamedTuple):
    """Whether pipes before the first cell and behind the last are a page's borders, or part cells.

    `pipe` is what parts the cells: one pipe, or two of them. `closing_tab`: whether a tab behind the last
    cell is a border.
    """

    opening: bool
    closing: bool
    pipe: str = "|"
    closing_tab: bool = False


MARKDOWN = Borders(True, True)
_SINGLE_PIPE = re.compile(r"(?<!\|)\|(?:\|\|)*(?!\|)")
"""An odd number of pipes side by side."""
_NEARLY_ALL = 0.95
"""The share of lines of cells with outer pipes or tabs from which on these are borders."""
_CLOSED_HEADERS = re.compile(r"[\u4e00-\u9fff)] *\t *[^\t\d]*[\u4e00-\u9fff)] *\t$")
"""A tab behind two cells of text at the end of a line."""
_SEPARATED_CELLS = {
    mark: re.compile(rf"(?:{mark} ?(?:[+-]?\d+(?:\.\d+)?{MONEY_UNIT}?|{PLACEHOLDER})?){{3,}} *$")
    for mark in ",;"
}
"""Three cells or more at the end of a line of values that commas or semicolons separate."""
_UPPER = r"(?:[\u4e00-\u9fff]{2,8}[:.·_>-]){0,3}"
_HEADER = rf"{_UPPER}[\u4e00-\u9fff()/]{{2,12}}(?:\(单位:[\u4e00-\u9fff]+\))?"
_SEPARATED_HEADERS = {
    mark: re.compile(
        rf"(?:(?:\d+|{IN_BRACKETS.pattern}){mark}+)*{mark}*{_HEADER}(?:{mark}+{_HEADER})+{mark}*"
    )
    for mark in ",;"
}
"""Headers between commas or semicolons, names of upper levels in front of some (组织:其他), a row's number or
remarks before them: no white space beside any."""


def borders_of(lines: Iterable[Line]) -> Borders:
    """Return what outer delimiters of some lines mean: they are borders where nearly all lines have them.

    The last line of pipes may be torn. Two pipes part cells where none stands alone. A tab behind numbers
    may stand before a blank cell: it is a border where one stands behind headers, too.
    """
    lines = list(lines)
    piped = [line.plain for line in lines if "|" in line.plain]
    tabbed = [line.folded for line in lines if "\t" in line.plain]
    opening = _nearly_all(text[0] == "|" for text in piped)
    closing = _nearly_all(text[-1] == "|" for text in piped[:-1] or piped)
    doubled = bool(piped) and not any(_SINGLE_PIPE.search(text) for text in piped)
    behind_headers = any(_CLOSED_HEADERS.search(text) for text in tabbed)
    closing_tab = behind_headers and _nearly_all(text[-1] == "\t" for text in tabbed)
    return Borders(opening, closing, "||" if doubled else "|", closing_tab)


def _nearly_all(lines: Iterable[bool]) -> bool:
    has = list(lines)
    return sum(has) >= _NEARLY_ALL * len(has)


def cells_of(folded: str, borders: Borders) -> list[tuple[int, str]]:
    """Return the delimited cells of a line and where they begin; one cell where nothing delimits.

    A single leading tab delimits nothing, nor do outer pipes and tabs where all lines of the page have them.
    """
    mark = _mark(folded, borders)
    if mark is None:
        return [(0, folded)]
    cells = []
    start = 0
    whole = masked(folded) if mark in _SEPARATED_CELLS else folded
    for text in whole.split(mark):
        cells.append((start, folded[start : start + len(text)]))
        start += len(text) + len(mark)
    first, end = 0, len(cells)
    is_opened = borders.opening if mark == borders.pipe else len(cells) == 2
    if is_opened and not cells[0][1].strip():
        first = 1
    is_closed = borders.closing_tab if mark == "\t" else borders.closing and mark == borders.pipe
    if is_closed and not cells[-1][1].strip():
        end -= 1
    return cells[first:end] or cells[:1]


def _mark(folded: str, borders: Borders) -> str | None:
    """Return what parts a line's cells: commas and semicolons where values end it, or all of it is headers.

    >>> [_mark(text, MARKDOWN) for text in ("规章,0,0,3", ";;自然人;总计", "(只计一种,不计其他)")]
    [',', ';', None]
    """
    if "\t" in folded:
        return "\t"
    if "|" in folded:
        return borders.pipe
    for mark in ",;":
        if folded.count(mark) < 2:
            continue
        if _SEPARATED_CELLS[mark].search(folded) or _SEPARATED_HEADERS[mark].fullmatch(folded):
            return mark
    return None
