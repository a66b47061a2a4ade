"""Writes a panel as CSV, XLSX, Parquet, DuckDB, SQLite, JSON Lines, JSON or Stata."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from nlp.panel.frame import Coded, Frame, Values, listed
from nlp.panel.panel import Panel, dictionary
from nlp.storage.addresses import is_address
from nlp.writers.formats import (
    CSV,
    PARQUET,
    BadDestination,
    Choices,
    Destination,
    NotInstalled,
    destination,
)
from nlp.writers.output import output, whole_file
from nlp.writers.remarks import Remarks
from nlp.writers.table_files import adding, zipped
from nlp.writers.tables import Headers

Write = Callable[[Panel], None]

STATA, LINES, ARRAY = ".dta", (".jsonl", ".ndjson"), ".json"


def writer(path: str, to: str | None, headers: Headers, guard: bool, remarks: Remarks) -> Write:
    """Return what writes a panel to a path, in the format that its ending or `to` says.

    Raises BadDestination or NotInstalled before any work is done; the writer raises Unwritable.
    """
    if is_address(path):
        raise BadDestination(f"{path}: a panel is written on this machine; copy the file to the storage.")
    ending = f".{to}" if to else Path(path).suffix.lower()
    if ending == STATA:
        if find_spec("pandas") is None:
            raise NotInstalled(
                "Stata files need pandas, which is not installed: pip install 'nianbao[pandas]'"
            )
        return lambda panel: _write_stata(path, panel)
    if ending in (*LINES, ARRAY):
        return lambda panel: _write_json(path, panel, ending == ARRAY)
    wanted = destination(path, to)
    choices = Choices((), headers, guard)
    if wanted.is_folder:
        raise BadDestination(f"{path}: a panel is one table; name a file, such as panel{wanted.ending}.")
    if wanted.format is PARQUET:
        return lambda panel: _write_parquet(path, panel.frame, headers)
    if wanted.format is CSV:
        return lambda panel: _write_csv(wanted, choices, panel.frame, remarks)
    return lambda panel: _write_tables(wanted, choices, panel, remarks)


def _write_stata(path: str, panel: Panel) -> None:
    from nlp.panel import stata

    with whole_file(path) as part:
        stata.write(part, panel.frame)


def _write_json(path: str, panel: Panel, as_array: bool) -> None:
    with output(path) as file:
        if as_array:
            _write_objects(file, panel.frame, b"[\n", b",\n", b"\n]\n")
        else:
            _write_objects(file, panel.frame, b"", b"\n", b"\n")


def _write_objects(file: BinaryIO, frame: Frame, opening: bytes, between: bytes, closing: bytes) -> None:
    from msgspec import json

    names = [column.id for column in frame.table.columns]
    start = opening
    for rows in frame.rows():
        for row in rows:
            file.write(start + json.encode(dict(zip(names, row, strict=True))))
            start = between
    if start is between or opening:
        file.write(closing if start is between else opening + closing.lstrip())


def _write_parquet(path: str, frame: Frame, headers: Headers) -> None:
    """Write columns as they are: no row is made."""
    import pyarrow
    from pyarrow import parquet

    from nlp.writers.parquet import schema_of

    schema = schema_of(frame.table, headers)
    with output(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for piece in frame.pieces():
            columns = zip(piece, frame.table.columns, schema, strict=True)
            arrays = [_arrow(values, column.type, field.type) for values, column, field in columns]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _arrow(values: Values, type: str, arrow_type: Any) -> Any:
    import numpy as np
    import pyarrow

    if isinstance(values, Coded):
        if type != "text":
            return pyarrow.array(listed(values, False), arrow_type)
        codes = pyarrow.array(values.codes, mask=values.codes < 0)
        words = pyarrow.array(values.words, arrow_type)
        return pyarrow.DictionaryArray.from_arrays(codes, words).cast(arrow_type)
    missing = np.isnan(values)
    if type == "integer":
        return pyarrow.array(np.where(missing, 0, values).astype(np.int64), arrow_type, mask=missing)
    return pyarrow.array(values, arrow_type, mask=missing)


def _write_csv(wanted: Destination, choices: Choices, frame: Frame, remarks: Remarks) -> None:
    from nlp.writers import csv

    with (
        output(wanted.path) as file,
        zipped(file, wanted.zipped) as plain,
        csv.writing(plain, frame.table, choices.headers, choices.guard, remarks) as add,
    ):
        for rows in frame.rows():
            add(rows)


def _write_tables(wanted: Destination, choices: Choices, panel: Panel, remarks: Remarks) -> None:
    """Write the panel and its dictionary with the writers of `nianbao export`."""
    table, explained = dictionary(panel.variables)
    with adding(wanted, [panel.frame.table, table], choices, remarks) as add:
        for rows in panel.frame.rows():
            add(panel.frame.table, rows)
        add(table, explained)
