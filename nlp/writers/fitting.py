"""Keeps out of the tables what their columns could not hold as it is, with a remark."""

from __future__ import annotations

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
    """Return the rows of a record as their columns can hold them.

    `huge` says that the record may have numbers too long for a column; without it none is looked for. What
    is left out is added to `remarks`.

    >>> from nlp.record.model import Report, Source
    >>> from nlp.writers.rows import rows
    >>> record = Report(source=Source("a.txt", "", "", "", None, 0, 1), year=10**30)
    >>> remarks = Remarks()
    >>> fitting(rows(record, 1), True, remarks)["reports"][0][3], remarks.sentences()
    (None, ['Numbers of more digits than a column can hold exactly, left out: 1 (first: a.txt, year).'])
    """
    (report,) = rows[REPORTS]
    name = str(report[4])
    form_cells = _form_cells()
    for row in rows[CELLS]:
        if row[4] not in form_cells:
            remarks.add(_UNKNOWN, f"{name}, {row[4]}")
    if float in map(type, report):
        rows = {**rows, REPORTS: [_with_whole_counts(report, name, remarks)]}
    if not huge:
        return rows
    fitting_rows: Rows = {}
    for table, table_rows in rows.items():
        fitting_rows[table] = [_without_long_numbers(table, row, name, remarks) for row in table_rows]
    return fitting_rows


@cache
def _form_cells() -> frozenset[Value]:
    return frozenset(form_cells())


def _with_whole_counts(report: Row, name: str, remarks: Remarks) -> Row:
    """Return a row of the table of reports whose integer columns hold no fractions."""
    values: list[Value] = []
    for column, value in zip(named(REPORTS).columns, report, strict=True):
        if column.type == "integer" and isinstance(value, float):
            if value.is_integer():
                value = int(value)
            else:
                remarks.add(_NO_COUNT, f"{name}, {column.id}")
                value = None
        values.append(value)
    return tuple(values)


def _without_long_numbers(table: str, row: Row, name: str, remarks: Remarks) -> Row:
    values: list[Value] = []
    for column, value in zip(named(table).columns, row, strict=True):
        if _is_too_long(column, value):
            remarks.add(_TOO_LONG, f"{name}, {column.id}")
            value = None
        values.append(value)
    return tuple(values)


def _is_too_long(column: Column, value: Value) -> bool:
    """Return whether a value, or one of a list, has more digits than its column holds exactly."""
    largest = _LARGEST.get(column.type.removeprefix("list of "))
    if largest is None:
        return False
    numbers = value if isinstance(value, list) else [value]
    return any(isinstance(number, int) and abs(number) > largest for number in numbers)
