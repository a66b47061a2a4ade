"""Drafts the label file of an input with a model, for a person to correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine
from nlp.running.extraction import loaded
from nlp.writers.output import keep
from training.labels.label_files import rows


@dataclass(frozen=True)
class Drafted:
    """What became of an input; `kept` is true if a label file with other content was left as it was."""

    path: str
    file: Path
    failure: Failure | None = None
    kept: bool = False


@dataclass(frozen=True)
class Drafting:
    """Drafts a label file for each input, into the file that `files` gives for it.

    A file with other content, perhaps corrected by a person, is replaced only with `overwrite`. `model` is
    the folder of the model, None for the shipped one.
    """

    files: dict[Input, Path]
    model: Path | None = None
    overwrite: bool = False

    def __call__(self, input: Input) -> Drafted:
        file = self.files[input]
        try:
            text, lines = loaded(self.model).labels(input)
        except Unreadable as reason:
            return Drafted(input.path, file, Failure(reason.code, reason.message))
        content = rows(text, _labels(text, lines)).encode("utf-8")
        kept = not self.overwrite and file.exists() and file.read_bytes() != content
        if not kept:
            keep(file, content)
        return Drafted(input.path, file, kept=kept)

    def lost(self, input: Input, why: Failure) -> Drafted:
        """Return the result for an input that exceeded the limits or ended its process."""
        return Drafted(input.path, self.files[input], why)


def _labels(text: str, lines: Sequence[LabelledLine]) -> list[str]:
    """Return a label for each line of a text, "" for blank lines."""
    labels = [""] * (text.count("\n") + 1)
    for line in lines:
        labels[line.n - 1] = line.label
    return labels
