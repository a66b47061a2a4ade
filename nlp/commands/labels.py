"""The commands of `nianbao labels`: draft, check, suspects, delta, next, import, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.inputs import documents, places_below, read_label_files
from nlp.commands.language import say, why
from nlp.commands.loading import load_classifier, load_reader
from nlp.commands.output import mention, tell, tell_failure, write, write_below
from nlp.commands.progress import progress_with_failures

if TYPE_CHECKING:
    from training.labels.label_files import Labelled

_TOOL = click.Choice(["label-studio", "doccano", "prodigy", "conll"])


@click.group()
def labels() -> None:
    """Work on label files.

    They hold one row a line of a text: its label, a tab, the line.
    """


@labels.command()
@options.paths
@options.output_folder
@options.overwrite_labels
@options.absolute_model
def draft(paths: tuple[str, ...], output: Path, overwrite: bool, model: Path | None) -> Exit:
    """Draft label files to correct.

    Each input gets one, filled in by the model.
    """
    from nlp.running.batch import results
    from nlp.writers.output import Unwritable
    from training.annotation.drafts import Drafting

    inputs = documents(paths)
    work = Drafting(places_below(output, inputs, paths, ".tsv"), model, overwrite)
    load_reader(model)
    with (
        ending(Unwritable, Exit.UNWRITABLE),
        progress_with_failures(results(work, inputs), len(inputs), "") as results_shown,
    ):
        drafts = list(results_shown)
    failed = 0
    kept: list[str] = []
    for draft in drafts:
        if draft.failure:
            tell_failure(draft.path, draft.failure)
            failed += 1
        if draft.kept:
            kept.append(str(draft.file))
    mention(kept, "label files that say something else stay as they are; --overwrite replaces them")
    say(f"{len(inputs) - failed - len(kept)} drafted, {len(kept)} kept, {failed} failed.")
    if kept:
        return Exit.UNWRITABLE
    return Exit.SOME_FAILED if failed else Exit.DONE


@labels.command()
@options.label_files
@click.option(
    "--held-out", multiple=True, type=options.PATH, metavar="PATH", help="Files that nobody trains on."
)
@click.option("--texts", multiple=True, metavar="PATH", help="The documents that the files were made from.")
def check(labelled: tuple[Path, ...], held_out: tuple[Path, ...], texts: tuple[str, ...]) -> Exit:
    """Tell everything that is wrong with label files.

    Unknown labels, lines that were altered, added or lost (with --texts), the same line between the same
    lines under different labels, files that are both trained on and held out (those of --held-out, and
    those in folders named held_out). Exit code 3 where anything is.
    """
    from training.labels import checking

    files, problems = checking.check(labelled, held_out, texts)
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise Stop("\n".join([*map(str, problems), f"{count}."]), Exit.REFUSED)
    say(f"{len(files)} label files, nothing wrong.")
    return Exit.DONE


@labels.command()
@options.label_files
@click.option("-n", "--count", type=options.POSITIVE, default=50, show_default=True, help="At most.")
@click.option("--corpus", "generated", type=options.NOT_NEGATIVE, default=200, show_default=True,
              metavar="N", help="Train on N generated reports, too.")  # fmt: skip
def suspects(labelled: tuple[Path, ...], count: int, generated: int) -> Exit:
    """List the rows whose label is most likely wrong.

    Models that were trained without a file's agency contradict them. One a line: file:row, its label, the
    label expected, the probability of each, the line; parted by tabs, the most suspect first.
    """
    from training.annotation import suspects as module
    from training.model.train import SETTINGS, corpus

    files = read_label_files(labelled)
    contradicted = module.suspects(files, list(corpus(SETTINGS.seed, generated)))
    rows = [
        f"{row.file}:{row.row}\t{row.label}\t{row.expected}\t{row.probability:.4f}\t"
        f"{row.expected_probability:.4f}\t{row.line}\n"
        for row in contradicted[:count]
    ]
    tell("".join(rows))
    say(f"{len(contradicted)} rows are contradicted in {len(files)} files.")
    return Exit.DONE


@labels.command()
@options.label_files
@click.option(
    "-o", "--output", type=options.FOLDER, metavar="DIR", help="Write the model's label files here."
)
@options.model
def delta(labelled: tuple[Path, ...], output: Path | None, model: Path | None) -> Exit:
    """Show where the model and label files disagree.

    One row a line: file:row, the file's label, the model's, how sure it is, the line; parted by tabs. With
    -o, each such file is written as the model labels it: compare, correct, and keep the better one.
    """
    from training.annotation import delta as module
    from training.labels.label_files import rows

    files = read_label_files(labelled)
    differing = list(module.delta(files, load_classifier(model)))
    if output:
        for file in differing:
            content = rows(file.document.text, file.labels).encode("utf-8")
            write_below(output / _below(file.document, labelled), content)
    different_rows = [row for file in differing for row in file.rows]
    printed = [
        f"{row.file}:{row.row}\t{row.label}\t{row.model}\t{row.confidence:.4f}\t{row.line}\n"
        for row in different_rows
    ]
    tell("".join(printed))
    say(f"{len(different_rows)} rows differ in {len(differing)} files.")
    return Exit.DONE


@labels.command(name="next")
@options.paths
@click.option(
    "--labelled", multiple=True, type=options.PATH, metavar="LABELLED", help="Label files there are."
)
@click.option("-n", "--count", type=options.POSITIVE, default=5, show_default=True, help="Files, at most.")
@click.option("--lines", type=options.NOT_NEGATIVE, default=5, show_default=True, help="Lines of each.")
@options.model
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

    classifier = load_classifier(model)
    labelled_files = read_label_files(labelled) if labelled else []
    texts: list[Text] = []
    failed = 0
    for input in find(paths):
        try:
            texts.append(Text(input.path, reader.read(input).text))
        except Unreadable as reason:
            say(why(reason.code, reason.message))
            failed += 1
    for choice in choices(texts, classifier, labelled_files)[:count]:
        rows = [
            f"\t{line.row}\t{line.doubt:.3f}\t{line.novelty:.2f}\t{line.line}\n"
            for line in choice.lines[:lines]
        ]
        tell(f"{choice.path}\t{choice.worth:.3f}\n{''.join(rows)}")
    return Exit.SOME_FAILED if failed else Exit.DONE


@labels.command(name="export")
@options.label_files
@click.option("--to", "format", type=_TOOL, required=True, help="The tool.")
@click.option("-o", "--output", metavar="FILE", help="Write here.  [default: standard output]")
def export_labels(labelled: tuple[Path, ...], format: str, output: str | None) -> Exit:
    """Write label files as another tool reads them.

    What `labels import` makes of it again is the same, byte for byte.
    """
    from training.labels.exchange import exported

    folders = [path for path in labelled if path.is_dir()]
    write(output, exported(read_label_files(labelled), format, folders))
    return Exit.DONE


@labels.command(name="import")
@click.argument("files", nargs=-1, required=True, type=options.PATH, metavar="FILE…")
@click.option("--from", "format", type=_TOOL, required=True, help="The tool.")
@options.output_folder
@options.overwrite_labels
def import_labels(files: tuple[Path, ...], format: str, output: Path, overwrite: bool) -> Exit:
    """Read another tool's file into label files.

    Where a line has no label or one that is unknown, all such are told and nothing is written.
    """
    from training.labels.exchange import imported
    from training.labels.label_files import ENDING, LabelError, rows

    with ending(LabelError, Exit.REFUSED):
        texts = [text for file in files for text in imported(_bytes(file), format, str(file))]
    contents: dict[Path, bytes] = {}
    for text in texts:
        path = (output / text.file).with_suffix(ENDING)
        contents[path] = rows(text.text, text.labels).encode("utf-8")
    if len(contents) < len(texts):
        raise Stop("Several texts have one name: their label files would be one.", Exit.REFUSED)
    kept = [] if overwrite else [path for path, content in contents.items() if _differs(path, content)]
    for path, content in contents.items():
        if path not in kept:
            write_below(path, content)
    for path in kept:
        say(f"{path}: says something else and stays as it is; --overwrite replaces it.")
    say(f"{len(contents) - len(kept)} label files written.")
    return Exit.UNWRITABLE if kept else Exit.DONE


COMMANDS = (labels,)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"{file}: cannot be read ({error.strerror}).", Exit.REFUSED) from error


def _differs(path: Path, content: bytes) -> bool:
    """Return whether a file is there already and holds something else."""
    return path.is_file() and path.read_bytes() != content


def _below(document: Labelled, named: Iterable[Path]) -> Path:
    """Return where a label file lies below the folder, among those that the user named, that holds it."""
    file = Path(document.file)
    folders = [path for path in named if path in file.parents]
    return file.relative_to(folders[-1]) if folders else Path(document.name)
