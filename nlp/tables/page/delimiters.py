"""Tells what delimits the cells of a table's line: tabs, pipes, commas or semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from nlp.text.cells import MONEY_UNIT, PLACEHOLDER
from nlp.text.lines import Line


class Pipes(NamedTuple):
    """Whether pipes before the first cell and behind the last are a page's borders, or part cells.

    `mark` is what parts the cells: one pipe, or two of them.
    """

    opening: bool
    closing: bool
    mark: str = "|"


MARKDOWN = Pipes(True, True)
_SINGLE_PIPE = re.compile(r"(?<!\|)\|(?:\|\|)*(?!\|)")
"""An odd number of pipes side by side."""
_NEARLY_ALL = 0.95
"""The share of lines of cells with outer pipes from which on these are borders."""
_SEPARATED_CELLS = {
    mark: re.compile(rf"(?:{mark} ?(?:[+-]?\d+(?:\.\d+)?{MONEY_UNIT}?|{PLACEHOLDER})?){{3,}} *$")
    for mark in ",;"
}
"""Three cells or more at the end of a line of values that commas or semicolons separate."""
_HEADER = r"[\u4e00-\u9fff()/]{2,12}(?:\(单位:[\u4e00-\u9fff]+\))?"
_CAPTION = r"\([^()]*\)"
_SEPARATED_HEADERS = {
    mark: re.compile(rf"(?:\d+{mark}|{_CAPTION}{mark})?{mark}*{_HEADER}(?:{mark}+{_HEADER})+{mark}*")
    for mark in ",;"
}
"""Headers between commas or semicolons, a row's number or a remark before them: no white space beside any."""


def pipes_of(lines: Iterable[Line]) -> Pipes:
    """Return what the pipes of some lines mean: outer ones are borders where nearly all lines have them.

    The last line may be torn. Two pipes part cells where none stands alone.
    """
    piped = [line.plain for line in lines if "|" in line.plain]
    whole = piped[:-1] or piped
    opening = sum(text[0] == "|" for text in piped) >= _NEARLY_ALL * len(piped)
    closing = sum(text[-1] == "|" for text in whole) >= _NEARLY_ALL * len(whole)
    doubled = bool(piped) and not any(_SINGLE_PIPE.search(text) for text in piped)
    return Pipes(opening, closing, "||" if doubled else "|")


def cells_of(folded: str, pipes: Pipes) -> list[tuple[int, str]]:
    """Return the delimited cells of a line and where they begin; one cell where nothing delimits.

    A single leading tab delimits nothing, nor do outer pipes where all lines of the page have them.
    """
    mark = _mark(folded, pipes)
    if mark is None:
        return [(0, folded)]
    cells, start = [], 0
    for text in folded.split(mark):
        cells.append((start, text))
        start += len(text) + len(mark)
    first, end = 0, len(cells)
    is_opened = pipes.opening if mark == pipes.mark else len(cells) == 2
    if is_opened and not cells[0][1].strip():
        first = 1
    is_closed = pipes.closing and mark == pipes.mark
    if is_closed and not cells[-1][1].strip():
        end -= 1
    return cells[first:end] or cells[:1]


def _mark(folded: str, pipes: Pipes) -> str | None:
    """Return what parts a line's cells: commas and semicolons where values end it, or all of it is headers.

    >>> [_mark(text, MARKDOWN) for text in ("规章,0,0,3", ";;自然人;总计", "(只计一种,不计其他)")]
    [',', ';', None]
    """
    if "\t" in folded:
        return "\t"
    if "|" in folded:
        return pipes.mark
    for mark in ",;":
        if folded.count(mark) < 2:
            continue
        if _SEPARATED_CELLS[mark].search(folded) or _SEPARATED_HEADERS[mark].fullmatch(folded):
            return mark
    return None
