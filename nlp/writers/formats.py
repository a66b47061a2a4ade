"""The formats that records leave in: by the ending of a file's name, or by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.writers.tables import Headers

STANDARD_OUTPUT = "-"


class BadDestination(Exception):
    """An output that this program cannot make: why, and what to say instead."""


class NotInstalled(Exception):
    """A format that needs packages which are not there: which ones, and how to install them."""


@dataclass(frozen=True)
class Format:
    """A format; `file_a_table` where a file holds one table, so that several tables are a folder."""

    id: str
    endings: tuple[str, ...]
    file_a_table: bool = False
    streams: bool = False
    packages: tuple[str, ...] = ()
    extra: str = ""

    def require(self) -> None:
        """Raise NotInstalled where a package that the format needs is not there."""
        missing = [name for name in self.packages if find_spec(name) is None]
        if missing:
            raise NotInstalled(
                f"{self.id} needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not "
                f"installed: pip install 'nianbao[{self.extra}]'"
            )


JSON_LINES = Format("jsonl", (".jsonl", ".ndjson", ".json"), streams=True)
CSV = Format("csv", (".csv",), file_a_table=True, streams=True)
XLSX = Format("xlsx", (".xlsx",))
PARQUET = Format("parquet", (".parquet",), file_a_table=True, packages=("pyarrow",), extra="parquet")
DUCKDB = Format("duckdb", (".duckdb",), packages=("duckdb", "pyarrow"), extra="duckdb")
SQLITE = Format("sqlite", (".sqlite", ".sqlite3", ".db"))
FORMATS = (JSON_LINES, CSV, XLSX, PARQUET, DUCKDB, SQLITE)
OTHERS = (".xls", ".xlsm", ".xlsb", ".ods", ".tsv", ".feather", ".arrow", ".orc", ".mdb", ".accdb")
"""Endings of tables that are not written here: a file of one of them never holds anything else."""
ZIPPED = ".gz"
NAMES = tuple(name for one in FORMATS for name in ([one.id, one.id + ZIPPED] if one.streams else [one.id]))


@dataclass(frozen=True)
class Destination:
    """Where records go and as what; `is_folder` where each table is a file of its own there."""

    path: str
    format: Format
    zipped: bool = False
    is_folder: bool = False

    @property
    def goes_to_standard_output(self) -> bool:
        return self.path == STANDARD_OUTPUT

    @property
    def is_plain_lines(self) -> bool:
        return self.format is JSON_LINES and not self.zipped

    @property
    def holds_one_table(self) -> bool:
        return self.format.file_a_table and not self.is_folder

    @property
    def ending(self) -> str:
        """The ending of the files in a folder."""
        return self.format.endings[0] + (ZIPPED if self.zipped else "")


@dataclass(frozen=True)
class Choices:
    """What a user may choose: which tables, whose headers, whether CSV is made safe for spreadsheets."""

    tables: tuple[str, ...] = ()
    headers: Headers = "en"
    guard: bool = False


def destination(path: str | None, name: str | None = None, otherwise: Format | None = None) -> Destination:
    """Return what a user asks for with `-o path --to name`; BadDestination where there is no such thing,
    NotInstalled where a package for it is not there.

    A path without an ending is JSON Lines, or, of a format that has a file a table, a folder. `otherwise` is
    what a file of an ending that is no format's holds; one of another program's tables is refused anyhow.

    >>> destination("out/records.csv.gz").format.id, destination("out/records.csv.gz").zipped
    ('csv', True)
    >>> destination("out", "parquet").is_folder, destination("out").format.id, destination(None).path
    (True, 'jsonl', '-')
    """
    path = path or STANDARD_OUTPUT
    plain, zipped = _unzipped(path.lower())
    if name:
        format, zipped = _by_name(name, zipped)
    else:
        format = _by_ending(path, plain, otherwise)
    if zipped and not format.streams:
        raise BadDestination(f"{path}: {format.id} is compressed in itself; leave {ZIPPED} out.")
    found = Destination(path, format, zipped, format.file_a_table and _is_folder(path))
    format.require()
    if found.goes_to_standard_output and not format.streams:
        raise BadDestination(f"{format.id} cannot be written to standard output; name a file: -o FILE.")
    return found


def _by_name(name: str, zipped: bool) -> tuple[Format, bool]:
    wanted, named_zipped = _unzipped(name)
    for format in FORMATS:
        if format.id == wanted and name in NAMES:
            return format, zipped or named_zipped
    raise BadDestination(f"{name} is no format. The formats are {', '.join(NAMES)}.")


def _by_ending(path: str, plain: str, otherwise: Format | None) -> Format:
    ending = os.path.splitext(plain)[1]
    for format in FORMATS:
        if ending in format.endings:
            return format
    refused = ending in OTHERS or not otherwise
    if ending and refused and (os.path.isfile(path) or not os.path.exists(path)):
        known = ", ".join(ending for one in FORMATS for ending in one.endings)
        raise BadDestination(
            f"{path}: {ending} is no ending of a format. The endings are {known}, of JSON Lines and CSV with "
            f"{ZIPPED} as well; --to names the format of any other file."
        )
    return otherwise or JSON_LINES


def _unzipped(name: str) -> tuple[str, bool]:
    return name.removesuffix(ZIPPED), name.endswith(ZIPPED)


def _is_folder(path: str) -> bool:
    if path == STANDARD_OUTPUT:
        return False
    if path.endswith(os.sep) or os.path.isdir(path):
        return True
    return not os.path.exists(path) and not os.path.splitext(path)[1]
