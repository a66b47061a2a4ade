"""The command that reads documents into records: `nianbao extract`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.batches import Batch, Wanted
from nlp.commands.destinations import destination, files_of
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import (
    listed_documents,
    places_below,
    read_agencies,
    read_decisions,
    refuse_overwriting,
)
from nlp.commands.language import result_in_language, say, why
from nlp.commands.loading import load_reader
from nlp.commands.telling import WAYS
from nlp.writers.output import is_device

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from nlp.reading.scan.engine import Ocr
    from nlp.running.cluster.engines import Working


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--files-from", metavar="FILE", help="Read the paths in FILE, one a line, as well; - is stdin.")
@click.option("-0", "--null", is_flag=True, help="The paths in that FILE end with NUL, as of find -print0.")
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.  [default: stdout]")
@options.table_options
@click.option("--lines", is_flag=True, help="Add the label of every line that is not blank.")
@click.option("--text", type=options.FOLDER, metavar="DIR", help="Write the decoded texts, too.")
@click.option("--resume", is_flag=True, help="Keep what was read before; read what is new or has changed.")
@click.option(
    "--max-failures", type=options.NOT_NEGATIVE, metavar="N", help="Stop when more than N files failed."
)
@click.option(
    "--progress", type=click.Choice(WAYS), default="auto", help="How to tell how far it is.  [default: auto]"
)
@options.corrections
@options.own_agencies
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    help="Which pages are read in their pictures; auto: those without text.  [default: auto]",
)
@click.option("--needs-review", is_flag=True, help="Write only what a person should look at, and failures.")
@click.option("--explain", metavar="ID", help="Tell instead how a table, row or cell was read.")
@click.option("--engine", metavar="NAME", help="Work on a cluster: dask=ADDRESS, ray or ray=ADDRESS.")
@options.jobs
@options.absolute_model
def extract(
    paths: tuple[str, ...],
    files_from: str | None,
    null: bool,
    output: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    partition: str | None,
    part: str | None,
    lines: bool,
    text: Path | None,
    resume: bool,
    max_failures: int | None,
    progress: str,
    corrections: str | None,
    agencies: str | None,
    ocr: Ocr,
    needs_review: bool,
    explain: str | None,
    engine: str | None,
    jobs: int,
    model: Path | None,
) -> Exit:
    """Read documents into records.

    Each PATH is a file, a folder or standard input (-). The records are JSON Lines, one a document, in
    the order of the names; or tables, where FILE ends in .xlsx, .csv, .parquet, .duckdb or .sqlite (see
    export).
    """
    _refuse_without_engine(ocr)
    if not paths and files_from is None:
        raise click.UsageError("Name a file or folder to read, or a list of them (--files-from FILE).")
    listed = listed_documents(paths, files_from, null)
    if explain:
        return _explain(listed.inputs, explain, model, ocr)
    input_paths = [input.path for input in listed.inputs]
    if output and output != "-":
        refuse_overwriting([*input_paths, *filter(None, (corrections, agencies))], [output])
    results = _results_of(engine, jobs, text)
    decisions = read_decisions(corrections) if corrections else {}
    own = read_agencies(agencies)
    wanted, choices = destination(
        output, to, tables, headers, guard, partition, part, json_lines_otherwise=True
    )
    if resume and (wanted.goes_to_standard_output or is_device(wanted.path)):
        raise click.UsageError("--resume needs a file to go on with: -o FILE.")
    refuse_overwriting(input_paths, files_of(wanted, choices))
    load_reader(model)
    from nlp.running.extraction import Extraction  # loaded with the reader, not before it

    named = [*paths, *listed.origins]
    text_files = places_below(text, listed.inputs, named, ".txt") if text else {}
    work = Extraction(model, lines, text_files, decisions, own, ocr=ocr).sealed()
    how = Wanted(wanted, choices, resume, needs_review, max_failures, progress)
    return Batch(listed, work, results, how).run()


COMMANDS = (extract,)


def _refuse_without_engine(ocr: Ocr) -> None:
    """Refuse to recognise every page where nothing is installed that does."""
    if ocr != "always":
        return
    from nlp.reading.scan.engine import name

    if not name():
        raise click.UsageError("--ocr always needs the extra: pip install 'nianbao[ocr]'.")


def _explain(inputs: Sequence[Input], id: str, model: Path | None, ocr: Ocr) -> Exit:
    """Print how the table, row or cell with an id was read in each input."""
    from nlp.checking.explain import UnknownCell, explain
    from nlp.reading import reader
    from nlp.reading.document import Unreadable
    from nlp.running.extraction import loaded

    load_reader(model)
    failed = 0
    for input in inputs:
        try:
            findings = loaded(model).findings(reader.read(input, ocr))
            click.echo(f"{input.path}\n{explain(findings.assembly, id, result_in_language)}")
        except Unreadable as reason:
            say(f"{input.path}: {why(reason.code, reason.message)}")
            failed += 1
        except UnknownCell as reason:
            say(f"{input.path}: {reason}")
            failed += 1
    return Exit.SOME_FAILED if failed else Exit.DONE


def _results_of(engine: str | None, jobs: int, text: Path | None) -> Working:
    """Return the function that does the work: by processes of this machine or by a cluster."""
    from nlp.running.cluster.engines import working
    from nlp.running.cluster.refusals import BadEngine

    if engine and text:
        raise click.UsageError("--text writes where a file is read: run that without --engine.")
    with ending(BadEngine, Exit.USAGE):
        return working(engine, jobs, say)
