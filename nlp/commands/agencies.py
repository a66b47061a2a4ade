"""The command that lists who is in a collection of records: `nianbao agencies`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import read_agencies, refuse_overwriting
from nlp.commands.language import say
from nlp.commands.output import write

if TYPE_CHECKING:
    from nlp.agencies.collection import Collection, Entry
    from nlp.agencies.own import Own

_FORMATS = ("text", "json", "csv")
_FORMAT_OF_SUFFIX = {".json": "json", ".csv": "csv"}
_TOLD = 5
"""How many lines of a file that are no records are told of one by one."""


@click.command()
@options.records
@click.option("-o", "--output", metavar="FILE", help="Write the list here.  [default: standard output]")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="How.  [default: by FILE's ending, text]")
@options.own_agencies
def agencies(records: tuple[str, ...], output: str | None, kind: str | None, agencies: str | None) -> Exit:
    """List the agencies of records.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). Told are each
    agency's canonical name and code, the ways in which it is printed, its years and reports; the same report
    in several files is counted once. Names that fit several agencies are listed with these; a file of your
    own (--agencies) decides them.
    """
    from nlp.agencies.collection import collection
    from nlp.record.files import NoFile, find

    own = read_agencies(agencies)
    with ending(NoFile, Exit.USAGE):
        files = find(records)
    if output and output != "-":
        refuse_overwriting([*files, *([agencies] if agencies else [])], [output])
    counts = _Counts()
    everyone = collection(_entries(files, own, counts))
    by_ending = _FORMAT_OF_SUFFIX.get(Path(output or "").suffix.lower(), "text")
    write(output, _WRITERS[kind or by_ending](everyone))
    counts.tell(everyone)
    return Exit.SOME_FAILED if counts.failed else Exit.DONE


COMMANDS = (agencies,)


class _Counts:
    """Counts what the command met."""

    def __init__(self) -> None:
        self.records = 0
        self.unread = 0
        self.failed = 0

    def tell(self, everyone: Collection) -> None:
        """Say on standard error what was found."""
        repeated = sum(len(same) - 1 for agency in everyone.agencies for same in agency.duplicates)
        say(
            f"{self.records} records of {len(everyone.agencies)} agencies, {repeated} of them repeated; "
            f"{sum(len(untold.reports) for untold in everyone.untold)} of agencies that cannot be told, "
            f"{len(everyone.unnamed)} name none; {self.unread} documents were not read, "
            f"{self.failed} lines are no records.",
        )


def _entries(files: list[str], own: Own | None, counts: _Counts) -> Iterator[Entry]:
    """Yield what is kept of each record; what is none is told on standard error."""
    from nlp.agencies.collection import entry
    from nlp.record.files import UnreadableFile, raw_records
    from nlp.writers.exporting import NoRecord, record

    for path in files:
        try:
            for raw in raw_records(path):
                try:
                    kept = entry(record(raw.content), own)
                except NoRecord as reason:
                    counts.failed += 1
                    if counts.failed <= _TOLD:
                        say(f"{raw.origin}: {reason}")
                    continue
                counts.records += 1
                if kept is None:
                    counts.unread += 1
                else:
                    yield kept
        except UnreadableFile as reason:
            say(str(reason))
            counts.failed += 1


def _text(everyone: Collection) -> bytes:
    from nlp.agencies.listing import as_text

    return as_text(everyone).encode()


def _json(everyone: Collection) -> bytes:
    from msgspec import json

    return json.format(json.encode(everyone), indent=1) + b"\n"


def _csv(everyone: Collection) -> bytes:
    from nlp.agencies.listing import as_csv

    return as_csv(everyone).encode("utf-8-sig")


_WRITERS: dict[str, Callable[[Collection], bytes]] = {"text": _text, "json": _json, "csv": _csv}
