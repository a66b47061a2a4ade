"""Finds the rows of a table all of which stand on one line: `规章000行政规范性文件300第二十条第（五）项`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from nlp.form import form as forms
from nlp.form.labels.normalised import key, label_key
from nlp.tables.page.glued_labels import row_labels, strings_in
from nlp.text.cells import NUMBERS, any_of
from nlp.text.enumerators import shape

_ROWS = 3
"""So many rows at least make a table of a line."""
_HEADER = 4
"""A header or group's label of so many characters tells a table from words about it."""
_LONG = 5
"""So many cells side by side stand behind a label, whatever its spelling."""
_LABEL = 60
"""No label is longer."""
_ENUMERATOR = re.compile(shape("before_label"))
_ENUMERATED = re.compile(shape("behind_digit"))
"""What follows the enumerator of the next row, its digit beside the cells before it: 0000000 and 2.其他."""
_INEXACT = re.compile(any_of(NUMBERS["inexact"]))
"""What behind a number makes it inexact: 3余件."""
_PARTING = re.compile(r"[\s|.,]*")
"""What may part two cells of a row; a mark that touches a number is a piece of it: `.12`."""

_CHANGE = any_of([*NUMBERS["more"], *NUMBERS["less"]])
_WITHIN = re.compile(rf"(?:{_CHANGE}(?=[\s|]))?[\s|.,]*(?:(?<=[\s|]){_CHANGE})?")
"""What may part the digits of two cells of a row, words of theirs included: `7 | 减12 | 3`."""


class RowInside(Struct, frozen=True):
    """A row of which `line[label:cells]` is the label, if it is known, and `line[cells:end]` the cells.

    `is_whole`: what follows is no part of its last cell, as in `3余件`.
    """

    label: int | None
    cells: int
    end: int
    is_whole: bool = True


def rows_inside(folded: str, first: int, end: int, table: str | None = None) -> list[RowInside]:
    """Return the rows that stand side by side on `folded[first:end]`; none where it is no table.

    `table` is the id of the table in whose chapter it is. Outside, most numbers must be rows, and some at
    least.

    >>> text = "信息内容本年制发件数规章000行政规范性文件300行政许可 7"
    >>> [(text[row.label:row.cells], text[row.cells:row.end]) for row in rows_inside(text, 0, len(text))]
    [('规章', '000'), ('行政规范性文件', '300'), ('行政许可 ', '7')]
    """
    rows: list[RowInside] = []
    at, known, strange = first, 0, 0
    for cells in _runs_of_cells(folded, first, end):
        label = _label_at(folded, at, cells.start, table)
        is_long = len(_PARTING.sub("", folded[cells.start : cells.stop])) >= _LONG
        if label is None and not is_long:
            continue
        is_row = label is not None and _is_head(folded[at:label])
        known, strange = known + is_row, strange + (not is_row)
        if is_row or is_long:
            is_whole = _INEXACT.match(folded, cells.stop) is None
            rows.append(RowInside(label if is_row else None, cells.start, cells.stop, is_whole))
        at = cells.stop
    return rows if table or known >= max(_ROWS, strange) else []


def _runs_of_cells(folded: str, first: int, end: int) -> Iterator[range]:
    """Yield where cells stand side by side, the enumerators of the next rows left out."""
    run: range | None = None
    for start, stop in _strings(folded, first, end):
        if run is not None and _WITHIN.fullmatch(folded, run.stop, start):
            run = range(run.start, stop)
            continue
        if run is not None:
            yield run
        run = range(start, stop)
    if run is not None:
        yield run


def _strings(folded: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where strings of cells begin and end, without the enumerators of the next rows."""
    for start, stop in strings_in(folded[first:end]):
        start, stop = start + first, stop + first
        if folded[stop - 1].isdecimal() and _ENUMERATED.match(folded, stop):
            stop -= 1
        if start < stop:
            yield start, stop


def _is_head(text: str) -> bool:
    """Tell whether what stands before a row's label is nothing, or headers: no piece of a sentence."""
    known = key(text)
    return not _PARTING.sub("", text) or any(label in known for label in _headers())


@cache
def _headers() -> Sequence[str]:
    tables = (table for form in forms.editions() for table in form.tables)
    names = (
        name
        for table in tables
        for name in (*table.groups, *table.headers, *(column.label for column in table.columns))
    )
    return tuple({known for name in names if len(known := label_key(name)) >= _HEADER})


def _label_at(text: str, first: int, end: int, table: str | None) -> int | None:
    """Return where the row's label that ends at a place begins, with its enumerator; None where none does.

    A column's name with a colon says whose the number behind it is, and begins no row: `其他：0`.
    """
    before = text[max(first, end - _LABEL) : end]
    known = key("x" + before)[1:]
    ends = (known[start:] for start in range(len(known)))
    labels = row_labels(table)
    spelling = next((end for end in ends if end in labels), None)
    if spelling is None:
        return None
    at = end
    for character in reversed(spelling):
        at = text.rindex(character, first, at)
    enumerator = _ENUMERATOR.search(text, first, at)
    if enumerator:
        return enumerator.start()
    is_column = before.rstrip().endswith(":") and spelling in _columns()
    return None if is_column else at


@cache
def _columns() -> frozenset[str]:
    """Return the normalised names of all columns."""
    columns = (column for form in forms.editions() for table in form.tables for column in table.columns)
    return frozenset(label_key(name) for column in columns for name in column.spellings)
