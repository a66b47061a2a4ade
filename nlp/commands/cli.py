"""The command line: arguments in, exit code out; what a command needs is imported when it runs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TypeVar

import click

from nlp.commands import check as check_commands
from nlp.commands import export as export_commands
from nlp.commands import labels as label_commands
from nlp.commands import models as model_commands
from nlp.commands import score as score_commands
from nlp.commands.exits import Exit, ending, run

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from nlp.record.model import Failure
    from nlp.running.cluster.engines import Working
    from nlp.writers.exporting import Sink
    from nlp.writers.formats import Choices, Destination
    from nlp.writers.resuming import Kept

T = TypeVar("T")
_FOLDER = click.Path(file_okay=False, path_type=Path)
_COUNT = click.IntRange(min=0)
_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_jobs = click.option("--jobs", type=_COUNT, default=1, metavar="N", help="Processes; 0 is one a processor.")
_THERE = click.Path(file_okay=False, path_type=Path, resolve_path=True)
_model = click.option("--model", type=_THERE, metavar="DIR", help="Use this model.")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line, that of the process where none is given, and exit.

    Nothing here multiplies large matrices: threads for that cost each process 0.05 s at its start.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    run(commands, arguments)


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Tell the version and end."""
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"nianbao {version('nianbao')}")
        except PackageNotFoundError:
            click.echo("nianbao (not installed)")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def commands() -> None:
    """Read government information disclosure reports (政府信息公开工作年度报告) into checked records."""


@commands.command()
@_paths
@click.option("-o", "--output", metavar="FILE", help="Write here, as its ending says.  [default: stdout]")
@export_commands.export_options
@click.option("--lines", is_flag=True, help="Add the label of every line that is not blank.")
@click.option("--text", type=_FOLDER, metavar="DIR", help="Write the decoded texts, too.")
@click.option("--resume", is_flag=True, help="Go on with FILE where an interrupted run stopped.")
@click.option("--explain", metavar="ID", help="Tell instead how a table, row or cell was read.")
@click.option("--engine", metavar="NAME", help="Work on a cluster: dask=ADDRESS, ray or ray=ADDRESS.")
@_jobs
@_model
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

    inputs = _inputs(paths)
    if explain:
        return _explained(inputs, explain, model)
    _never_over_an_input(output, inputs)
    results = _working(engine, jobs, text)
    wanted, choices = export_commands.destination(output, to, tables, headers, guard, True)
    export_commands.never_over_an_input(wanted, choices, (input.path for input in inputs))
    _load(model)
    from nlp.running.extraction import Extraction

    work = Extraction(model, lines, _places(inputs, paths, text, ".txt") if text else {})
    with _records(wanted, choices, inputs, work.settings, resume) as (file, kept):
        failed, to_review, left = kept.failed, kept.to_review, inputs[kept.records :]
        done = results(work, left)
        with ending(BadCluster, Exit.REFUSED), _progress(done, len(left), output) as records:
            for record in records:
                file.write(record.line)
                failed += _told(record.path, record.failure)
                to_review += record.needs_review
    click.echo(f"{len(inputs) - failed} read, {to_review} of them to be reviewed; {failed} failed.", err=True)
    return Exit.SOME_FAILED if failed else Exit.DONE


def _working(engine: str | None, jobs: int, text: Path | None) -> Working:
    """Return what does the work: processes of this machine or a cluster."""
    from nlp.running.cluster.engines import working
    from nlp.running.cluster.refusals import BadEngine

    if engine and text:
        raise click.UsageError("--text writes where a file is read: run that without --engine.")
    with ending(BadEngine, Exit.USAGE):
        return working(engine, jobs, lambda words: click.echo(words, err=True))


def _explained(inputs: Sequence[Input], id: str, model: Path | None) -> Exit:
    """Tell how each input's table, row or cell was read."""
    from nlp.checking.explain import UnknownCell, explain
    from nlp.reading import reader
    from nlp.reading.document import Unreadable
    from nlp.running.extraction import loaded

    _load(model)
    failed = 0
    for input in inputs:
        try:
            found = loaded(model).findings(reader.read(input))
            click.echo(f"{input.path}\n{explain(found.assembly, id)}")
        except (Unreadable, UnknownCell) as reason:
            click.echo(f"{input.path}: {reason}", err=True)
            failed += 1
    return Exit.SOME_FAILED if failed else Exit.DONE


