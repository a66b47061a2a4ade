"""A table as CSV: UTF-8 with a byte order mark, as Excel opens it right, quoted as RFC 4180 says."""

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
"""What a spreadsheet computes when it opens a file; signed numbers and dashes are harmless."""
_REMARK = "Texts that a spreadsheet may compute when it opens the CSV (--guard stops that; XLSX is safe)"


@contextmanager
def writing(
    file: BinaryIO, table: Table, headers: Headers, guard: bool, remarks: Remarks
) -> Iterator[Callable[[list[Row]], None]]:
    """Yield what adds rows to a table that is written to `file`.

    Texts are written exactly as they are. With `guard`, those that look like formulas, and those that begin
    with an apostrophe, have one put before them.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(table.headers(headers))
    plain, guarded = without_lists(table), _guarding(table, guard, remarks)

    def add(rows: list[Row]) -> None:
        writer.writerows(map(guarded, map(plain, rows)))

    try:
        yield add
        text.flush()
    finally:
        text.detach()


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula.

    >>> [is_formula(text) for text in ("=1+1", "-2", "—", "@SUM(A1)", "+1-1", "-", "1+1", "-2%", " =1")]
    [True, False, False, True, True, False, False, False, True]
    """
    return _FORMULA.match(text) is not None


def _guarding(table: Table, guard: bool, remarks: Remarks) -> Callable[[Row], Row]:
    texts = [n for n, column in enumerate(table.columns) if column.type == "text"]
    flags = [n for n, column in enumerate(table.columns) if column.type == "boolean"]

    def guarded(row: Row) -> Row:
        found = [n for n in texts if _is_suspect(row[n])]
        if not found and not flags:
            return row
        values = list(row)
        for n in flags:
            values[n] = None if row[n] is None else str(row[n]).lower()
        for n in found:
            values[n] = _told(row[n], guard, f"{table.id}, record {row[0]}, {table.columns[n].id}", remarks)
        return tuple(values)

    return guarded


def _is_suspect(value: Value) -> bool:
    if not isinstance(value, str) or not value or value[0].isalnum():
        return False
    return value[0] == "'" or is_formula(value)


def _told(value: Value, guard: bool, where: str, remarks: Remarks) -> Value:
    if guard:
        return f"'{value}"
    if is_formula(str(value)):
        remarks.add(_REMARK, where)
    return value
