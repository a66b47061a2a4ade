"""All tables as a SQLite database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from nlp.writers.output import Unwritable
from nlp.writers.plain import without_lists
from nlp.writers.tables import CELLS, DICTIONARY, REPORTS, Headers, Row, Table

_TYPES = {"integer": "INTEGER", "number": "REAL", "text": "TEXT", "boolean": "INTEGER"}
_HURRY = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
"""The file has another name until it is whole: nothing of it needs to survive a crash."""


@contextmanager
def writing(
    path: Path, tables: Sequence[Table], headers: Headers
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield what adds rows to a table of a new database at `path`; its indexes are made at the end."""
    plain = {table.id: without_lists(table) for table in tables}
    inserts = {table.id: _insert(table) for table in tables}
    try:
        with closing(sqlite3.connect(path)) as base:
            base.executescript(_HURRY + "".join(_made(table, tables, headers) for table in tables))
            yield lambda table, rows: _added(base, inserts[table.id], map(plain[table.id], rows))
            for table in tables:
                base.executescript(_indexed(table, headers))
            base.commit()
    except sqlite3.Error as error:
        raise Unwritable(f"could not be written ({error}).") from error


def _added(base: sqlite3.Connection, insert: str, rows: Iterator[Row]) -> None:
    base.executemany(insert, rows)


def _insert(table: Table) -> str:
    return f'INSERT INTO "{table.id}" VALUES ({", ".join("?" * len(table.columns))})'


def _made(table: Table, tables: Sequence[Table], headers: Headers) -> str:
    """Return the statement that makes a table; `report` joins it to the table of reports."""
    columns = [f'"{one.header(headers)}" {_TYPES.get(one.type, "TEXT")}' for one in table.columns]
    if table.id == REPORTS:
        columns[0] += " PRIMARY KEY"
    elif table.id != DICTIONARY and REPORTS in {one.id for one in tables}:
        columns[0] += f" NOT NULL REFERENCES {REPORTS}"
    return f'CREATE TABLE "{table.id}" ({", ".join(columns)});\n'


def _indexed(table: Table, headers: Headers) -> str:
    if table.id in (REPORTS, DICTIONARY):
        return ""
    wanted = [
        column
        for column in table.columns
        if column.id == "report" or (table.id, column.id) == (CELLS, "cell")
    ]
    return "".join(
        f'CREATE INDEX "{table.id} by {one.id}" ON "{table.id}" ("{one.header(headers)}");\n'
        for one in wanted
    )
