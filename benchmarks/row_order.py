"""Finds out whether a text keeps the numbers of each table row side by side, and the rows in order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.record.model import Number

LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
"""The least that is taken for a label between two rows."""

NUMBER = re.compile(r"[+-]?\d+(?:[.,，]\d+)*")

_MOST_BETWEEN = 8
"""The most other numbers (enumerators, page numbers) between two rows."""

_LEAST_LABELLED = 0.7
"""The least share of rows with a label before them."""


def in_order(text: str, gold: Mapping[str, Number | None]) -> bool:
    """Return whether a text has the numbers of each row side by side, row after row, with labels between.

    `gold` has the value of each cell by its id.

    >>> in_order("受理 2 0 2 结转 0 1 1", {f"requests.{r}.{c}": v for r, row in
    ...     {"a": [2, 0, 2], "b": [0, 1, 1]}.items() for c, v in enumerate(row)})
    True
    """
    matches = list(NUMBER.finditer(text))
    numbers = [float(re.sub(r"[,，]", "", match.group())) for match in matches]
    rows = _rows(gold)
    next_number, end_of_row, labelled = 0, 0, 0
    for row in rows:
        first = _position(row, numbers, next_number)
        if first is None:
            return False
        if next_number > 0 and first > next_number + _MOST_BETWEEN:
            return False
        if LABEL.search(text[end_of_row : matches[first].start()]):
            labelled += 1
        next_number = first + len(row)
        end_of_row = matches[next_number - 1].end()
    return labelled >= _LEAST_LABELLED * len(rows)


def _position(row: list[float], numbers: list[float], start: int) -> int | None:
    """Return the index from `start` on at which the numbers of a row stand side by side; None if nowhere."""
    for index in range(start, len(numbers) - len(row) + 1):
        if numbers[index : index + len(row)] == row:
            return index
    return None


def _rows(gold: Mapping[str, Number | None]) -> list[list[float]]:
    """Return the numbers of each row without blank cells; the table of reviews is one row.

    Amounts are left out, as they may be printed in another unit.
    """
    rows: dict[str, list[float]] = {}
    for id, value in gold.items():
        table, row, column = id.split(".")
        if value is None or column == "amount":
            continue
        name = table if table == "review_litigation" else row
        rows.setdefault(name, []).append(float(value))
    return list(rows.values())
