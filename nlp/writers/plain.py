"""Lists as JSON, for formats whose cells hold one value."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import json

from nlp.writers.tables import Row, Table


def without_lists(table: Table) -> Callable[[Row], Row]:
    """Return what turns a row of a table into one whose lists are texts.

    >>> from nlp.writers.tables import named
    >>> without_lists(named("reviews"))((1, "a", 2022, 0, "no_form", "…", ["requests.total.total"]))[-1]
    '["requests.total.total"]'
    """
    lists = [n for n, column in enumerate(table.columns) if column.is_list]

    def plain(row: Row) -> Row:
        for n in lists:
            if row[n] is not None:
                row = (*row[:n], json.encode(row[n]).decode(), *row[n + 1 :])
        return row

    return plain if lists else lambda row: row
