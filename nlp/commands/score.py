"""The commands that tell how good records are: `nianbao score`, `stress`, and `gold` export, import."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from nlp.commands.exits import Exit, ending
from nlp.commands.output import tell

T = TypeVar("T")
_FOLDER = click.Path(file_okay=False, path_type=Path)
_json = click.option("--json", "json_file", metavar="FILE", help="Write every figure here, for programs.")
_markdown = click.option("--markdown", metavar="FILE", help="Write the figures here, for a pull request.")
_texts = click.option(
    "--texts", type=_FOLDER, metavar="DIR", help="The decoded texts that extract --text wrote."
)


@click.command()
@click.argument("gold")
@click.argument("predicted")
@click.option("--against", metavar="BEFORE", help="Tell what was gained and lost against this earlier run.")
@_json
@click.option("--html", metavar="FILE", help="Write a page here: charts, and every wrong cell with its line.")
@_markdown
@_texts
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
    from training.labels.label_files import LabelError
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


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD…")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this noise (how its name starts).")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same pages.")
@_json
@click.option("--html", metavar="FILE", help="Write a page here, with a chart.")
@_markdown
@click.option("--pages", type=_FOLDER, metavar="DIR", help="Write the rendered pages, too.")
@click.option(
    "--jobs", type=click.IntRange(min=0), default=1, metavar="N", help="Processes; 0 is one a processor."
)
@click.option("--model", type=_FOLDER, metavar="DIR", help="Use this model.")
def stress(
    gold: tuple[str, ...],
    kinds: tuple[str, ...],
    seed: int,
    json_file: str | None,
    html: str | None,
    markdown: str | None,
    pages: Path | None,
    jobs: int,
    model: Path | None,
) -> Exit:
    """Try the reader on noise.

    Gold records are written as pages again, in every kind of noise at three strengths; what is read from
    them is scored. That is some hundreds of pages a record: try one first.
    """
    from nlp.writers.output import Unwritable, keep
    from training.scoring.matching import Unscorable
    from training.stress.noisy_pages import STRENGTHS
    from training.stress.stress import BadKind, Kinds, chosen, gathered, manuscripts
    from training.stress.stress import pages as rendered
    from training.stress.stress import stress as stressed
    from training.stress.stress_report import StressRun

    with ending(BadKind, Exit.USAGE), ending(Unscorable, Exit.USAGE):
        work, wanted = Kinds(manuscripts(gold), STRENGTHS, seed, model), chosen(kinds)
    _load(model)
    if pages:
        with ending(Unwritable, Exit.UNWRITABLE):
            for page in rendered(work, wanted):
                keep(pages / f"{page.name}.txt", page.text.encode("utf-8"))
    with _progress(stressed(work, wanted, jobs), len(wanted)) as done:
        run = StressRun(gathered(work, wanted, done))
    _told_as({json_file: run.json, html: run.html, markdown: run.markdown}, run.text)
    return Exit.DONE


@click.group()
def gold() -> None:
    """Make gold records.

    A record becomes a workbook that a person corrects, and then a gold record.
    """


@gold.command(name="export")
@click.argument("records", nargs=-1, required=True, metavar="RECORDS…")
@click.option("-o", "--output", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@_texts
@click.option("--overwrite", is_flag=True, help="Write over workbooks that are there.")
def export_gold(records: tuple[str, ...], output: Path, texts: Path | None, overwrite: bool) -> Exit:
    """Write records as workbooks to correct.

    Each gets one (.xlsx): a sheet for each table in the look of the official form, the evidence beside
    each value. Needs the extra nianbao[gold].
    """
    from nlp.writers.output import Unwritable
    from training.gold.workbooks import NotInstalled, export
    from training.scoring.matching import Unscorable

    if output.suffix == ".xlsx" and not output.is_dir():
        raise click.UsageError(f"-o names a folder, which gets a workbook a record; {output} is none.")
    refused = ending(Unwritable, Exit.UNWRITABLE)
    with ending(NotInstalled, Exit.USAGE), ending(Unscorable, Exit.USAGE), refused:
        written = export(records, output, texts, overwrite)
    _mention(written.failed, "records of documents that could not be read, left out")
    _mention(written.kept, "workbooks are there already and stay as they are; --overwrite replaces them")
    click.echo(f"{len(written.done)} written.", err=True)
    return Exit.UNWRITABLE if written.kept else Exit.SOME_FAILED if written.failed else Exit.DONE


@gold.command(name="import")
@click.argument("workbooks", nargs=-1, required=True, metavar="XLSX…")
@click.option("-o", "--output", metavar="FILE", help="Write the records here.  [default: standard output]")
def import_gold(workbooks: tuple[str, ...], output: str | None) -> Exit:
    """Read corrected workbooks as gold records.

    Each is a file or a folder of them. The records are JSON Lines; where a cell of any workbook is amiss,
    all such are named and nothing is written.
    """
    from training.gold.workbooks import NoGold, NotInstalled, imported

    with ending(NotInstalled, Exit.USAGE), ending(NoGold, Exit.REFUSED):
        records = imported(workbooks)
    _write(output, records)
    return Exit.DONE


COMMANDS = (score, stress, gold)


def _told_as(files: Mapping[str | None, Callable[[], str]], text: Callable[[], str]) -> None:
    """Write each file that was asked for; the text goes to standard output unless one of them does."""
    for path, told in files.items():
        if path:
            _write(path, told().encode("utf-8"))
    if "-" not in files:
        tell(text())


def _write(path: str | None, content: bytes) -> None:
    from nlp.writers.output import Unwritable, output

    with ending(Unwritable, Exit.UNWRITABLE), output(path) as file:
        file.write(content)


def _load(model: Path | None) -> None:
    """Refuse a model before anything is read or written."""
    from nlp.labelling.model_folder import ModelError
    from nlp.running.extraction import loaded

    with ending(ModelError, Exit.REFUSED):
        loaded(model)


@contextmanager
def _progress(done: Iterable[T], total: int) -> Iterator[Iterable[T]]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield done
        return
    with click.progressbar(done, length=total, file=sys.stderr) as bar:
        yield bar


def _reached(missed: Sequence[str]) -> Exit:
    for words in missed:
        click.echo(words, err=True)
    return Exit.SOME_FAILED if missed else Exit.DONE


def _mention(names: Sequence[str], what: str) -> None:
    """Tell on stderr of what was found, the first few by name."""
    if names:
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        click.echo(f"{len(names)} {what}: {shown}", err=True)
