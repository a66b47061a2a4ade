"""The commands that state how good a set of records is: `nianbao sample` and `cite`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import refuse_overwriting
from nlp.commands.language import say
from nlp.commands.output import tell, write, write_json

if TYPE_CHECKING:
    from nlp.correcting.sampling import Drawn, Statement
    from nlp.record.model import Report

_SHOWN = 10
"""How many records are named."""


@click.command()
@options.records
@click.option("-n", "--count", type=options.POSITIVE, default=50, show_default=True, help="How many.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same records.")
@click.option("--with-review", is_flag=True, help="Draw from those to be reviewed, too.")
@click.option("-o", "--output", metavar="FILE", help="Write the records that were drawn here.")
@options.json_file
def sample(
    records: tuple[str, ...],
    count: int,
    seed: int,
    with_review: bool,
    output: str | None,
    json_file: str | None,
) -> Exit:
    """Draw records at random to look over.

    They are drawn from those that need no review. Once a person decided every cell, the agency and the year
    of each (`apply` the corrections, and draw again), it is told how many had a fault, and how many of all
    records may have one at most.
    """
    from nlp.correcting.sampling import Sample

    drawn = Sample(count, seed, with_review)
    failed = _each(records, output, drawn.add)
    if output:
        write(output, b"".join(drawn.lines()))
    statement = drawn.statement()
    if json_file:
        write_json(json_file, statement)
    if "-" not in (output, json_file):
        tell(_sample_words(statement))
    return Exit.SOME_FAILED if failed else Exit.DONE


@click.command()
@options.records
@options.json_file
def cite(records: tuple[str, ...], json_file: str | None) -> Exit:
    """State what records are, for a paper.

    A paragraph in English and one in Chinese: the version and the model, how many documents, how many of
    them need no review, how many sums were checked and hold, what people corrected.
    """
    from nlp.auditing.citing import Census, paragraphs
    from nlp.running.extraction import version

    census = Census()
    failed = _each(records, None, lambda report, _: census.add(report))
    facts = census.facts(version() or "unknown")
    if json_file:
        write_json(json_file, facts)
    if json_file != "-":
        tell(paragraphs(facts))
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (sample, cite)


def _each(paths: Sequence[str], output: str | None, take: Callable[[Report, bytes], object]) -> int:
    """Hand over every record at the paths, with its line; return how many could not be read."""
    from nlp.record.files import NoFile, UnreadableFile, find, raw_records
    from nlp.writers.exporting import NoRecord, one_line, record

    with ending(NoFile, Exit.USAGE):
        files = find(paths)
    refuse_overwriting(files, [output] if output else [])
    failed = 0
    for path in files:
        try:
            for raw in raw_records(path):
                try:
                    take(record(raw.content), one_line(raw.content))
                except NoRecord as reason:
                    say(f"{raw.origin}: {reason}")
                    failed += 1
        except UnreadableFile as reason:
            say(str(reason))
            failed += 1
    return failed


def _sample_words(statement: Statement) -> str:
    """Return a statement for people."""
    whence = "" if statement.with_review else " that need no review"
    lines = [
        f"{statement.drawn:,} records drawn at random (seed {statement.seed}) "
        f"from {statement.population:,}{whence}.",
        f"Looked at by a person in every cell, agency and year: {statement.looked_at:,}.",
    ]
    if statement.bound is not None:
        cells = f"{statement.wrong_cells:,} of {statement.cells:,} cells wrong"
        lines.append(f"With a fault: {statement.faulty:,} ({cells}).")
        lines.append(
            f"With {statement.level:.0%} certainty at most {statement.bound:.1%} of the records have a fault "
            "(Clopper–Pearson, one-sided)."
        )
    waiting = [record for record in statement.records if not record.is_looked_at]
    if waiting and statement.looked_at:
        lines.append("The bound holds for a whole sample: look at those that wait before it is cited.")
    lines += _listed("To be looked at", waiting)
    lines += _listed("With a fault", [record for record in statement.records if record.faults])
    return "\n".join(lines) + "\n"


def _listed(what: str, records: Sequence[Drawn]) -> list[str]:
    if not records:
        return []
    lines = [f"{what}: {len(records):,}"]
    for record in records[:_SHOWN]:
        faults = f"  {', '.join(record.faults)}" if record.faults else ""
        lines.append(f"  {record.id}  {record.path}{faults}")
    if len(records) > _SHOWN:
        lines.append(f"  and {len(records) - _SHOWN:,} more")
    return lines
