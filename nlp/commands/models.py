"""The commands about models: `nianbao info`, and compare, promote, list, restore of `nianbao models`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, ending
from nlp.commands.output import tell

if TYPE_CHECKING:
    from nlp.labelling.classifier import LineClassifier
    from training.model.comparing import Comparison

_PATH = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_judges = click.argument("labelled", nargs=-1, type=_PATH, metavar="[LABELLED]…")
_documents = click.option("--documents", type=click.IntRange(min=1), default=400, show_default=True,
                          metavar="N", help="Compare on N generated reports, too.")  # fmt: skip
_place = click.option(
    "--place", type=_FOLDER, metavar="DIR", help="The model in use.  [default: the shipped one]"
)


@click.command()
@click.argument("model", required=False, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def info(model: Path | None, as_json: bool) -> Exit:
    """Tell what a model is, where it came from, how good it is.

    MODEL is its folder; the model that ships where none is named.
    """
    from msgspec.json import encode, format
    from msgspec.structs import asdict

    from training.model.comparison_words import described
    from training.model.promotion import history

    where = model or _shipped()
    classifier = _loaded(where)
    if as_json:
        known = {key: value for key, value in asdict(classifier.manifest).items() if key != "words"}
        tell(format(encode({"sha256": classifier.sha256, **known}), indent=1).decode() + "\n")
    else:
        tell(described(classifier, history(where)))
    return Exit.DONE


@click.group()
def models() -> None:
    """Compare models, put one in another's place, take it back."""


@models.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@_judges
@_documents
@click.option("--json", "json_file", metavar="FILE", help="Write every figure here, for programs.")
def compare(old: Path, new: Path, labelled: tuple[Path, ...], documents: int, json_file: str | None) -> Exit:
    """Hold the model NEW against OLD.

    Gains and losses by kind of page and by document: on generated reports of agencies that neither model
    was trained on, and on the label files named. Exit code 1 where a kind is significantly worse.
    """
    from msgspec.json import encode

    from nlp.writers.output import Unwritable, output
    from training.model.comparison_words import compared

    found = _compared(old, new, labelled, documents)
    if json_file:
        with ending(Unwritable, Exit.UNWRITABLE), output(json_file) as file:
            file.write(encode(found) + b"\n")
    if json_file != "-":
        tell(compared(found))
    return Exit.SOME_FAILED if found.worse else Exit.DONE


@models.command()
@click.argument("new", type=_FOLDER)
@_judges
@_documents
@_place
@click.option("--force", is_flag=True, help="Even where a kind of page gets worse; the card records it.")
def promote(new: Path, labelled: tuple[Path, ...], documents: int, place: Path | None, force: bool) -> Exit:
    """Put the model NEW in the place of the one in use.

    Only where the comparison finds no kind of page significantly worse. The model that stood there is kept:
    `models list` shows it, `models restore` takes it back.
    """
    from training.model.comparison_words import compared
    from training.model.promotion import Worse
    from training.model.promotion import promote as put

    where = place or _shipped()
    _loaded(new)
    found = _compared(where, new, labelled, documents) if where.exists() else None
    if found:
        tell(compared(found))
    with ending(Worse, Exit.REFUSED):
        put(new, where, found, force=force)
    click.echo(f"{new} is now the model in {where}.", err=True)
    return Exit.DONE


@models.command(name="list")
@_place
def list_models(place: Path | None) -> Exit:
    """List the model in use and the earlier ones."""
    from nlp.labelling.model_folder import ModelError
    from training.model.comparison_words import listed
    from training.model.promotion import versions

    with ending(ModelError, Exit.REFUSED):
        told = listed(versions(place or _shipped()))
    tell(told)
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

    where = place or _shipped()
    with ending(ModelError, Exit.REFUSED):
        whole = put_back(id, where)
    click.echo(f"{whole} is now the model in {where}.", err=True)
    return Exit.DONE


COMMANDS = (info, models)


def _shipped() -> Path:
    from nlp.resources import folder

    return folder("models") / "lines"


def _loaded(folder: Path) -> LineClassifier:
    from nlp.labelling.classifier import LineClassifier
    from nlp.labelling.model_folder import ModelError

    with ending(ModelError, Exit.REFUSED):
        return LineClassifier.load(folder)


def _compared(old: Path, new: Path, labelled: tuple[Path, ...], documents: int) -> Comparison:
    from training.labels.label_files import LabelError, read
    from training.model import comparing

    with ending(LabelError, Exit.REFUSED):
        files = read(labelled)
    found = comparing.compare(_loaded(old), _loaded(new), files, documents)
    for file in found.left_out:
        click.echo(f"{file}: left out, as one of the models was trained on it.", err=True)
    return found
