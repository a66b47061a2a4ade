"""The commands about models: `nianbao train`, `info`, and compare, promote, list, restore of `models`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.inputs import read_label_files
from nlp.commands.language import result_in_language, say
from nlp.commands.loading import load_classifier, shipped_model
from nlp.commands.output import tell, write
from nlp.commands.progress import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.model.comparing import Comparison
    from training.records.known import KnownRecord

_labelled = click.argument("labelled", nargs=-1, type=options.PATH, metavar="[LABELLED]…")
_documents = click.option("--documents", type=options.POSITIVE, default=400, show_default=True,
                          metavar="N", help="Compare on N generated reports, too.")  # fmt: skip
_place = click.option(
    "--place", type=options.FOLDER, metavar="DIR", help="The model in use.  [default: the shipped one]"
)


@click.command()
@click.argument("labelled", nargs=-1, metavar="LABELLED…")
@click.option("--out", type=options.FOLDER, required=True, metavar="DIR", help="Where to.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same files.")
@click.option("--corpus/--no-corpus", default=True, help="Train on generated reports, too.  [default: do]")
@click.option(
    "--pages",
    multiple=True,
    type=options.FOLDER,
    metavar="DIR",
    help="Where the documents of records lie; repeatable.  [default: here, and beside the records]",
)
@click.option("--report", is_flag=True, help="Measure what labels and each part add (minutes).")
def train(
    labelled: tuple[str, ...], out: Path, seed: int, corpus: bool, pages: tuple[Path, ...], report: bool
) -> Exit:
    """Train a model on label files and on records that people corrected.

    LABELLED are label files or folders of them, and files of records (.jsonl, .json). Records teach what
    stands round the lines of their pages, and what each line is. What is printed was measured on agencies
    held out; the model's card tells all of it.
    """
    from msgspec import UNSET, UnsetType
    from msgspec.structs import replace

    from nlp.labelling.judgement import Judgement
    from nlp.labelling.model_folder import ModelError
    from training.judgement.judgement_words import judgement_words
    from training.judgement.refitting import refitted
    from training.labels.label_files import LabelError
    from training.model import evidence
    from training.model.comparing import usual_in_corpus
    from training.model.label_doubts import label_doubts
    from training.model.measurements import tables
    from training.model.record_changes import changes_of
    from training.model.record_words import record_words
    from training.model.releasing import train_into
    from training.model.train import DOCUMENTS, SETTINGS, gathered
    from training.records.dresses import with_dresses
    from training.records.loading import ENDINGS as RECORDS
    from training.records.teaching import taught
    from training.reports import worth
    from training.scoring.measured import measured

    if not labelled and not corpus:
        raise click.UsageError("There is nothing to train on: name label files, or leave --no-corpus out.")
    known = _known_records(labelled, pages)
    model_in_use = load_classifier(None)
    records = taught(known, model_in_use)
    for told in records.told:
        say(told)
    files = [Path(path) for path in labelled if not path.lower().endswith(RECORDS)]
    judgement: Judgement | UnsetType = UNSET
    if known:
        with ending(ModelError, Exit.REFUSED):
            judgement = refitted(known, with_dresses(model_in_use, records.dresses))
        tell(judgement_words(judgement, len(known)))
    documents = DOCUMENTS if corpus else 0
    settings = replace(SETTINGS, seed=seed)
    with ending(LabelError, Exit.REFUSED), steps() as notify:
        training, measurements = train_into(
            out,
            files,
            records=records,
            judgement=judgement,
            documents=documents,
            settings=settings,
            thorough=report,
            notify=notify,
        )
        if report:
            notify("what labels are worth")
            learnt = [*gathered(files, documents, seed), *records.files]
            worth.tell(out, worth.trained_without_words(learnt, settings))
    scores = measured(training.classifier.manifest.scores, training.how)
    tell(f"{scores}\n{tables(measurements)}")
    if known:
        tell(record_words(list(changes_of(model_in_use, training.classifier, known))))
    own = evidence.read(out, training.classifier.manifest)
    usual = usual_in_corpus() if own else {}
    for doubt in label_doubts(own, [], usual).refusals:
        say(f"Not to be promoted as it is: {doubt}")
    return Exit.DONE


@click.command()
@click.argument("model", required=False, type=options.FOLDER)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def info(model: Path | None, as_json: bool) -> Exit:
    """Tell what a model is, where it came from, how good it is.

    MODEL is its folder; the model that ships where none is named.
    """
    from msgspec import UNSET
    from msgspec.json import encode, format
    from msgspec.structs import asdict

    from training.model.comparison_words import described
    from training.model.promotion import history

    where = model or shipped_model()
    classifier = load_classifier(where)
    if as_json:
        facts = {"sha256": classifier.sha256, **asdict(classifier.manifest)}
        facts = {name: fact for name, fact in facts.items() if fact is not UNSET}
        facts.pop("words", None)  # thousands of them
        tell(format(encode(facts), indent=1).decode() + "\n")
    else:
        tell(described(classifier, history(where), result_in_language))
    return Exit.DONE


@click.group()
def models() -> None:
    """Compare models, put one in another's place, take it back."""


