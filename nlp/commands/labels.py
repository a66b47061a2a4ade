"""The commands of `nianbao labels` beside `draft`: check, suspects, delta, next, import, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.output import tell

if TYPE_CHECKING:
    from nlp.labelling.classifier import LineClassifier
    from training.labels.label_files import Labelled

_PATH = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_files = click.argument("labelled", nargs=-1, required=True, type=_PATH, metavar="LABELLED…")
_model = click.option("--model", type=_FOLDER, metavar="DIR", help="Use this model.")
_format = click.Choice(["label-studio", "doccano", "prodigy", "conll"])


@click.command()
@_files
@click.option("--held-out", multiple=True, type=_PATH, metavar="PATH", help="Files that nobody trains on.")
@click.option("--texts", multiple=True, metavar="PATH", help="The documents that the files were made from.")
def check(labelled: tuple[Path, ...], held_out: tuple[Path, ...], texts: tuple[str, ...]) -> Exit:
    """Tell everything that is wrong with label files.

    Unknown labels, lines that were altered, added or lost (with --texts), the same line between the same
    lines under different labels, files that are both trained on and held out (those of --held-out, and
    those in folders named held_out). Exit code 3 where anything is.
    """
    from training.labels import checking

    documents, problems = checking.check(labelled, held_out, texts)
    if problems:
        raise Stop(
            "\n".join(
                [*map(str, problems), f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}."]
            ),
            Exit.REFUSED,
        )
    click.echo(f"{len(documents)} label files, nothing wrong.", err=True)
    return Exit.DONE


@click.command()
@_files
@click.option("-n", "--count", type=click.IntRange(min=1), default=50, show_default=True, help="At most.")
@click.option("--corpus", "generated", type=click.IntRange(min=0), default=200, show_default=True,
              metavar="N", help="Train on N generated reports, too.")  # fmt: skip
def suspects(labelled: tuple[Path, ...], count: int, generated: int) -> Exit:
    """List the rows whose label is most likely wrong.

    Models that were trained without a file's agency contradict them. One a line: file:row, its label, the
    label expected, the probability of each, the line; parted by tabs, the most suspect first.
    """
    from training.annotation.suspects import suspects as found
    from training.model.train import SETTINGS, corpus

    documents = _read(labelled)
    every = found(documents, list(corpus(SETTINGS.seed, generated)))
    rows = (
        f"{one.file}:{one.row}\t{one.label}\t{one.expected}\t{one.probability:.4f}\t"
        f"{one.expected_probability:.4f}\t{one.line}\n"
        for one in every[:count]
    )
    tell("".join(rows))
    click.echo(f"{len(every)} rows are contradicted in {len(documents)} files.", err=True)
    return Exit.DONE


@click.command()
@_files
@click.option("-o", "--output", type=_FOLDER, metavar="DIR", help="Write the model's label files here.")
@_model
def delta(labelled: tuple[Path, ...], output: Path | None, model: Path | None) -> Exit:
    """Show where the model and label files disagree.

    One row a line: file:row, the file's label, the model's, how sure it is, the line; parted by tabs. With
    -o, each such file is written as the model labels it: compare, correct, and keep the better one.
    """
    from nlp.writers.output import Unwritable, keep
    from training.annotation import delta as module
    from training.labels.label_files import rows

    documents = _read(labelled)
    found = list(module.delta(documents, _classifier(model)))
    if output:
        with ending(Unwritable, Exit.UNWRITABLE):
            for one in found:
                keep(
                    output / _below(one.document, labelled),
                    rows(one.document.text, one.labels).encode("utf-8"),
                )
    told = (
        f"{row.file}:{row.row}\t{row.label}\t{row.model}\t{row.confidence:.4f}\t{row.line}\n"
        for one in found
        for row in one.rows
    )
    tell("".join(told))
    click.echo(f"{sum(len(one.rows) for one in found)} rows differ in {len(found)} files.", err=True)
    return Exit.DONE


@click.command(name="next")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--labelled", multiple=True, type=_PATH, metavar="LABELLED", help="Label files there are.")
@click.option(
    "-n", "--count", type=click.IntRange(min=1), default=5, show_default=True, help="Files, at most."
)
@click.option("--lines", type=click.IntRange(min=0), default=5, show_default=True, help="Lines of each.")
@_model
def next_(
    paths: tuple[str, ...], labelled: tuple[Path, ...], count: int, lines: int, model: Path | None
) -> Exit:
    """Choose the documents to label next.

    The most is learnt from files whose lines the model is unsure of and that nobody labelled the like of:
    neither in --labelled nor in a file that stands before. What is told is the file and its worth, then of
    some lines their number, how unsure the model is, how unlike the labelled ones they are, and the text.
    """
    from nlp.reading import reader
    from nlp.reading.document import Unreadable
    from nlp.reading.inputs import find
    from training.annotation.choosing import Text, choices

    classifier, known = _classifier(model), _read(labelled) if labelled else []
    texts, failed = [], 0
    for input in find(paths):
        try:
            texts.append(Text(input.path, reader.read(input).text))
        except Unreadable as reason:
            click.echo(reason.message, err=True)
            failed += 1
    for choice in choices(texts, classifier, known)[:count]:
        rows = (
            f"\t{line.row}\t{line.doubt:.3f}\t{line.novelty:.2f}\t{line.line}\n"
            for line in choice.lines[:lines]
        )
        tell(f"{choice.path}\t{choice.worth:.3f}\n{''.join(rows)}")
    return Exit.SOME_FAILED if failed else Exit.DONE


@click.command(name="export")
@_files
@click.option("--to", "format", type=_format, required=True, help="The tool.")
@click.option("-o", "--output", metavar="FILE", help="Write here.  [default: standard output]")
def export_labels(labelled: tuple[Path, ...], format: str, output: str | None) -> Exit:
    """Write label files as another tool reads them.

    What `labels import` makes of it again is the same, byte for byte.
    """
    from nlp.writers.output import Unwritable
    from nlp.writers.output import output as opened
    from training.labels.exchange import exported

    content = exported(_read(labelled), format, [path for path in labelled if path.is_dir()])
    with ending(Unwritable, Exit.UNWRITABLE), opened(output) as file:
        file.write(content)
    return Exit.DONE


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE…")
@click.option("--from", "format", type=_format, required=True, help="The tool.")
@click.option("-o", "--output", type=_FOLDER, required=True, metavar="DIR", help="Where to.")
@click.option("--overwrite", is_flag=True, help="Write over label files that say something else.")
def import_labels(files: tuple[Path, ...], format: str, output: Path, overwrite: bool) -> Exit:
    """Read another tool's file into label files.

    Where a line has no label or one that is unknown, all such are told and nothing is written.
    """
    from nlp.writers.output import Unwritable, keep
    from training.labels.exchange import imported
    from training.labels.label_files import ENDING, LabelError, rows

    with ending(LabelError, Exit.REFUSED):
        found = [one for file in files for one in imported(_bytes(file), format, str(file))]
    contents = {
        (output / one.file).with_suffix(ENDING): rows(one.text, one.labels).encode("utf-8") for one in found
    }
    if len(contents) < len(found):
        raise Stop("Several texts have one name: their label files would be one.", Exit.REFUSED)
    kept = [] if overwrite else [path for path, content in contents.items() if _other(path, content)]
    with ending(Unwritable, Exit.UNWRITABLE):
        for path, content in contents.items():
            if path not in kept:
                keep(path, content)
    for path in kept:
        click.echo(f"{path}: says something else and stays as it is; --overwrite replaces it.", err=True)
    click.echo(f"{len(contents) - len(kept)} label files written.", err=True)
    return Exit.UNWRITABLE if kept else Exit.DONE


COMMANDS = (check, suspects, delta, next_, export_labels, import_labels)


def _read(paths: Iterable[Path]) -> list[Labelled]:
    from training.labels.label_files import LabelError, read

    with ending(LabelError, Exit.REFUSED):
        return read(paths)


def _classifier(model: Path | None) -> LineClassifier:
    from nlp.labelling.classifier import LineClassifier
    from nlp.labelling.model_folder import ModelError
    from nlp.resources import folder

    with ending(ModelError, Exit.REFUSED):
        return LineClassifier.load(model or folder("models") / "lines")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"{file}: cannot be read ({error.strerror}).", Exit.REFUSED) from error


def _other(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() != content


def _below(document: Labelled, named: Iterable[Path]) -> Path:
    """Return where a file lies below the folder that the user named."""
    folders = [path for path in named if path in Path(document.file).parents]
    return Path(document.file).relative_to(folders[-1]) if folders else Path(document.name)
