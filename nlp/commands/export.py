"""The commands that give records to other programs: `nianbao export` and `schema`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.destinations import delivered, destination, files_of, record_sink
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import read_agencies, refuse_overwriting
from nlp.commands.language import say
from nlp.commands.output import write

if TYPE_CHECKING:
    from nlp.agencies.own import Own
    from nlp.writers.exporting import Sink

_TOLD = 5
"""How many lines of a file that are no records are told of one by one."""
_STEP = 100
"""After so many records the count on a terminal changes."""


@click.command()
@options.records
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.")
@options.own_agencies
@options.table_options
def export(
    records: tuple[str, ...],
    output: str | None,
    agencies: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    partition: str | None,
    part: str | None,
) -> Exit:
    """Write records as tables.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). FILE ends in
    .xlsx, .csv, .parquet, .duckdb, .sqlite or .jsonl; CSV and Parquet hold one table a file (reports,
    unless --table names another), and all of them in a folder: -o DIR --to csv.
    """
    from nlp.record.files import NoFile, find

    if not output and not to:
        raise click.UsageError("Say where to write (-o FILE) or, for standard output, as what (--to csv).")
    wanted, choices = destination(output, to, tables, headers, guard, partition, part)
    own = read_agencies(agencies)
    with ending(NoFile, Exit.USAGE):
        files = find(records)
    refuse_overwriting([*files, *([agencies] if agencies else [])], files_of(wanted, choices))
    with delivered(wanted), record_sink(wanted, choices) as sink:
        done, failed = _copy(files, sink, own)
    failures = f"; {failed} could not be read" if failed else ""
    say(f"{done} records written{failures}.")
    return Exit.SOME_FAILED if failed else Exit.DONE


@click.command()
@click.option("-o", "--output", metavar="FILE", help="Write it here.  [default: standard output]")
def schema(output: str | None) -> Exit:
    """Print the JSON Schema of a record."""
    from nlp.record.schema import as_json

    write(output, as_json())
    return Exit.DONE


COMMANDS = (export, schema)


def _copy(files: Sequence[str], sink: Sink, own: Own | None) -> tuple[int, int]:
    """Write the records of files to a sink; return how many records there were and how many failures."""
    done = failed = 0
    for path in files:
        records, failures = _copy_file(path, sink, done, own)
        done += records
        failed += failures
        if failures > _TOLD:
            say(f"{path}: {failures - _TOLD} more lines are no records")
    _show_end_of_count()
    return done, failed


def _copy_file(path: str, sink: Sink, done_before: int, own: Own | None) -> tuple[int, int]:
    """Write the records of a file to a sink; return how many there were and how many failures.

    The first lines that are no records are told of on standard error.
    """
    from nlp.record.files import UnreadableFile, raw_records
    from nlp.writers.exporting import NoRecord

    records = failures = 0
    try:
        for line in raw_records(path):
            try:
                sink.write(line.content if own is None else _told_anew(line.content, own))
                records += 1
                _show_count(done_before + records)
            except NoRecord as reason:
                failures += 1
                if failures <= _TOLD:
                    say(f"{line.origin}: {reason}")
    except UnreadableFile as reason:
        say(str(reason))
        failures += 1
    return records, failures


def _told_anew(content: bytes, own: Own) -> bytes:
    """Return a record with its agency told by the user's file; raises NoRecord where it is none."""
    from nlp.agencies.agencies import with_own
    from nlp.writers import jsonl
    from nlp.writers.exporting import record

    return jsonl.line(with_own(record(content), own))


def _show_count(done: int) -> None:
    """Show on a terminal how many records were written."""
    if done % _STEP == 0 and sys.stderr.isatty():
        say(f"\r\033[K{done} records", nl=False)


def _show_end_of_count() -> None:
    if sys.stderr.isatty():
        say("\r\033[K", nl=False)
