"""Tells whether numbers of a table with sums (三) stand at other rows than their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp.form.form import Table
from nlp.record.model import Number
from nlp.tables.on_lines import are_on_one_line
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run
from nlp.tables.page.tokens import Kind
from nlp.tables.reading import Reading

_OVERPRINTED = re.compile(r"0\d")


def are_displaced(reading: Reading, table: Table) -> bool:
    """Tell whether rows without numbers have theirs elsewhere.

    So it is where one side of a sum of rows has no number at all, the other more than zeros, or where
    a row's numbers are several rows', each with its total (pdfminer: the columns of blank rows).
    """
    printed = {row: _values(run) for row, run in reading.runs.items()}
    for relation in table.down:
        left = _values_of(relation.left, printed)
        right = _values_of(relation.right, printed)
        has_empty_side = not left or not right
        if has_empty_side and any([*left, *right]):
            return True
    for row, run in reading.runs.items():
        if is_overprinted(run):
            return True
        if not are_on_one_line(run) and is_several(printed[row], table.total_end):
            return True
    return False


def is_overprinted(run: Run) -> bool:
    """Tell whether numbers of two rows stand on each other: `41 00 00 01 00 42`, of 4 0 0 0 0 4 as well."""
    overprinted = 0
    for token in run:
        if token.text[:1] == "0" and token.kind is Kind.VALUE and _OVERPRINTED.match(token.text):
            overprinted += 1
    return overprinted > 1


def is_several(values: Sequence[Number], total_end: int | None) -> bool:
    """Return whether numbers are those of several rows, blank cells left out, each with its own total.

    `total_end` is the index of a row's total among its numbers, 0 or -1; None where the form has none there.

    >>> is_several([9, 9, 4, 1, 5], -1), is_several([9, 0, 1, 10], -1), is_several([1, 1, 2], -1)
    (True, False, False)
    """
    if not values or total_end is None or is_row(values, total_end):
        return False
    ends = [0]  # up to which the values are those of whole rows
    for end in range(1, len(values) + 1):
        if any(is_row(values[start:end], total_end) for start in ends):
            ends.append(end)
    return ends[-1] == len(values)


def is_row(values: Sequence[Number], total_end: int) -> bool:
    """Return whether values are a row's: its total, at `total_end`, is what the others come to, and not 0."""
    parts = list(values)
    total = parts.pop(total_end)
    return total > 0 and sum(parts) == total


def _values(run: Run) -> list[Number]:
    numbers = [count(token) for token in run if token.kind is Kind.VALUE]
    return [number for number in numbers if number is not None]


def _values_of(rows: Iterable[str], printed: dict[str, list[Number]]) -> list[Number]:
    return [number for row in rows for number in printed.get(row, ())]
