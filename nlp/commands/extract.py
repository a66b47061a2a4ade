"""The command that reads documents into records: `nianbao extract`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.destinations import destination, files_of, record_sink
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import documents, places_below, read_agencies, read_decisions, refuse_overwriting
from nlp.commands.loading import load_reader
from nlp.commands.output import opened, tell_failure
from nlp.commands.progress import progress_with_failures

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from nlp.running.cluster.engines import Working
    from nlp.writers.exporting import Sink
    from nlp.writers.formats import Choices, Destination
    from nlp.writers.resuming import Kept


@click.command()
@options.paths
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.  [default: stdout]")
@options.table_options
@click.option("--lines", is_flag=True, help="Add the label of every line that is not blank.")
@click.option("--text", type=options.FOLDER, metavar="DIR", help="Write the decoded texts, too.")
@click.option("--resume", is_flag=True, help="Go on with FILE where an interrupted run stopped.")
@options.corrections
@options.own_agencies
@click.option("--needs-review", is_flag=True, help="Write only what a person should look at, and failures.")
@click.option("--explain", metavar="ID", help="Tell instead how a table, row or cell was read.")
@click.option("--engine", metavar="NAME", help="Work on a cluster: dask=ADDRESS, ray or ray=ADDRESS.")
@options.jobs
@options.absolute_model
def extract(
    paths: tuple[str, ...],
    output: str | None,
    to: str | None,
    tables: tuple[str, ...],
    headers: str,
    guard: bool,
    lines: bool,
    text: Path | None,
    resume: bool,
    corrections: str | None,
    agencies: str | None,
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
    from nlp.running.cluster.refusals import BadCluster

    inputs = documents(paths)
    if explain:
        return _explain(inputs, explain, model)
    input_paths = [input.path for input in inputs]
    if output and output != "-":
        refuse_overwriting([*input_paths, *filter(None, (corrections, agencies))], [output])
    if needs_review and resume:
        raise click.UsageError("--resume counts on a record for each input: run --needs-review without it.")
    results = _results_of(engine, jobs, text)
    decisions = read_decisions(corrections) if corrections else {}
    own = read_agencies(agencies)
    wanted, choices = destination(output, to, tables, headers, guard, json_lines_otherwise=True)
    refuse_overwriting(input_paths, files_of(wanted, choices))
    load_reader(model)
    from nlp.running.extraction import Extraction  # loaded with the reader, not before it

    text_files = places_below(text, inputs, paths, ".txt") if text else {}
    work = Extraction(model, lines, text_files, decisions, own)
    with _record_file(wanted, choices, inputs, work.settings, resume) as (file, kept):
        failed, to_review = kept.failed, kept.to_review
        remaining = inputs[kept.records :]
        extracted = results(work, remaining)
        with (
            ending(BadCluster, Exit.REFUSED),
            progress_with_failures(extracted, len(remaining), output) as records,
        ):
            for record in records:
                if record.failure or record.needs_review or not needs_review:
                    file.write(record.line)
                if record.failure:
                    tell_failure(record.path, record.failure)
                    failed += 1
                to_review += record.needs_review
    click.echo(f"{len(inputs) - failed} read, {to_review} of them to be reviewed; {failed} failed.", err=True)
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (extract,)


def _explain(inputs: Sequence[Input], id: str, model: Path | None) -> Exit:
    """Print how the table, row or cell with an id was read in each input."""
    from nlp.checking.explain import UnknownCell, explain
    from nlp.reading import reader
    from nlp.reading.document import Unreadable
    from nlp.running.extraction import loaded

    load_reader(model)
    failed = 0
    for input in inputs:
        try:
            findings = loaded(model).findings(reader.read(input))
            click.echo(f"{input.path}\n{explain(findings.assembly, id)}")
        except (Unreadable, UnknownCell) as reason:
            click.echo(f"{input.path}: {reason}", err=True)
            failed += 1
    return Exit.SOME_FAILED if failed else Exit.DONE


def _results_of(engine: str | None, jobs: int, text: Path | None) -> Working:
    """Return the function that does the work: by processes of this machine or by a cluster."""
    from nlp.running.cluster.engines import working
    from nlp.running.cluster.refusals import BadEngine

    if engine and text:
        raise click.UsageError("--text writes where a file is read: run that without --engine.")
    with ending(BadEngine, Exit.USAGE):
        return working(engine, jobs, lambda words: click.echo(words, err=True))


@contextmanager
def _record_file(
    to: Destination, choices: Choices, inputs: Sequence[Input], settings: Callable[[], bytes], resume: bool
) -> Iterator[tuple[Sink, Kept]]:
    """Yield what takes the records, and how many an interrupted run left there.

    Only a file of plain JSON Lines can be resumed; `settings` gives all that its records depend on beside
    the inputs.
    """
    from nlp.writers.output import part_of
    from nlp.writers.resuming import Kept

    if not to.is_plain_lines:
        if resume:
            raise click.UsageError(f"--resume goes on with plain JSON Lines only, not with {to.path}.")
        with record_sink(to, choices) as sink:
            yield sink, Kept()
        return
    part = None if to.goes_to_standard_output else part_of(to.path)
    if part is None:  # standard output or a device
        if resume:
            raise click.UsageError("--resume needs a file to go on with: -o FILE.")
        with opened(to.path) as file:
            yield file, Kept()
        return
    with _resumable_file(to.path, part, inputs, settings, resume) as file_and_kept:
        yield file_and_kept


@contextmanager
def _resumable_file(
    path: str, part: Path, inputs: Sequence[Input], settings: Callable[[], bytes], resume: bool
) -> Iterator[tuple[Sink, Kept]]:
    """Yield a file of JSON Lines that can be resumed; `part` is the unfinished file of an earlier run."""
    from nlp.writers.output import Unwritable, output
    from nlp.writers.resuming import begin, forget, take_up

    try:
        with ending(Unwritable, Exit.UNWRITABLE), output(path, keep=True) as file:
            kept = take_up(file, part, inputs, settings()) if resume else begin(file, part, settings())
            if kept.records:
                click.echo(f"{kept.records} records are there already.", err=True)
            yield file, kept
    finally:
        forget(part)
