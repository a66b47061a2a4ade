"""Keeps out of the tables what their columns could not hold as it is, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nlp.writers.remarks import Remarks
from nlp.writers.rows import Rows
from nlp.writers.tables import CELLS, REPORTS, Column, Row, Value, form_cells, named

_LARGEST = {"integer": 2**63 - 1, "number": 2**53}
"""Databases hold whole numbers of 64 bits; where fractions may stand, 53 bits are exact."""
_TOO_LONG = "Numbers of more digits than a column can hold exactly, left out"
_NO_COUNT = f"Fractions where the form counts, in the table {CELLS} only"
_UNKNOWN = f"Cells that no edition of the form has, in the table {CELLS} only"


def fitting(rows: Rows, huge: bool, remarks: Remarks) -> Rows:
    """Return the rows of a record as the columns can hold them; `huge` tells that it may have long numbers.

    >>> from nlp.record.model import Report, Source
    >>> from nlp.writers.rows import rows
    >>> record = Report(source=Source("a.txt", "", "", "", None, 0, 1), year=10**30)
    >>> remarks = Remarks()
    >>> fitting(rows(record, 1), True, remarks)["reports"][0][2], remarks.sentences()
    (None, ['Numbers of more digits than a column can hold exactly, left out: 1 (first: a.txt, year).'])
    """
    (report,) = rows[REPORTS]
    name = str(report[3])
    for cell in _unknown(rows[CELLS]):
        remarks.add(_UNKNOWN, f"{name}, {cell}")
    if float in map(type, report):
        rows = {**rows, REPORTS: [_counts(report, remarks)]}
    return (
        {id: [_short(id, row, name, remarks) for row in these] for id, these in rows.items()}
        if huge
        else rows
    )


def _unknown(cells: list[Row]) -> Iterator[str]:
    known = _known()
    return (str(row[3]) for row in cells if row[3] not in known)


@cache
def _known() -> frozenset[Value]:
    return frozenset(form_cells())


def _counts(report: Row, remarks: Remarks) -> Row:
    columns = named(REPORTS).columns
    return tuple(
        _count(column, value, report, remarks) for column, value in zip(columns, report, strict=True)
    )


def _count(column: Column, value: Value, report: Row, remarks: Remarks) -> Value:
    if not isinstance(value, float) or column.type != "integer":
        return value
    if value.is_integer():
        return int(value)
    remarks.add(_NO_COUNT, f"{report[3]}, {column.id}")
    return None


def _short(table: str, row: Row, name: str, remarks: Remarks) -> Row:
    return tuple(
        None if _is_too_long(column, value, f"{name}, {column.id}", remarks) else value
        for column, value in zip(named(table).columns, row, strict=True)
    )


def _is_too_long(column: Column, value: Value, where: str, remarks: Remarks) -> bool:
    numbers = value if isinstance(value, list) else [value]
    largest = _LARGEST.get(column.type.removeprefix("list of "))
    too_long = largest is not None and any(isinstance(one, int) and abs(one) > largest for one in numbers)
    if too_long:
        remarks.add(_TOO_LONG, where)
    return too_long
