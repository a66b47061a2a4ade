"""Writes the tables as a SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from nlp.writers.output import Unwritable
from nlp.writers.plain import without_lists
from nlp.writers.tables import CELLS, DICTIONARY, REPORTS, Headers, Row, Table

_TYPES = {"integer": "INTEGER", "number": "REAL", "text": "TEXT", "boolean": "INTEGER"}
_NO_JOURNAL = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
"""The file has another name until it is whole: nothing of it needs to survive a crash."""


@contextmanager
def writing(
    path: Path, tables: Sequence[Table], headers: Headers
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield a function that adds rows to a table of a new database at `path`; indexes are made at the end."""
    with_reports = any(table.id == REPORTS for table in tables)
    plain = {table.id: without_lists(table) for table in tables}
    inserts = {table.id: _insert(table) for table in tables}
    try:
        with closing(sqlite3.connect(path)) as database:
            creates = [_create_table(table, with_reports, headers) for table in tables]
            database.executescript(_NO_JOURNAL + "".join(creates))

            def add(table: Table, rows: list[Row]) -> None:
                database.executemany(inserts[table.id], map(plain[table.id], rows))

            yield add
            for table in tables:
                database.executescript(_create_indexes(table, headers))
            database.commit()
    except sqlite3.Error as error:
        raise Unwritable(f"could not be written ({error}).") from error


def _insert(table: Table) -> str:
    values = ", ".join("?" * len(table.columns))
    return f'INSERT INTO "{table.id}" VALUES ({values})'


def _create_table(table: Table, with_reports: bool, headers: Headers) -> str:
    """Return the statement that makes a table; its first column refers to the table of reports, if any."""
    columns = [f'"{column.header(headers)}" {_TYPES.get(column.type, "TEXT")}' for column in table.columns]
    if table.id == REPORTS:
        columns[0] += " PRIMARY KEY"
    elif table.id != DICTIONARY and with_reports:
        columns[0] += f" NOT NULL REFERENCES {REPORTS}"
    return f'CREATE TABLE "{table.id}" ({", ".join(columns)});\n'


def _create_indexes(table: Table, headers: Headers) -> str:
    """Return the statements that index a table by report, and the table of cells by cell as well."""
    if table.id in (REPORTS, DICTIONARY):
        return ""
    indexed = ["report", "cell"] if table.id == CELLS else ["report"]
    statements = ""
    for column in table.columns:
        if column.id in indexed:
            name = f"{table.id} by {column.id}"
            statements += f'CREATE INDEX "{name}" ON "{table.id}" ("{column.header(headers)}");\n'
    return statements
