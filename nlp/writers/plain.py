"""Turns lists into JSON texts, for formats whose cells hold one value."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import json

from nlp.writers.tables import Row, Table


def without_lists(table: Table) -> Callable[[Row], Row]:
    """Return a function that turns a row of a table into one whose lists are texts.

    >>> from nlp.writers.tables import named
    >>> without_lists(named("reviews"))((1, "ab", "a", 2022, 0, "no_form", "…", ["requests.total.total"]))[-1]
    '["requests.total.total"]'
    """
    list_columns = [n for n, column in enumerate(table.columns) if column.is_list]
    if not list_columns:
        return _unchanged

    def plain(row: Row) -> Row:
        values = list(row)
        for n in list_columns:
            if values[n] is not None:
                values[n] = json.encode(values[n]).decode()
        return tuple(values)

    return plain


def _unchanged(row: Row) -> Row:
    return row
