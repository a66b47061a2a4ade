"""The command that makes records a table of agencies and years: `nianbao panel`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import refuse_overwriting
from nlp.commands.language import in_language, say

if TYPE_CHECKING:
    from nlp.panel.panel import Panel

GROUPS = ("province", "city", "county", "code", "kind", "level")
"""What `--by` takes: those of `nlp.panel.unit_columns`, which is imported when it is needed."""


@click.command()
@options.records
@click.option("-o", "--output", metavar="FILE", required=True, help="Write here, as its ending says.")
@click.option(
    "--shape",
    type=click.Choice(["wide", "long"]),
    default="wide",
    help="A column or a row a variable.  [default: wide]",
)
@click.option(
    "--variables", type=click.Choice(["all", "rates", "cells"]), default="all", help="Which.  [default: all]"
)
@click.option(
    "--by", "by", multiple=True, type=click.Choice(GROUPS), help="Sum up groups of agencies; repeatable."
)
@click.option("--years", metavar="FIRST-LAST", help="Only these years.")
@click.option("--balanced", is_flag=True, help="A row for every year of every agency, reports or not.")
@click.option("--states", is_flag=True, help="Wide: columns that say how each cell is known.")
@click.option("--printed-only", is_flag=True, help="Leave out what follows from the form's sums.")
@click.option("--to", metavar="FORMAT", help="The format, where the ending of FILE does not say it.")
@click.option(
    "--headers", type=click.Choice(["en", "zh"]), default="en", help="Column headers.  [default: en]"
)
@click.option("--guard", is_flag=True, help="CSV: put an apostrophe before texts that look like formulas.")
def panel(
    records: tuple[str, ...],
    output: str,
    shape: Literal["wide", "long"],
    variables: Literal["all", "rates", "cells"],
    by: tuple[str, ...],
    years: str | None,
    balanced: bool,
    states: bool,
    printed_only: bool,
    to: str | None,
    headers: Literal["en", "zh"],
    guard: bool,
) -> Exit:
    """Make records a table of agencies and years, with rates.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). FILE ends in .csv,
    .xlsx, .parquet, .dta, .duckdb, .sqlite, .json or .jsonl. A report that lies in several files counts once.
    An empty cell is never 0; what the form's sums leave no choice about is filled in and marked `derived`.
    """
    from nlp.commands.between import collected
    from nlp.panel.panel import Wanted
    from nlp.panel.panel import panel as made
    from nlp.panel.writing import writer
    from nlp.record.files import NoFile, find
    from nlp.writers.formats import BadDestination, NotInstalled
    from nlp.writers.output import Unwritable
    from nlp.writers.remarks import Remarks

    wanted = Wanted(shape, by, _years(years), balanced, states, not printed_only, variables)
    if by and balanced:
        raise click.UsageError("--balanced is for agencies: groups have the years of their reports.")
    with ending(NoFile, Exit.USAGE):
        files = find(records)
    refuse_overwriting(files, [output])
    remarks = Remarks()
    with ending(BadDestination, Exit.USAGE), ending(NotInstalled, Exit.USAGE):
        write = writer(output, to, headers, guard, remarks)
    collection, failed = collected(files)
    found = made(collection, wanted)
    with ending(Unwritable, Exit.UNWRITABLE):
        write(found)
    say(_sentence(found))
    for sentence in remarks.sentences():
        say(sentence)
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (panel,)


def _years(told: str | None) -> range | None:
    if told is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", told)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise click.UsageError(f"--years {told}: say a year, or the first and the last joined by a hyphen.")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def _sentence(found: Panel) -> str:
    """Return in a sentence what the panel holds, and what is left out of it."""
    names = {
        "duplicate": "the same report once more",
        "passed_over": "other versions",
        "undecided": "versions of which none could be chosen",
        "agency_unknown": "without an agency",
        "year_unknown": "without a year",
        "unreadable": "not read",
    }
    records = sum(found.records.values())
    left_out = [(count, names[key]) for key, count in found.records.items() if count and key in names]
    out = "; ".join(in_language(f"{count} {name}") for count, name in left_out)
    years = f"{found.years[0]}-{found.years[-1]}" if found.years else "no years"
    missing = found.states["none"] + found.states["undecided"]
    return (
        f"{records} records: {found.agencies} agencies, {years}, {found.states['counted']} reports"
        + (f", {missing} years without one that counts" if missing else "")
        + (f". Left out: {out}." if out else ".")
    )
