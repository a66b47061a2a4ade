"""Opens the files that tables are written to: one file for all of them, or a file a table."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from nlp.writers.formats import CSV, DUCKDB, PARQUET, SQLITE, XLSX, Choices, Destination
from nlp.writers.output import Unwritable, output, whole_file
from nlp.writers.remarks import Remarks
from nlp.writers.tables import Row, Table

Add = Callable[[Table, list[Row]], None]
"""Adds rows to a table."""


def adding(
    to: Destination, wanted: Sequence[Table], choices: Choices, remarks: Remarks
) -> AbstractContextManager[Add]:
    """Return a context that yields the function that adds rows; it raises Unwritable."""
    if to.format.file_a_table:
        return _files(to, wanted, choices, remarks)
    return _one_file(to, wanted, choices, remarks)


@contextmanager
def _one_file(to: Destination, wanted: Sequence[Table], choices: Choices, remarks: Remarks) -> Iterator[Add]:
    with whole_file(to.path) as path:
        try:
            with _writing(to, path, wanted, choices, remarks) as add:
                yield add
        except Unwritable as reason:
            raise Unwritable(f"{to.path}: {reason}") from reason


def _writing(
    to: Destination, path: Path, wanted: Sequence[Table], choices: Choices, remarks: Remarks
) -> AbstractContextManager[Add]:
    if to.format is XLSX:
        from nlp.writers import xlsx

        return xlsx.writing(path, wanted, choices.headers, remarks)
    if to.format is DUCKDB:
        from nlp.writers import duckdb

        return duckdb.writing(path, wanted, choices.headers)
    assert to.format is SQLITE
    from nlp.writers import sqlite

    return sqlite.writing(path, wanted, choices.headers)


@contextmanager
def _files(to: Destination, wanted: Sequence[Table], choices: Choices, remarks: Remarks) -> Iterator[Add]:
    """Yield a function that adds rows to the file of a table, the one that was named or one in a folder."""
    paths = paths_of(to, wanted)
    with _folder(to):
        with ExitStack() as open_files:
            add_to: dict[str, Callable[[list[Row]], None]] = {}
            for table in wanted:
                file = open_files.enter_context(output(paths[table.id]))
                add_to[table.id] = open_files.enter_context(_table(to, file, table, choices, remarks))
            yield lambda table, rows: add_to[table.id](rows)
        if to.format is CSV and not to.goes_to_standard_output:
            from nlp.writers import datapackage

            datapackage.write(paths, to.zipped, choices.headers, remarks)


def paths_of(to: Destination, wanted: Sequence[Table]) -> dict[str, str]:
    """Return the path of the file of each table, by the id of the table."""
    if not to.is_folder:
        return {table.id: to.path for table in wanted}
    return {table.id: str(Path(to.path) / f"{table.id}{to.ending}") for table in wanted}


@contextmanager
def _folder(to: Destination) -> Iterator[None]:
    """Make the folder of an output; one that stays empty is removed again."""
    path = Path(to.path)
    made = to.is_folder and not path.exists()
    try:
        if made:
            path.mkdir(parents=True)
        yield
    except OSError as error:
        raise Unwritable(f"{to.path}: could not be written ({error.strerror}).") from error
    finally:
        if made and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@contextmanager
def _table(
    to: Destination, file: BinaryIO, table: Table, choices: Choices, remarks: Remarks
) -> Iterator[Callable[[list[Row]], None]]:
    if to.format is PARQUET:
        from nlp.writers import parquet

        with parquet.writing(file, table, choices.headers) as add:
            yield add
        return
    from nlp.writers import csv

    with (
        zipped(file, to.zipped) as plain,
        csv.writing(plain, table, choices.headers, choices.guard, remarks) as add,
    ):
        yield add


@contextmanager
def zipped(file: BinaryIO, wanted: bool) -> Iterator[BinaryIO]:
    """Yield a file that compresses, if wanted, without name and date: equal content gives equal bytes."""
    if not wanted:
        yield file
        return
    with gzip.GzipFile("", "wb", 6, file, 0) as zipped:
        yield zipped  # type: ignore[misc]  # it is one in all that is used of it
