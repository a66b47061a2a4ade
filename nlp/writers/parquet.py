"""Writes a table as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from nlp.record.model import SCHEMA
from nlp.writers.tables import Headers, Row, Table, Type, tables

_ROWS = 100_000
"""How many rows make a group: enough that readers skip whole ones, and that columns compress well."""
_BYTES = 32 * 2**20
"""A group has no more bytes than this in memory, whatever its rows hold."""
_BYTES_OF_ALL = 128 * 2**20
"""What the rows that wait for their groups may take in all files together."""


@dataclass
class RowGroups:
    """A Parquet file whose rows are gathered to groups before they are written."""

    writer: Any
    table: Table
    schema: Any
    waiting: list[Any] = field(default_factory=list)
    rows: int = 0
    bytes: int = 0

    def add(self, rows: list[Row]) -> None:
        """Add rows."""
        for start in range(0, len(rows), _ROWS):
            more = arrow(rows[start : start + _ROWS], self.table, self.schema)
            if self.rows + more.num_rows > _ROWS or self.bytes + more.nbytes > _BYTES:
                self.flush()
            self.waiting.append(more)
            self.rows += more.num_rows
            self.bytes += more.nbytes

    def flush(self) -> None:
        """Write what waits as a group."""
        if self.rows:
            from pyarrow import concat_tables

            self.writer.write_table(concat_tables(self.waiting), row_group_size=_ROWS)
        self.waiting.clear()
        self.rows = self.bytes = 0


@contextmanager
def row_groups(file: BinaryIO, table: Table, headers: Headers) -> Iterator[RowGroups]:
    """Yield a table that is written to `file`; at the end all of it is."""
    from pyarrow import parquet

    schema = schema_of(table, headers)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        groups = RowGroups(writer, table, schema)
        yield groups
        groups.flush()


def hold_within_bounds(files: Iterable[RowGroups]) -> None:
    """Write the largest groups of several files until what waits in all of them takes little memory."""
    largest_first = sorted(files, key=lambda file: -file.bytes)
    total = sum(file.bytes for file in largest_first)
    for file in largest_first:
        if total <= _BYTES_OF_ALL:
            return
        total -= file.bytes
        file.flush()


@contextmanager
def writing(file: BinaryIO, table: Table, headers: Headers) -> Iterator[Callable[[list[Row]], None]]:
    """Yield a function that adds rows to a table that is written to `file`."""
    with row_groups(file, table, headers) as groups:
        yield groups.add


def schema_of(table: Table, headers: Headers) -> Any:
    """Return the Arrow schema of a table; each field carries what its column holds.

    `nianbao.table` in its metadata is the id of the table, `nianbao.schema` the version of the records that
    it is made of; a table of other things has neither.
    """
    import pyarrow

    fields = [
        pyarrow.field(
            column.header(headers), _type(column.type), metadata={"description": column.description}
        )
        for column in table.columns
    ]
    metadata = {"description": table.description}
    if table.id in {known.id for known in tables()}:
        metadata |= {"nianbao.table": table.id, "nianbao.schema": SCHEMA}
    return pyarrow.schema(fields, metadata=metadata)


def arrow(rows: list[Row], table: Table, schema: Any) -> Any:
    """Return rows as an Arrow table."""
    import pyarrow

    empty: list[tuple[Any, ...]] = [()] * len(table.columns)
    columns = list(zip(*rows, strict=True)) or empty
    arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _type(name: Type) -> Any:
    import pyarrow

    inside = name.removeprefix("list of ")
    types = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "text": pyarrow.string(),
        "boolean": pyarrow.bool_(),
    }
    return types[inside] if inside == name else pyarrow.list_(types[inside])
