"""Takes records one by one and writes them in any format, with bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from msgspec import json

from nlp.record.malformed import MALFORMED
from nlp.record.model import READABLE, SCHEMA, Report
from nlp.writers.fitting import fitting
from nlp.writers.formats import JSON_LINES, BadDestination, Choices, Destination
from nlp.writers.output import output
from nlp.writers.remarks import Remarks
from nlp.writers.rows import rows
from nlp.writers.table_files import Add, adding, paths_of, zipped
from nlp.writers.tables import DICTIONARY, REPORTS, Row, Table, dictionary, tables

_RECORDS_AT_A_TIME = 500
"""After so many records their rows are written."""
_DIGITS_AS_ZERO = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 16
"""A record without so many digits in a row has no number that a column could not hold."""


class NoRecord(Exception):
    """A line that is no record of this version; the message says why."""


_decoder = json.Decoder(Report)


def record(line: bytes) -> Report:
    """Return the report in a line of JSON; raises NoRecord if it is none of this version.

    >>> record(b'{"schema": "nianbao.report/9", "source": {}}')
    Traceback (most recent call last):
    ...
    nlp.writers.exporting.NoRecord: this is no record (Object missing required field `name` - at `$.source`)
    """
    try:
        report = _decoder.decode(line)
    except MALFORMED as error:
        raise NoRecord(f"this is no record ({error})") from error
    if report.schema not in READABLE:
        raise NoRecord(f"this is a record of {report.schema}; this version writes tables of {SCHEMA}")
    return report


def one_line(content: bytes) -> bytes:
    r"""Return a record on a line of its own, its line feed included.

    >>> one_line(b'{"year":\n2022}')
    b'{"year":2022}\n'
    """
    line = content.strip()
    if b"\n" in line:
        line = json.format(line, indent=-1)
    return line + b"\n"


class Sink(Protocol):
    """Takes records as lines of JSON."""

    def write(self, line: bytes, /) -> object:
        """Take a record."""


def chosen(to: Destination, choices: Choices) -> list[Table]:
    """Return the tables that an output has.

    They are those that the user chose; by default all of them, or the table of reports if the output holds
    one. Raises BadDestination if the output cannot have the tables or headers that were chosen.
    """
    known = [table.id for table in tables()]
    unknown = [id for id in choices.tables if id not in known]
    if unknown:
        raise BadDestination(f"{', '.join(unknown)}: there is no such table; there are {', '.join(known)}.")
    if to.format is JSON_LINES and (choices.tables or choices.headers != "en"):
        raise BadDestination("JSON Lines are whole records: they have neither tables nor headers to choose.")
    if to.holds_one_table and len(choices.tables) > 1:
        raise BadDestination(f"{to.path}: a {to.format.id} file holds one table; name a folder for several.")
    if choices.tables:
        ids = choices.tables
    elif to.holds_one_table:
        ids = (REPORTS,)
    else:
        ids = tuple(known)
    return [table for table in tables() if table.id in ids]


def files(to: Destination, choices: Choices) -> list[str]:
    """Return the paths of the files that will be written."""
    return list(paths_of(to, chosen(to, choices)).values())


@dataclass
class _Tables:
    """Turns records into rows of tables; `number` counts them, `waiting` holds the rows not yet written."""

    add: Add
    tables: Sequence[Table]
    remarks: Remarks
    number: int = 0
    waiting: dict[str, list[Row]] = field(default_factory=dict)

    def write(self, line: bytes) -> None:
        """Take a record; NoRecord where it is none."""
        report = record(line)
        self.number += 1
        has_long_number = _LONG_NUMBER in line.translate(_DIGITS_AS_ZERO)
        report_rows = fitting(rows(report, self.number), has_long_number, self.remarks)
        for table in self.tables:
            self.waiting.setdefault(table.id, []).extend(report_rows.get(table.id, ()))
        if self.number % _RECORDS_AT_A_TIME == 0:
            self.flush()

    def flush(self) -> None:
        """Write the rows that wait."""
        for table in self.tables:
            waiting = self.waiting.pop(table.id, None)
            if waiting:
                self.add(table, waiting)

    def finish(self) -> None:
        """Write the rest of the rows, and the dictionary."""
        self.flush()
        for table in self.tables:
            if table.id == DICTIONARY:
                self.add(table, dictionary())


@dataclass(frozen=True)
class _Lines:
    """Writes records as they are, each on a line of its own."""

    file: BinaryIO

    def write(self, line: bytes) -> None:
        """Take a record; NoRecord where it is none."""
        record(line)
        self.file.write(one_line(line))


@contextmanager
def exporting(to: Destination, choices: Choices, remarks: Remarks) -> Iterator[Sink]:
    """Yield what takes records; the output appears, whole, when all of them are written.

    Raises Unwritable if it cannot be written: before the first record, as far as that can be known.
    """
    if to.format is JSON_LINES:
        with output(to.path) as file, zipped(file, to.zipped) as lines:
            yield _Lines(lines)
        return
    wanted = chosen(to, choices)
    with adding(to, wanted, choices, remarks) as add:
        sink = _Tables(add, wanted, remarks)
        yield sink
        sink.finish()
