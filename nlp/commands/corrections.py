"""The commands for what people decided about records: `nianbao apply` and `nianbao corrections`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.destinations import delivered, destination, files_of, record_sink
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import read_agencies, read_corrections, read_decisions, refuse_overwriting
from nlp.commands.language import say
from nlp.commands.output import write

if TYPE_CHECKING:
    from nlp.agencies.own import Own
    from nlp.correcting.decisions import Decisions
    from nlp.correcting.merging import Conflict
    from nlp.record.files import RawRecord
    from nlp.record.model import Report

_SHOWN = 20
"""How many conflicts are told of one by one."""


@click.command()
@options.records
@click.argument("corrections", metavar="FILE")
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.  [default: stdout]")
@options.own_agencies
@options.table_options
def apply(
    records: tuple[str, ...],
    corrections: str,
    output: str | None,
    agencies: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    partition: str | None,
    part: str | None,
) -> Exit:
    """Give records with the corrections in FILE.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). Where FILE says
    nothing of a field that was corrected before, it is again as it was read.
    """
    from nlp.record.files import NoFile, find

    decisions = read_decisions(corrections)
    own = read_agencies(agencies)
    wanted, choices = destination(
        output, to, tables, headers, guard, partition, part, json_lines_otherwise=True
    )
    with ending(NoFile, Exit.USAGE):
        files = find(records)
    refuse_overwriting([*files, corrections], files_of(wanted, choices))
    counts = _Counts()
    with delivered(wanted), record_sink(wanted, choices) as sink:
        for line in _applied(files, decisions, counts, own):
            sink.write(line)
    counts.tell(decisions)
    return Exit.SOME_FAILED if counts.failed else Exit.DONE


@click.group(name="corrections")
def corrections_group() -> None:
    """Work on files of corrections.

    They hold a decision of a person a line, and are only ever added to.
    """


@corrections_group.command()
@click.argument("ours", metavar="FILE")
@click.argument("theirs", metavar="OTHER")
@click.option("-o", "--output", metavar="FILE", help="Write here.  [default: standard output]")
def merge(ours: str, theirs: str, output: str | None) -> Exit:
    """Make one file of two people's corrections.

    Every line of both is kept, once. What they decide differently is told, and neither counts until a later
    line settles it. Exit 1 where there is such a field.
    """
    from nlp.correcting.files import lines
    from nlp.correcting.merging import merged

    both = merged(read_corrections(ours), read_corrections(theirs))
    write(output, lines(both.corrections))
    for conflict in both.conflicts[:_SHOWN]:
        say(_told(conflict, ours, theirs))
    if len(both.conflicts) > _SHOWN:
        say(f"{len(both.conflicts) - _SHOWN} more conflicts")
    written = len(both.corrections) - len(both.conflicts)
    say(f"{written} corrections written; {len(both.conflicts)} conflicts.")
    return Exit.SOME_FAILED if both.conflicts else Exit.DONE


COMMANDS = (apply, corrections_group)


class _Counts:
    """Counts what `apply` met."""

    def __init__(self) -> None:
        self.records = 0
        self.failed = 0
        self.corrected: set[str] = set()
        self.stale = 0

    def add(self, report: Report) -> None:
        """Count a record that corrections went into."""
        self.corrected.add(report.id)
        self.stale += sum(review.code == "correction_stale" for review in report.review)

    def tell(self, decisions: Decisions) -> None:
        """Say on standard error what was done."""
        say(
            f"{self.records} records, {len(self.corrected)} of them corrected, "
            f"{self.stale} with corrections of another reading; {self.failed} could not be read.",
        )
        elsewhere = len(set(decisions) - self.corrected)
        if elsewhere:
            say(f"{elsewhere} reports that FILE corrects are not among the records.")


def _applied(files: Sequence[str], decisions: Decisions, counts: _Counts, own: Own | None) -> Iterator[bytes]:
    """Yield the records of files with their corrections, as lines; failures are told on standard error."""
    from nlp.record.files import UnreadableFile, raw_records

    for path in files:
        try:
            for raw in raw_records(path):
                line = _line(raw, decisions, counts, own)
                if line is not None:
                    yield line
        except UnreadableFile as reason:
            say(str(reason))
            counts.failed += 1


def _line(raw: RawRecord, decisions: Decisions, counts: _Counts, own: Own | None) -> bytes | None:
    """Return a record with its corrections as a line; None, with a word, where it is no record."""
    from msgspec import UNSET

    from nlp.correcting.applying import applied, retold
    from nlp.writers import jsonl
    from nlp.writers.exporting import NoRecord, record

    try:
        report = record(raw.content)
    except NoRecord as reason:
        say(f"{raw.origin}: {reason}")
        counts.failed += 1
        return None
    counts.records += 1
    if own is not None:
        report = retold(report, own)
    of_report = decisions.get(report.id, {})
    if of_report:
        corrected = applied(report, of_report, own)
        counts.add(corrected)
        return jsonl.line(corrected)
    is_as_it_was = report.read is UNSET and own is None
    return raw.content if is_as_it_was else jsonl.line(applied(report, {}, own))


def _told(conflict: Conflict, ours: str, theirs: str) -> str:
    """Return a conflict in a line: the report, the field, what each side says."""
    from nlp.correcting.merging import in_words

    sides = [(ours, conflict.ours), (theirs, conflict.theirs)]
    said = "; ".join(f"{file}: {in_words(correction)}" for file, correction in sides)
    return f"{conflict.id} {conflict.field} — {said}"
