"""The command line: arguments in, exit code out; what a command needs is imported when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TypeVar

import click

from nlp.exits import Exit, ending, run

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from nlp.report import Failure

T = TypeVar("T")
_FOLDER = click.Path(file_okay=False, path_type=Path)
_COUNT = click.IntRange(min=0)
_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_jobs = click.option("--jobs", type=_COUNT, default=1, metavar="N", help="Processes; 0 is one a processor.")
_model = click.option("--model", type=_FOLDER, metavar="DIR", help="Use this model.")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line, that of the process where none is given, and exit."""
    run(commands, arguments)


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Tell the version and end."""
    from importlib.metadata import PackageNotFoundError, version

    if wanted:
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
@click.option("-o", "--output", metavar="FILE", help="Write the records here.  [default: standard output]")
@click.option("--lines", is_flag=True, help="Add the label of every line that is not blank.")
@click.option("--text", type=_FOLDER, metavar="DIR", help="Write the decoded texts, too.")
@_jobs
@_model
def extract(
    paths: tuple[str, ...], output: str | None, lines: bool, text: Path | None, jobs: int, model: Path | None
) -> Exit:
    """Read documents into records.

    Each PATH is a file, a folder or standard input (-). The records are JSON Lines, one a document, in
    the order of the names.
    """
    from nlp.batch import results
    from nlp.extraction import Extraction

    inputs = _inputs(paths)
    _never_over_an_input(output, inputs)
    work = Extraction(model, lines, _places(inputs, paths, text, ".txt") if text else {})
    _load(model)
    failed = to_review = 0
    with _output(output) as file, _progress(results(work, inputs, jobs), len(inputs), output) as records:
        for record in records:
            file.write(record.line)
            failed += _told(record.path, record.failure)
            to_review += record.needs_review
    click.echo(f"{len(inputs) - failed} read, {to_review} of them to be reviewed; {failed} failed.", err=True)
    return Exit.SOME_FAILED if failed else Exit.DONE


@commands.command()
@click.argument("labelled", nargs=-1, metavar="LABELLED…")
@click.option("--out", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same files.")
@click.option("--corpus/--no-corpus", default=True, help="Train on generated reports, too.  [default: do]")
def train(labelled: tuple[str, ...], out: Path, seed: int, corpus: bool) -> Exit:
    """Train a model on label files.

    Each is a file or a folder of them. What is printed was measured on agencies held out.
    """
    from msgspec.structs import replace

    from training.labelled import LabelError
    from training.scoring.measured import measured
    from training.train import DOCUMENTS, SETTINGS, train_into

    if not labelled and not corpus:
        raise click.UsageError("There is nothing to train on: name label files, or leave --no-corpus out.")
    files = [Path(path) for path in labelled]
    settings = replace(SETTINGS, seed=seed)
    with ending(LabelError, Exit.REFUSED):
        training = train_into(out, files, documents=DOCUMENTS if corpus else 0, settings=settings)
    with _output(None) as file:
        file.write(measured(training.classifier.manifest.scores, training.how).encode("utf-8"))
    return Exit.DONE


@commands.command()
@click.argument("gold")
@click.argument("predicted")
@click.option("--against", metavar="BEFORE", help="Tell what was gained and lost against this earlier run.")
@click.option("--json", "json_file", metavar="FILE", help="Write every figure here, for programs.")
@click.option("--html", metavar="FILE", help="Write a page here: charts, and every wrong cell with its line.")
@click.option("--markdown", metavar="FILE", help="Write the figures here, for a pull request.")
@click.option("--texts", type=_FOLDER, metavar="DIR", help="The decoded texts, where extract --text wrote any.")
@click.option("--fail-under", multiple=True, metavar="METRIC=VALUE", help="Exit 1 where a figure is lower.")
def score(
    gold: str,
    predicted: str,
    against: str | None,
    json_file: str | None,
    html: str | None,
    markdown: str | None,
    texts: Path | None,
    fail_under: tuple[str, ...],
) -> Exit:
    """Compare predictions with gold.

    Both are records (files, folders, JSON Lines, standard input as -) or both label files. They meet by
    source name, whatever its ending.
    """
    from training.labelled import LabelError
    from training.scoring.matching import Unscorable
    from training.scoring.run import run as scored
    from training.scoring.thresholds import BadThreshold, missed, thresholds

    if [gold, predicted, against].count("-") > 1:
        raise click.UsageError("Standard input can be one of GOLD, PREDICTED and BEFORE only.")
    with ending(BadThreshold, Exit.USAGE):
        wanted = thresholds(fail_under)
    with ending(Unscorable, Exit.USAGE), ending(LabelError, Exit.REFUSED):
        run = scored(gold, predicted, against, texts)
    _mention(run.scores.without_prediction, "gold without prediction, scored as not answered")
    _mention(run.scores.without_gold, "predicted without gold, not scored")
    _told_as({json_file: run.json, html: run.html, markdown: run.markdown}, run.text)
    return _reached(missed(run.scores, wanted))


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
    from nlp.batch import results
    from nlp.writers.output import Unwritable
    from training.label_drafts import Drafting

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
    from nlp.extraction import loaded
    from nlp.model_folder import ModelError

    with ending(ModelError, Exit.REFUSED):
        loaded(model)


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    from nlp.writers.output import Unwritable, output

    with ending(Unwritable, Exit.UNWRITABLE), output(path) as file:
        yield file


@contextmanager
def _progress(done: Iterable[T], total: int, output: str | None) -> Iterator[Iterable[T]]:
    """Show a bar on a terminal, unless the records go to it."""
    records_are_seen = output in (None, "-") and sys.stdout is not None and sys.stdout.isatty()
    if total < 2 or records_are_seen or not sys.stderr.isatty():
        yield done
        return
    with click.progressbar(done, length=total, file=sys.stderr) as bar:
        yield bar


def _told_as(files: Mapping[str | None, Callable[[], str]], text: Callable[[], str]) -> None:
    """Write each file that was asked for; the text goes to standard output unless one of them does."""
    for path, told in files.items():
        if path:
            with _output(path) as file:
                file.write(told().encode("utf-8"))
    if "-" not in files:
        with _output(None) as file:
            file.write(text().encode("utf-8"))


def _reached(missed: Sequence[str]) -> Exit:
    for words in missed:
        click.echo(words, err=True)
    return Exit.SOME_FAILED if missed else Exit.DONE


def _told(path: str, failure: Failure | None) -> bool:
    """Say on stderr why an input failed, if it did."""
    if failure:
        click.echo(f"{path}: {failure.message.removeprefix(path).lstrip(': ')}", err=True)
    return failure is not None


def _mention(names: Sequence[str], what: str) -> None:
    """Tell on stderr of what was found, the first few by name."""
    if names:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        click.echo(f"{len(names)} {what}: {shown}", err=True)
