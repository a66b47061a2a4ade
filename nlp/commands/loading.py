"""Loads models for the commands; one that is refused ends the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nlp.commands.exits import Exit, ending
from nlp.commands.stopping import at_once

if TYPE_CHECKING:
    from nlp.labelling.classifier import LineClassifier


def load_reader(model: Path | None) -> None:
    """Load the reader with a model, the one that ships by default, before anything is read or written.

    `nlp.running.extraction.loaded` keeps it for the work that follows.
    """
    from nlp.running.startup import starting

    with at_once(), starting():
        from nlp.labelling.model_folder import ModelError
        from nlp.running.extraction import loaded

        with ending(ModelError, Exit.REFUSED):
            loaded(model)


def load_classifier(model: Path | None) -> LineClassifier:
    """Return the line classifier in a model folder, the one that ships by default."""
    from nlp.labelling.classifier import LineClassifier
    from nlp.labelling.model_folder import ModelError

    with ending(ModelError, Exit.REFUSED):
        return LineClassifier.load(model or shipped_model())


def shipped_model() -> Path:
    """Return the folder of the model that ships."""
    from nlp.resources import folder

    return folder("models") / "lines"