@models.command()
@click.argument("old", type=options.FOLDER)
@click.argument("new", type=options.FOLDER)
@_labelled
@_documents
@options.json_file
def compare(old: Path, new: Path, labelled: tuple[Path, ...], documents: int, json_file: str | None) -> Exit:
    """Hold the model NEW against OLD.

    Gains and losses by kind of page and by document: on generated reports of agencies that neither model
    was trained on, and on the label files named. Exit code 1 where the new model may be worse than the
    margins allow, in lines or records, or its labels are not to be believed.
    """
    from msgspec.json import encode

    from training.model.comparison_words import compared

    comparison = _compared(old, new, labelled, documents)
    if json_file:
        write(json_file, encode(comparison) + b"\n")
    if json_file != "-":
        tell(compared(comparison, result_in_language))
    return Exit.SOME_FAILED if comparison.refusals else Exit.DONE


@models.command()
@click.argument("new", type=options.FOLDER)
@_labelled
@_documents
@_place
@click.option("--force", is_flag=True, help="Even where a kind of page gets worse; the card records it.")
def promote(new: Path, labelled: tuple[Path, ...], documents: int, place: Path | None, force: bool) -> Exit:
    """Put the model NEW in the place of the one in use.

    Only where the comparison shows that it is not worse by more than the margins. The model that stood
    there is kept: `models list` shows it, `models restore` takes it back.
    """
    from training.model.comparison_words import compared
    from training.model.promotion import Worse
    from training.model.promotion import promote as replace_model

    where = place or shipped_model()
    load_classifier(new)
    comparison = None
    if where.exists():
        comparison = _compared(where, new, labelled, documents)
        tell(compared(comparison, result_in_language))
    with ending(Worse, Exit.REFUSED):
        replace_model(new, where, comparison, force=force)
    say(f"{new} is now the model in {where}.")
    return Exit.DONE


@models.command(name="list")
@_place
def list_models(place: Path | None) -> Exit:
    """List the model in use and the earlier ones."""
    from nlp.labelling.model_folder import ModelError
    from training.model.comparison_words import listed
    from training.model.promotion import versions

    with ending(ModelError, Exit.REFUSED):
        table = listed(versions(place or shipped_model()), result_in_language)
    tell(table)
    return Exit.DONE


@models.command()
@click.argument("id")
@_place
def restore(id: str, place: Path | None) -> Exit:
    """Take an earlier model back into use.

    ID is as `models list` shows it, or how it begins.
    """
    from nlp.labelling.model_folder import ModelError
    from training.model.promotion import restore as put_back

    where = place or shipped_model()
    with ending(ModelError, Exit.REFUSED):
        whole_id = put_back(id, where)
    say(f"{whole_id} is now the model in {where}.")
    return Exit.DONE


COMMANDS = (train, info, models)


def _known_records(paths: Sequence[str], pages: Sequence[Path]) -> list[KnownRecord]:
    """Return the records that some paths name, with their documents; those left out are told."""
    from training.records.loading import ENDINGS, load
    from training.scoring.matching import Unscorable

    files = [path for path in paths if path.lower().endswith(ENDINGS)]
    folders = [str(folder) for folder in pages] or [".", *(str(Path(file).parent) for file in files)]
    with ending(Unscorable, Exit.REFUSED):
        loaded = load(files, list(dict.fromkeys(folders)))
    for left_out in loaded.left_out:
        say(left_out)
    if files and not loaded.known:
        raise Stop("No record is left to learn from.", Exit.REFUSED)
    return loaded.known


def _compared(old: Path, new: Path, labelled: tuple[Path, ...], documents: int) -> Comparison:
    """Return the comparison of two model folders; label files that one was trained on are left out."""
    from nlp.labelling.model_folder import ModelError
    from training.model import comparing, evidence

    files = read_label_files(labelled)
    candidate = load_classifier(new)
    with ending(ModelError, Exit.REFUSED):
        own = evidence.read(new, candidate.manifest)
    comparison = comparing.compare(load_classifier(old), candidate, files, documents, own)
    for left_out in comparison.left_out:
        say(f"{left_out.file}: left out: {left_out.why}.")
    return comparison
