"""Says how the columns of a workbook look: their widths, which wrap, which are links, which are hidden."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nlp.writers.tables import Column, Headers, Table

_WIDTH_OF_TYPE = {"integer": 10, "number": 10, "boolean": 10, "text": 24}
_WIDTH_OF_COLUMN = {
    "items.text": 80,
    "sections.text": 80,
    "reviews.message": 80,
    "reviews.message_zh": 80,
    "reviews.first_cell": 40,
    "reviews.path": 40,
    "corrections.field": 56,
    "corrections.note": 60,
    "dictionary.column_id": 66,
    "dictionary.header_zh": 60,
    "dictionary.cell": 60,
    "dictionary.description": 80,
    "dictionary.description_zh": 60,
    "cells.cell": 56,
    "checks.check_id": 44,
    "claims.about": 56,
    "derived.cell": 56,
    "derived.check_id": 44,
    "derived.rule": 60,
    "checks.rule": 60,
    "reports.path": 40,
}
_WRAPPED = {
    *("items.text", "sections.text", "reviews.message", "reviews.message_zh", "reviews.first_cell"),
    *("corrections.note", "dictionary.description", "dictionary.description_zh"),
}
_LINK = "reviews.first_cell"
_HIDDEN = {"zh": "reviews.message", "en": "reviews.message_zh"}
"""The column that says in the other language what the one beside it says."""
_FORM_CELL_WIDTH = 16
_LINE_HEIGHT = 15.0
"""The height of a line in points."""
_MOST_LINES = 12
"""A row is no higher than so many lines: the rest of a text shows when its cell is opened."""


def width(table: Table, column: Column) -> int:
    """Return the width of a column in characters."""
    if column.cell:
        return _FORM_CELL_WIDTH
    return _WIDTH_OF_COLUMN.get(
        f"{table.id}.{column.id}", _WIDTH_OF_TYPE.get(column.type, _WIDTH_OF_TYPE["text"])
    )


def is_wrapped(table: Table, column: Column) -> bool:
    """Return whether the texts of a column go on in further lines of their cells."""
    return f"{table.id}.{column.id}" in _WRAPPED


def is_link(table: Table, column: Column) -> bool:
    """Return whether the texts of a column lead to another sheet."""
    return f"{table.id}.{column.id}" == _LINK


def is_hidden(table: Table, column: Column, headers: Headers) -> bool:
    """Return whether a column says again what another one says in the language of the headers."""
    return f"{table.id}.{column.id}" == _HIDDEN[headers]


def wrapped_columns(table: Table, headers: Headers) -> list[tuple[int, int]]:
    """Return the place, from 0, and the width of each column that wraps and is in sight."""
    return [
        (n, width(table, column))
        for n, column in enumerate(table.columns)
        if is_wrapped(table, column) and not is_hidden(table, column, headers)
    ]


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a row has to be, in points, for texts in columns of some widths.

    >>> height([("short", 80)]), height([("一二三四五六", 8), ("two\\nlines", 80)]), height([("字" * 999, 8)])
    (15.0, 30.0, 180.0)
    """
    most = max((_lines(text, width) for text, width in texts), default=1)
    return _LINE_HEIGHT * min(most, _MOST_LINES)


def _lines(text: str, width: int) -> int:
    lines = 0
    for paragraph in text.split("\n"):
        wide = sum(1 for character in paragraph if not character.isascii())
        lines += max(1, math.ceil((len(paragraph) + wide) / width))
    return lines
