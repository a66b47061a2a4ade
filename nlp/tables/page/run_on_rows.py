"""Reads a table all of whose rows run on in one line: `规章000行政规范性文件300第二十条第（五）项`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.form import form as forms
from nlp.form.labels.normalised import key, label_key
from nlp.tables.page.glued_labels import kind_of, row_labels, strings_in
from nlp.tables.page.tokens import Kind, Token, texts
from nlp.text.enumerators import shape
from nlp.text.lines import Line

_ROWS = 3
"""So many rows at least make a table of a line."""
_HEADER = 4
"""A header or group's label of so many characters tells a table from words about it."""
_LONG = 5
"""A string of so many cells stands behind a label, whatever its spelling."""
_LABEL = 60
"""No label is longer."""
_ENUMERATOR = re.compile(shape("before_label"))
_ENUMERATED = re.compile(shape("behind_digit"))
"""What follows the enumerator of the next row, its digit glued to the cells before it: 0000000 and 2.其他."""


def rows_of(line: Line) -> list[Token]:
    """Return the labels and strings of cells of a line that is a table; none where it is not."""
    found: list[Token] = []
    at = rows = strange = 0
    for start, end in _strings(line.folded):
        label = _label_at(line.folded, at, start)
        if label is None and end - start < _LONG:
            continue
        head = start if label is None else label
        found += texts(line, at, head)
        if head < start:
            found.append(Token(Kind.TEXT, line.n, head, start, line.folded[head:start]))
        if start < end:
            string = line.folded[start:end]
            found.append(Token(kind_of(string), line.n, start, end, string))
        known = label is not None and _is_head(line.folded[at:head])
        at, rows, strange = end, rows + known, strange + (not known)
    return [*found, *texts(line, at, len(line.folded))] if rows >= max(_ROWS, strange) else []


def _is_head(text: str) -> bool:
    """Tell whether what stands before a row's label is nothing, or headers: no piece of a sentence."""
    known = key(text)
    return not text.strip() or any(label in known for label in _headers())


@cache
def _headers() -> tuple[str, ...]:
    tables = (table for form in forms.editions() for table in form.tables)
    names = (
        name
        for table in tables
        for name in (*table.groups, *table.headers, *(column.label for column in table.columns))
    )
    return tuple({known for name in names if len(known := label_key(name)) >= _HEADER})


def _strings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where strings of cells begin and end, the enumerators of the next rows left out."""
    for start, end in strings_in(text):
        if text[end - 1].isdecimal() and _ENUMERATED.match(text, end):
            end -= 1
        yield start, end


def _label_at(text: str, first: int, end: int) -> int | None:
    """Return where the row's label that ends at a place begins, with its enumerator; None where none does."""
    before = text[max(first, end - _LABEL) : end]
    known = key("x" + before)[1:]
    spelling = max((label for label in row_labels() if known.endswith(label)), key=len, default="")
    if not spelling:
        return None
    at = end
    for character in reversed(spelling):
        at = text.rindex(character, first, at)
    enumerator = _ENUMERATOR.search(text, first, at)
    return enumerator.start() if enumerator else at
