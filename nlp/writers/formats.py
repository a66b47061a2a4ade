"""Lists the formats that records are written in, and tells which one an output has."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.writers.tables import Headers

STANDARD_OUTPUT = "-"


class BadDestination(Exception):
    """An output that this program cannot make; the message says why, and what to ask for instead."""


class NotInstalled(Exception):
    """A format that needs packages which are not there; the message says how to install them."""


@dataclass(frozen=True)
class Format:
    """A format of files.

    `file_a_table`: a file holds one table, so that several tables are a folder. `streams`: it can be written
    to standard output and compressed with gzip. `packages` are needed to write it; `extra` installs them.
    """

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
            verb = "is" if len(missing) == 1 else "are"
            raise NotInstalled(
                f"{self.id} needs {' and '.join(missing)}, which {verb} not installed: "
                f"pip install 'nianbao[{self.extra}]'"
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
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def _names() -> Iterator[str]:
    """Yield what --to takes: the name of each format, of one that streams with `.gz` as well."""
    for format in FORMATS:
        yield format.id
        if format.streams:
            yield format.id + ZIPPED


NAMES = tuple(_names())


@dataclass(frozen=True)
class Destination:
    """Where records go and in which format; in a folder each table is a file of its own.

    With a `part`, the folder has a folder for each table and in it one for each year, as Parquet is parted;
    files of this run are named after the part. With an `address` the output is made at `path` and sent there.
    """

    path: str
    format: Format
    zipped: bool = False
    is_folder: bool = False
    part: str = ""
    address: str = ""

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
    """What a user may choose: the tables, the language of the headers, CSV made safe for spreadsheets."""

    tables: tuple[str, ...] = ()
    headers: Headers = "en"
    guard: bool = False


def destination(path: str | None, name: str | None = None, otherwise: Format | None = None) -> Destination:
    """Return what a user asks for with `-o path --to name`.

    A path without an ending is JSON Lines, or a folder if the format has one file a table. `otherwise` is
    the format of a file whose ending is that of no format; one that other programs write tables to is
    refused. Raises BadDestination if there is no such output, NotInstalled if a package for it is missing.

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
    wanted = Destination(path, format, zipped, format.file_a_table and _is_folder(path))
    format.require()
    if wanted.goes_to_standard_output and not format.streams:
        raise BadDestination(f"{format.id} cannot be written to standard output; name a file: -o FILE.")
    return wanted


def parted(to: Destination, part: str) -> Destination:
    """Return an output that is parted by year, its files named after a part; raises BadDestination.

    >>> parted(destination("out/", "parquet"), "07").part
    '07'
    """
    if to.format is not PARQUET or not to.is_folder:
        raise BadDestination(f"{to.path}: --partition is for a folder of Parquet: -o DIR/ --to parquet.")
    if not _PART.fullmatch(part):
        raise BadDestination(f"{part!r} is no name of a part: it has letters, digits, - and _ only.")
    return replace(to, part=part)


def _by_name(name: str, zipped: bool) -> tuple[Format, bool]:
    """Return the format with a name, and whether it is compressed: by its name or already by its path."""
    if name not in NAMES:
        raise BadDestination(f"{name} is no format. The formats are {', '.join(NAMES)}.")
    id, named_zipped = _unzipped(name)
    (format,) = (format for format in FORMATS if format.id == id)
    return format, zipped or named_zipped


def _by_ending(path: str, plain: str, otherwise: Format | None) -> Format:
    ending = os.path.splitext(plain)[1]
    for format in FORMATS:
        if ending in format.endings:
            return format
    may_be_any_file = otherwise is not None and ending not in OTHERS
    is_file = os.path.isfile(path) or not os.path.exists(path)
    if ending and is_file and not may_be_any_file:
        known = ", ".join(ending for format in FORMATS for ending in format.endings)
        raise BadDestination(
            f"{path}: {ending} is no ending of a format. The endings are {known}, of JSON Lines and CSV with "
            f"{ZIPPED} as well; --to names the format of any other file."
        )
    return otherwise or JSON_LINES


def _unzipped(name: str) -> tuple[str, bool]:
    """Return a name without `.gz`, and whether it had that."""
    return name.removesuffix(ZIPPED), name.endswith(ZIPPED)


def _is_folder(path: str) -> bool:
    """Return whether a path is a folder, or would be one: it is not there and has no ending."""
    if path == STANDARD_OUTPUT:
        return False
    if path.endswith(os.sep) or os.path.isdir(path):
        return True
    return not os.path.exists(path) and not os.path.splitext(path)[1]