@commands.command()
@click.argument("labelled", nargs=-1, metavar="LABELLED…")
@click.option("--out", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same files.")
@click.option("--corpus/--no-corpus", default=True, help="Train on generated reports, too.  [default: do]")
@click.option("--report", is_flag=True, help="Measure how much more labels and each part add, too (minutes).")
def train(labelled: tuple[str, ...], out: Path, seed: int, corpus: bool, report: bool) -> Exit:
    """Train a model on label files.

    Each is a file or a folder of them. What is printed was measured on agencies held out; the model's card
    tells all of it.
    """
    from msgspec.structs import replace

    from training.labels.label_files import LabelError
    from training.model.measurements import tables
    from training.model.releasing import train_into
    from training.model.train import DOCUMENTS, SETTINGS
    from training.scoring.measured import measured

    if not labelled and not corpus:
        raise click.UsageError("There is nothing to train on: name label files, or leave --no-corpus out.")
    files = [Path(path) for path in labelled]
    settings, n = replace(SETTINGS, seed=seed), DOCUMENTS if corpus else 0
    with ending(LabelError, Exit.REFUSED), _steps() as told:
        training, found = train_into(out, files, documents=n, settings=settings, thorough=report, notify=told)
    with _output(None) as file:
        said = measured(training.classifier.manifest.scores, training.how)
        file.write(f"{said}\n{tables(found)}".encode())
    return Exit.DONE


@contextmanager
def _steps() -> Iterator[Callable[[str], None]]:
    """Yield what tells on a terminal which step began, and when."""
    start = time.monotonic()

    def told(step: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{time.monotonic() - start:4.0f} s  {step}", err=True, nl=False)

    yield told
    told("done\n")


@commands.group()
def labels() -> None:
    """Work on label files.

    They hold one row a line of a text: its label, a tab, the line.
    """


@labels.command()
@_paths
@click.option("-o", "--output", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@click.option("--overwrite", is_flag=True, help="Write over label files that say something else.")
@_model
def draft(paths: tuple[str, ...], output: Path, overwrite: bool, model: Path | None) -> Exit:
    """Draft label files to correct.

    Each input gets one, filled in by the model.
    """
    from nlp.running.batch import results
    from nlp.writers.output import Unwritable
    from training.annotation.drafts import Drafting

    inputs = _inputs(paths)
    work = Drafting(_places(inputs, paths, output, ".tsv"), model, overwrite)
    _load(model)
    with ending(Unwritable, Exit.UNWRITABLE), _progress(results(work, inputs), len(inputs), "") as drafts:
        drafted = list(drafts)
    failed = sum(_told(one.path, one.failure) for one in drafted)
    kept = [str(one.file) for one in drafted if one.kept]
    _mention(kept, "label files that say something else stay as they are; --overwrite replaces them")
    click.echo(f"{len(inputs) - failed - len(kept)} drafted, {len(kept)} kept, {failed} failed.", err=True)
    return Exit.UNWRITABLE if kept else Exit.SOME_FAILED if failed else Exit.DONE


for command in label_commands.COMMANDS:
    labels.add_command(command)
for room in (check_commands, export_commands, model_commands, score_commands):
    for command in room.COMMANDS:
        commands.add_command(command)


def _inputs(paths: Iterable[str]) -> list[Input]:
    from nlp.reading.inputs import find

    inputs = find(paths)
    if not inputs:
        raise click.UsageError(f"There is no file to read in {', '.join(paths)}.")
    return inputs


def _never_over_an_input(output: str | None, inputs: Iterable[Input]) -> None:
    if output and output != "-":
        target = os.path.realpath(output)
        if any(os.path.realpath(input.path) == target for input in inputs):
            raise click.UsageError(f"{output} is among the inputs: write the records elsewhere.")


def _places(inputs: Iterable[Input], paths: Sequence[str], folder: Path, ending_: str) -> dict[Input, Path]:
    from nlp.writers.places import Clash, places

    with ending(Clash, Exit.USAGE):
        return {input: folder / place for input, place in places(inputs, paths, ending_).items()}


def _load(model: Path | None) -> None:
    """Refuse a model before anything is read or written."""
    from nlp.running.startup import starting

    with starting():
        from nlp.labelling.model_folder import ModelError
        from nlp.running.extraction import loaded

        with ending(ModelError, Exit.REFUSED):
            loaded(model)


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    from nlp.writers.output import Unwritable, output

    with ending(Unwritable, Exit.UNWRITABLE), output(path) as file:
        yield file


@contextmanager
def _records(
    to: Destination, choices: Choices, inputs: Sequence[Input], settings: Callable[[], bytes], resume: bool
) -> Iterator[tuple[Sink, Kept]]:
    """Open what takes the records; a file of JSON Lines that another run began is kept or begun anew."""
    from nlp.writers.output import Unwritable, output, part_of
    from nlp.writers.resuming import Kept, begin, forget, take_up

    if not to.is_plain_lines:
        if resume:
            raise click.UsageError(f"--resume goes on with plain JSON Lines only, not with {to.path}.")
        with export_commands.written(to, choices) as sink:
            yield sink, Kept()
        return
    path, part = to.path, None if to.goes_to_standard_output else part_of(to.path)
    if part is None:
        if resume:
            raise click.UsageError("--resume needs a file to go on with: -o FILE.")
        with _output(path) as file:
            yield file, Kept()
        return
    try:
        with ending(Unwritable, Exit.UNWRITABLE), output(path, keep=True) as file:
            how = settings()
            kept = take_up(file, part, inputs, how) if resume else begin(file, part, how)
            if kept.records:
                click.echo(f"{kept.records} records are there already.", err=True)
            yield file, kept
    finally:
        forget(part)


@contextmanager
def _progress(done: Iterable[T], total: int, output: str | None) -> Iterator[Iterable[T]]:
    """Show a bar on a terminal, unless the records go to it: how far, how fast, how many failed."""
    records_are_seen = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    if total < 2 or records_are_seen or not sys.stderr.isatty():
        yield done
        return
    start, failed, n = time.monotonic(), 0, 0

    def state(one: T | None) -> str:
        nonlocal failed, n
        if one is not None:
            n += 1
            failed += getattr(one, "failure", None) is not None
        return f"{n / max(time.monotonic() - start, 1e-3):.0f}/s, {failed} failed"

    with click.progressbar(
        done, length=total, file=sys.stderr, item_show_func=state, show_pos=True, show_eta=True
    ) as bar:
        yield bar


def _told(path: str, failure: Failure | None) -> bool:
    """Say on stderr why an input failed, if it did."""
    if failure:
        shown = "".join(one if one.isprintable() else "?" for one in path)
        click.echo(f"{shown}: {failure.message.removeprefix(path).lstrip(': ')}", err=True)
    return failure is not None


def _mention(names: Sequence[str], what: str) -> None:
    """Tell on stderr of what was found, the first few by name."""
    if names:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        click.echo(f"{len(names)} {what}: {shown}", err=True)
