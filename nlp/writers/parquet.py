"""Writes a table as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from nlp.writers.tables import Headers, Row, Table, Type


@contextmanager
def writing(file: BinaryIO, table: Table, headers: Headers) -> Iterator[Callable[[list[Row]], None]]:
    """Yield a function that adds rows to a table that is written to `file`."""
    from pyarrow import parquet

    schema = schema_of(table, headers)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:

        def add(rows: list[Row]) -> None:
            writer.write_table(arrow(rows, table, schema))

        yield add


def schema_of(table: Table, headers: Headers) -> Any:
    """Return the Arrow schema of a table; each field carries what its column holds."""
    import pyarrow

    fields = [
        pyarrow.field(
            column.header(headers), _type(column.type), metadata={"description": column.description}
        )
        for column in table.columns
    ]
    return pyarrow.schema(fields, metadata={"description": table.description})


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
