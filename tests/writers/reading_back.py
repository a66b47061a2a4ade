"""Reads what was written with the libraries that others would use, into rows of every table."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
from pyarrow import parquet

from nlp.writers.tables import DICTIONARY, Column, Table, tables
from tests.writers.rebuilding import Read

Rows = list[tuple[Any, ...]]
TABLES = [table for table in tables() if table.id != DICTIONARY]
"""What records say; the dictionary is always the same."""


def from_csv(folder: Path) -> Read:
    return {table.id: _csv(table, _text(folder, table.id)) for table in TABLES}


def _text(folder: Path, table: str) -> str:
    (path,) = folder.glob(f"{table}.csv*")
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")


def _csv(table: Table, content: str) -> Rows:
    header, *rows = csv.reader(io.StringIO(content, newline=""))
    assert header == [column.id for column in table.columns]
    return [tuple(map(partial(_parsed, table), table.columns, row)) for row in rows]


NULLABLE = {
    *(f"reports.{id}" for id in ("organization", "form", "encoding", "error_code", "error_message")),
    *(f"reports.agency_{id}" for id in ("name", "province", "city", "county", "code", "kind", "level")),
    *(f"reports.{id}" for id in ("model_name", "model_version", "model_sha256")),
    *(f"{id}.organization" for id in ("cells", "items", "checks", "reviews", "sections")),
    *("claims.organization", "derived.organization"),
    *("cells.text", "cells.place", "checks.blame", "claims.unit", "claims.about"),
    *("reports.made_with", "reports.ocr"),
}
"""Text columns whose empty cell is null; in the others, which always hold a text, it is an empty one."""


def _parsed(table: Table, column: Column, value: str) -> Any:
    if value == "":
        return _nothing(table, column)
    parse: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": float,
        "text": str,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    return json.loads(value) if column.is_list else parse[column.type](value)


def _nothing(table: Table, column: Column) -> str | None:
    return "" if column.type == "text" and f"{table.id}.{column.id}" not in NULLABLE else None


def from_xlsx(path: Path) -> Read:
    with closing(openpyxl.load_workbook(path)) as book:
        return {table.id: _sheets(table, book) for table in TABLES}


def _sheets(table: Table, book: openpyxl.Workbook) -> Rows:
    """A table that is too long for a sheet goes on in `name 2`."""
    parts = [sheet for sheet in book if re.fullmatch(rf"{table.id}( \d+)?", sheet.title)]
    rows = [row for part in parts for row in list(part.iter_rows(values_only=True))[1:]]
    return [tuple(map(partial(_of_excel, table), table.columns, row)) for row in rows]


def _of_excel(table: Table, column: Column, value: Any) -> Any:
    if value is None:
        return _nothing(table, column)
    text = (
        re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), value)
        if isinstance(value, str)
        else value
    )
    return json.loads(text) if column.is_list else text


def from_parquet(folder: Path) -> Read:
    return {
        table.id: _rows(parquet.read_table(folder / f"{table.id}.parquet").to_pylist()) for table in TABLES
    }


def _rows(records: Iterable[dict[str, Any]]) -> Rows:
    return [tuple(record.values()) for record in records]


def from_duckdb(path: Path) -> Read:
    with duckdb.connect(str(path), read_only=True) as base:
        return {table.id: base.execute(f"FROM {table.id}").fetchall() for table in TABLES}


def from_sqlite(path: Path) -> Read:
    with closing(sqlite3.connect(path)) as base:
        return {
            table.id: [
                tuple(map(_of_sqlite, table.columns, row))
                for row in base.execute(f"SELECT * FROM {table.id} ORDER BY rowid")
            ]
            for table in TABLES
        }


def _of_sqlite(column: Column, value: Any) -> Any:
    if value is not None and column.is_list:
        return json.loads(value)
    return bool(value) if column.type == "boolean" else value
