"""The commands that give records to other programs: `nianbao export` and `schema`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from nlp.commands.exits import Exit, ending

if TYPE_CHECKING:
    from nlp.writers.exporting import Sink
    from nlp.writers.formats import Choices, Destination

C = TypeVar("C", bound=Callable[..., Any])
_TOLD = 5
"""So many lines of a file that are no records are told of one by one."""
_SEEN = 100
"""After so many records a terminal is told how far it is."""
_OPTIONS = (
    click.option("--to", metavar="FORMAT", help="The format, where the ending of FILE does not say it."),
    click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table; repeatable."),
    click.option(
        "--headers", type=click.Choice(["en", "zh"]), default="en", help="Column headers.  [default: en]"
    ),
    click.option(
        "--guard", is_flag=True, help="CSV: put an apostrophe before texts that look like formulas."
    ),
)


def export_options(command: C) -> C:
    """Give a command the options that say as what records are written."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("records", nargs=-1, required=True, metavar="RECORDS…")
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.")
@export_options
def export(
    records: tuple[str, ...],
    output: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
) -> Exit:
    """Write records as tables.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). FILE ends in
    .xlsx, .csv, .parquet, .duckdb, .sqlite or .jsonl; CSV and Parquet hold one table a file (reports,
    unless --table names another), and all of them in a folder: -o DIR --to csv.
    """
    from nlp.record.files import NoFile, find

    if not output and not to:
        raise click.UsageError("Say where to write (-o FILE) or, for standard output, as what (--to csv).")
    wanted, choices = destination(output, to, tables, headers, guard)
    with ending(NoFile, Exit.USAGE):
        files = find(records)
    never_over_an_input(wanted, choices, files)
    with written(wanted, choices) as sink:
        done, failed = _copy(files, sink)
    click.echo(f"{done} records written{f'; {failed} could not be read' if failed else ''}.", err=True)
    return Exit.SOME_FAILED if failed else Exit.DONE


@click.command()
@click.option("-o", "--output", metavar="FILE", help="Write it here.  [default: standard output]")
def schema(output: str | None) -> Exit:
    """Print the JSON Schema of a record."""
    from nlp.record.schema import as_json
    from nlp.writers.output import Unwritable
    from nlp.writers.output import output as opened

    with ending(Unwritable, Exit.UNWRITABLE), opened(output) as file:
        file.write(as_json())
    return Exit.DONE


COMMANDS = (export, schema)


def destination(
    output: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    lines_otherwise: bool = False,
) -> tuple[Destination, Choices]:
    """Return what a user asks for; what cannot be is told as wrong usage, before anything is done.

    `lines_otherwise`: a file of any other ending holds JSON Lines.
    """
    from nlp.writers.formats import JSON_LINES, BadDestination, Choices, NotInstalled
    from nlp.writers.formats import destination as found

    choices = Choices(tables, "zh" if headers == "zh" else "en", guard)
    with ending(BadDestination, Exit.USAGE), ending(NotInstalled, Exit.USAGE):
        wanted = found(output, to, JSON_LINES if lines_otherwise else None)
        if not wanted.is_plain_lines or choices != Choices():
            from nlp.writers.exporting import chosen  # which knows the tables: 10 ms that lines do not need

            chosen(wanted, choices)
    return wanted, choices


def never_over_an_input(to: Destination, choices: Choices, inputs: Iterable[str]) -> None:
    """Refuse to write where something is read from."""
    targets = {os.path.realpath(path): path for path in _files(to, choices)}
    for input in inputs:
        if (target := targets.get(os.path.realpath(input))) is not None:
            raise click.UsageError(f"{target} is among the inputs: write the records elsewhere.")


def _files(to: Destination, choices: Choices) -> list[str]:
    if not to.is_folder:
        return [] if to.goes_to_standard_output else [to.path]
    from nlp.writers.exporting import files

    return files(to, choices)


@contextmanager
def written(to: Destination, choices: Choices) -> Iterator[Sink]:
    """Yield what takes records, and tell at the end what could not be written as it stands."""
    from nlp.writers.exporting import exporting
    from nlp.writers.output import Unwritable
    from nlp.writers.remarks import Remarks

    remarks = Remarks()
    with ending(Unwritable, Exit.UNWRITABLE), exporting(to, choices, remarks) as sink:
        yield sink
    if to.holds_one_table and not choices.tables:
        click.echo(
            "This is the table reports; --table names another, and a folder (-o DIR/) takes all of them.",
            err=True,
        )
    for sentence in remarks.told():
        click.echo(sentence, err=True)


def _copy(files: Sequence[str], sink: Sink) -> tuple[int, int]:
    """Hand every record over; return how many there were, and how many lines or files were none."""
    from nlp.record.files import UnreadableFile, raw_records
    from nlp.writers.exporting import NoRecord

    done = failed = 0
    for path in files:
        before = failed
        try:
            for line in raw_records(path):
                try:
                    sink.write(line.content)
                    done += 1
                    _shown(done)
                except NoRecord as reason:
                    failed += 1
                    if failed - before <= _TOLD:
                        click.echo(f"{line.origin}: {reason}", err=True)
        except UnreadableFile as reason:
            click.echo(str(reason), err=True)
            failed += 1
        if failed - before > _TOLD:
            click.echo(f"{path}: {failed - before - _TOLD} more lines are no records", err=True)
    _shown(0)
    return done, failed


def _shown(done: int) -> None:
    """Tell on a terminal how many records were written; 0 when there are no more."""
    if done % _SEEN == 0 and sys.stderr.isatty():
        click.echo(f"\r\033[K{done} records" if done else "\r\033[K", err=True, nl=False)
