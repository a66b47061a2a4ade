"""Turns reports into data frames of pandas or polars: the tables of `nianbao export`, typed."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from nlp.record.model import Report
from nlp.writers.fitting import fitting
from nlp.writers.remarks import Remarks
from nlp.writers.rows import rows
from nlp.writers.tables import DICTIONARY, Column, Row, Type, named, tables

if TYPE_CHECKING:
    import pandas
    import polars

_PANDAS: dict[Type, str] = {"integer": "Int64", "number": "Float64", "text": "string", "boolean": "boolean"}
"""The pandas types that have an empty value; lists are objects."""


class UnknownTable(ValueError):
    """A name of no table; the message lists those that there are."""


def pandas_frame(reports: Iterable[Report], table: str) -> pandas.DataFrame:
    """Return a table of reports; raises UnknownTable, and ImportError if pandas is not installed."""
    columns = _columns(table)
    import pandas

    table_rows = list(_rows(reports, table))
    arrays = {}
    for n, column in enumerate(columns):
        values = [row[n] for row in table_rows]
        arrays[column.id] = pandas.array(values, dtype=_PANDAS.get(column.type, "object"))
    return pandas.DataFrame(arrays)


def polars_frame(reports: Iterable[Report], table: str) -> polars.DataFrame:
    """Return a table of reports; raises UnknownTable, and ImportError if polars is not installed."""
    columns = _columns(table)
    import polars

    schema = {column.id: _polars(column.type) for column in columns}
    return polars.DataFrame(list(_rows(reports, table)), schema=schema, orient="row")


def _polars(type: Type) -> Any:
    import polars

    types = {
        "integer": polars.Int64,
        "number": polars.Float64,
        "text": polars.String,
        "boolean": polars.Boolean,
    }
    value_type = types[type.removeprefix("list of ")]
    return polars.List(value_type) if type.startswith("list of ") else value_type


def _columns(table: str) -> tuple[Column, ...]:
    known = [known_table.id for known_table in tables() if known_table.id != DICTIONARY]
    if table not in known:
        raise UnknownTable(f"there is no table {table!r}; the tables are {', '.join(known)}.")
    return named(table).columns


def _rows(reports: Iterable[Report], table: str) -> Iterator[Row]:
    """Yield the rows of a table; values that its columns cannot hold are left out, with a warning."""
    remarks = Remarks()
    for number, report in enumerate(reports, 1):
        yield from fitting(rows(report, number), True, remarks)[table]
    for sentence in remarks.sentences():
        warnings.warn(sentence, stacklevel=4)
