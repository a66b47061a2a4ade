"""Opens the files that tables are written to: one file for all of them, or a file a table."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from nlp.writers.formats import CSV, DUCKDB, PARQUET, SQLITE, XLSX, Choices, Destination
from nlp.writers.output import Unwritable, is_device, output, telling, unfinished, whole_file
from nlp.writers.remarks import Remarks
from nlp.writers.tables import Row, Table

Add = Callable[[Table, list[Row]], None]
"""Adds rows to a table."""
_JOURNALS = {SQLITE.id: ("-journal", "-wal"), DUCKDB.id: (".wal",)}
"""Endings of the files in which databases keep what is not yet in them."""


def adding(
    to: Destination, wanted: Sequence[Table], choices: Choices, remarks: Remarks
) -> AbstractContextManager[Add]:
    """Return a context that yields the function that adds rows; it raises Unwritable."""
    if to.part:
        from nlp.writers import partitions

        return partitions.writing(to, wanted, choices)
    if to.format.file_a_table:
        return _files(to, wanted, choices, remarks)
    return _one_file(to, wanted, choices, remarks)


@contextmanager
def _one_file(to: Destination, wanted: Sequence[Table], choices: Choices, remarks: Remarks) -> Iterator[Add]:
    _refuse_journals(to)
    with whole_file(to.path) as path:
        try:
            with _writing(to, path, wanted, choices, remarks) as add:
                yield add
        except Unwritable as reason:
            raise Unwritable(f"{to.path}: {reason}") from reason


def _refuse_journals(to: Destination) -> None:
    """Raise Unwritable where a database of this name has a journal: it would be played into the new one."""
    for ending in _JOURNALS.get(to.format.id, ()):
        journal = os.path.realpath(to.path) + ending
        if os.path.lexists(journal):
            raise Unwritable(
                f"{to.path}: could not be written (a program has the database open, or crashed with it: "
                f"there is {journal}; close the program, or remove the database with its journal)."
            )


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
    if to.goes_to_standard_output or is_device(to.path):
        with output(to.path) as file, _adding_to({wanted[0].id: file}, to, wanted, choices, remarks) as add:
            yield add
        return
    paths = paths_of(to, wanted)
    with telling(to.path), _folder(to), ExitStack() as open_files:
        whole = {id: open_files.enter_context(unfinished(path)) for id, path in paths.items()}
        with ExitStack() as written:
            files = {id: written.enter_context(one.opened()) for id, one in whole.items()}
            with _adding_to(files, to, wanted, choices, remarks) as add:
                yield add
        for one in whole.values():  # all of them are on the disk before the first has its name
            one.publish()
    if to.format is CSV:
        from nlp.writers import datapackage

        datapackage.write(paths, to.zipped, choices.headers, remarks)


@contextmanager
def _adding_to(
    files: Mapping[str, BinaryIO],
    to: Destination,
    wanted: Sequence[Table],
    choices: Choices,
    remarks: Remarks,
) -> Iterator[Add]:
    """Yield a function that adds rows to the open file of a table, by its id."""
    with ExitStack() as writers:
        add_to: dict[str, Callable[[list[Row]], None]] = {}
        for table in wanted:
            writer = _table(to, files[table.id], table, choices, remarks)
            add_to[table.id] = writers.enter_context(writer)
        yield lambda table, rows: add_to[table.id](rows)


def paths_of(to: Destination, wanted: Sequence[Table]) -> dict[str, str]:
    """Return the path of the file of each table, by the id of the table."""
    if to.part:  # nothing that anyone would read is at these places
        return {table.id: str(Path(to.path) / table.id) for table in wanted}
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
