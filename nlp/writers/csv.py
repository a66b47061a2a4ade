"""Writes a table as CSV: UTF-8 with a byte order mark, which Excel needs, quoted as in RFC 4180."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from nlp.writers.plain import without_lists
from nlp.writers.remarks import Remarks
from nlp.writers.tables import Headers, Row, Table, Value

_FORMULA = re.compile(r"[\s\0]*[=@＝＠]|[\t\r\n]|[\s\0]*[+\-＋－](?![\d.,，]*%?\Z|[-—－]*\Z)")
"""A text that a spreadsheet computes when it opens a file; signed numbers and dashes are harmless."""
_REMARK = "Texts that a spreadsheet may compute when it opens the CSV (--guard stops that; XLSX is safe)"


@contextmanager
def writing(
    file: BinaryIO, table: Table, headers: Headers, guard: bool, remarks: Remarks
) -> Iterator[Callable[[list[Row]], None]]:
    """Yield a function that adds rows to a table that is written to `file`.

    Texts are written exactly as they are. With `guard`, an apostrophe is put before those that look like
    formulas and those that begin with an apostrophe.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(table.headers(headers))
    plain = without_lists(table)
    as_csv = _as_csv(table, guard, remarks)

    def add(rows: list[Row]) -> None:
        writer.writerows(as_csv(plain(row)) for row in rows)

    try:
        yield add
        text.flush()
    finally:
        text.detach()


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula.

    >>> [is_formula(text) for text in ("=1+1", "-2", "—", "@SUM(A1)", "+1-1", "-", "1+1", "-2%", " =1")]
    [True, False, False, True, True, False, False, False, True]
    """
    return _FORMULA.match(text) is not None


def _as_csv(table: Table, guard: bool, remarks: Remarks) -> Callable[[Row], Row]:
    """Return a function that writes a row's booleans as `true` and `false` and guards its texts."""
    text_columns = [n for n, column in enumerate(table.columns) if column.type == "text"]
    boolean_columns = [n for n, column in enumerate(table.columns) if column.type == "boolean"]

    def as_csv(row: Row) -> Row:
        suspect = [n for n in text_columns if _is_suspect(row[n])]
        if not suspect and not boolean_columns:
            return row
        values = list(row)
        for n in boolean_columns:
            if row[n] is not None:
                values[n] = str(row[n]).lower()
        for n in suspect:
            if guard:
                values[n] = f"'{row[n]}"
            elif is_formula(str(row[n])):
                remarks.add(_REMARK, f"{table.id}, record {row[0]}, {table.columns[n].id}")
        return tuple(values)

    return as_csv


def _is_suspect(value: Value) -> bool:
    """Return whether a text is one that `guard` changes."""
    if not isinstance(value, str) or not value:
        return False
    if value[0].isalnum():  # nearly all texts
        return False
    return value[0] == "'" or is_formula(value)
