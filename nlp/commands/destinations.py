"""Settles where records go and in which format, and opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, ending
from nlp.commands.language import say

if TYPE_CHECKING:
    from nlp.writers.exporting import Sink
    from nlp.writers.formats import Choices, Destination


_FIRST_PART = "0001"
"""The name of the part of a run that is not one of several."""


def destination(
    output: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    partition: str | None = None,
    part: str | None = None,
    *,
    json_lines_otherwise: bool = False,
) -> tuple[Destination, Choices]:
    """Return where records go and what of them, as the options of a command say.

    What cannot be written is refused as wrong usage, before anything is done. With `json_lines_otherwise` a
    file whose ending is that of no format holds JSON Lines. An output that goes to an address is one of this
    machine that is sent there: inside `delivered`, or by `nlp.writers.staging`.
    """
    from nlp.storage.addresses import local_path
    from nlp.writers import formats, staging

    if part and not partition:
        raise click.UsageError("--part names the files of a part: give --partition year as well.")
    if partition and output and not to:
        to = formats.PARQUET.id
    path = local_path(output) if output else output
    choices = formats.Choices(tables, "zh" if headers == "zh" else "en", guard)
    otherwise = formats.JSON_LINES if json_lines_otherwise else None
    with ending(formats.BadDestination, Exit.USAGE), ending(formats.NotInstalled, Exit.USAGE):
        wanted = formats.destination(path, to, otherwise)
        if partition:
            wanted = formats.parted(wanted, part or _FIRST_PART)
        wanted = staging.staged(wanted)
        if not wanted.is_plain_lines or choices != formats.Choices():
            from nlp.writers.exporting import chosen  # which knows the tables: 10 ms that lines do not need

            chosen(wanted, choices)
    return wanted, choices


@contextmanager
def delivered(to: Destination) -> Iterator[None]:
    """Send an output that goes to an address there, when it is whole; it is reserved meanwhile."""
    from nlp.writers import staging
    from nlp.writers.output import Unwritable, telling

    if not to.address:
        yield
        return
    with ending(Unwritable, Exit.UNWRITABLE), telling(to.address), staging.reserved(to):
        yield
        staging.send(to)


def files_of(to: Destination, choices: Choices) -> list[str]:
    """Return the paths of the files that will be written; none for standard output."""
    if to.address:
        return [to.address]
    if to.is_folder:
        from nlp.writers.exporting import files

        return files(to, choices)
    return [] if to.goes_to_standard_output else [to.path]


def _say(words: str) -> None:
    say(words)


@contextmanager
def record_sink(to: Destination, choices: Choices, say: Callable[[str], object] = _say) -> Iterator[Sink]:
    """Yield what takes records; at the end say, on standard error, what could not be written as it stands."""
    from nlp.writers.exporting import exporting
    from nlp.writers.output import Unwritable
    from nlp.writers.remarks import Remarks

    remarks = Remarks()
    with ending(Unwritable, Exit.UNWRITABLE), exporting(to, choices, remarks) as sink:
        yield sink
    if to.holds_one_table and not choices.tables:
        say("This is the table reports; --table names another, and a folder (-o DIR/) takes all of them.")
    for sentence in remarks.sentences():
        say(sentence)
