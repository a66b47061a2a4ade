"""Writes the tables as a DuckDB database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nlp.writers.output import Unwritable
from nlp.writers.parquet import arrow, schema_of
from nlp.writers.tables import Headers, Row, Table, Type

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "400MB"}
_INTERRUPTED = "Query interrupted"
_TYPES: dict[Type, str] = {
    "integer": "BIGINT",
    "number": "DOUBLE",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "list of integer": "BIGINT[]",
    "list of number": "DOUBLE[]",
    "list of text": "VARCHAR[]",
}


@contextmanager
def writing(
    path: Path, tables: Sequence[Table], headers: Headers
) -> Iterator[Callable[[Table, list[Row]], None]]:
    """Yield a function that adds rows to a table of a new database at `path`."""
    import duckdb

    try:
        with duckdb.connect(str(path), config=_SETTINGS) as database:
            creates = [_create_table(table, headers) for table in tables]
            database.execute(f"BEGIN;\n{''.join(creates)}COMMIT;")
            schemas = {table.id: schema_of(table, headers) for table in tables}

            def add(table: Table, rows: list[Row]) -> None:
                database.register("_more", arrow(rows, table, schemas[table.id]))
                database.execute(f'INSERT INTO "{table.id}" SELECT * FROM _more')
                database.unregister("_more")

            yield add
            database.execute("CHECKPOINT")  # closing does so, too, but tells of no failure
        _refuse_rest(path)
    except duckdb.Error as error:
        raise Unwritable(f"could not be written ({str(error).splitlines()[0]}).") from error
    except RuntimeError as error:  # of the library: what a signal raised in a query is lost to this
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        raise


def _refuse_rest(path: Path) -> None:
    """Raise Unwritable where the database has a journal still: what is there is not in the database."""
    if path.with_name(f"{path.name}.wal").exists():
        raise Unwritable("could not be written (DuckDB could not write everything; is there room?).")


def _create_table(table: Table, headers: Headers) -> str:
    """Return the statements that make a table and say what it holds; the dictionary describes its columns."""
    columns = ", ".join(f'"{column.header(headers)}" {_TYPES[column.type]}' for column in table.columns)
    description = table.description_zh if headers == "zh" else table.description
    quoted = description.replace("'", "''")
    return f'CREATE TABLE "{table.id}" ({columns});\nCOMMENT ON TABLE "{table.id}" IS \'{quoted}\';\n'
