"""The command that tells what reports share, leave behind, repeat and promise: `nianbao reuse`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.language import say
from nlp.commands.output import opened

if TYPE_CHECKING:
    from nlp.record.files import RawRecord
    from nlp.reuse.search import Reuse

_FORMATS = ("text", "json", "csv")
_FORMAT_OF_SUFFIX = {".json": "json", ".csv": "csv"}


@click.command()
@options.records
@click.option("-o", "--output", metavar="FILE", help="Write the findings here.  [default: standard output]")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="How.  [default: by FILE's ending, text]")
@options.jobs
def reuse(records: tuple[str, ...], output: str | None, kind: str | None, jobs: int) -> Exit:
    """Tell which texts reports share, over years and between agencies.

    RECORDS are what `extract` wrote. Told are passages that stand in several reports, names of other agencies
    and years of other reports left behind, problems and measures that stand twice, and what became of last
    year's measures. Exit 1: something is no record, or could not be read.
    """
    from nlp.record.files import NoFile, UnreadableFile, find
    from nlp.reuse.search import NotInstalled, searched

    with ending(NoFile, Exit.USAGE):
        files = find(records)
    write = _writers()[kind or _FORMAT_OF_SUFFIX.get(Path(output or "").suffix.lower(), "text")]
    with (
        ending(NotInstalled, Exit.USAGE),
        ending(UnreadableFile, Exit.SOME_FAILED),
        searched(_records(files), jobs or os.cpu_count() or 1) as found,
        opened(output) as file,
    ):
        for piece in write(found):
            file.write(piece)
        unread = found.overview().unread
    if unread:
        say(f"{unread} lines are no records, or hold no text, and were left out.")
    return Exit.SOME_FAILED if unread else Exit.DONE


COMMANDS = (reuse,)


def _records(files: list[str]) -> Iterator[RawRecord]:
    from nlp.record.files import raw_records

    for file in files:
        yield from raw_records(file)


def _writers() -> dict[str, Callable[[Reuse], Iterator[bytes]]]:
    from nlp.reuse import as_csv, as_json, as_text

    return {"text": as_text.pieces, "json": as_json.pieces, "csv": as_csv.pieces}
