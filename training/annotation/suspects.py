"""Rows whose label models trained without them contradict: the first to look at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nlp.labelling.classifier import LABELS, Scores
from nlp.text.lines import split
from training.annotation.folds import out_of_fold
from training.labels.label_files import Labelled


class Suspect(NamedTuple):
    """A row, its label, the label that the models expect, and what each is given (0 to 1)."""

    file: str
    row: int
    label: str
    expected: str
    probability: float
    expected_probability: float
    line: str


def suspects(documents: Sequence[Labelled], background: Sequence[Labelled] = ()) -> list[Suspect]:
    """Return the rows where another label is likelier out of fold, the most contradicted first.

    `background` is trained on and not asked about; a few files alone teach little.
    """
    found = [
        suspect
        for document, probabilities in out_of_fold(documents, background)
        for suspect in contradicted(document, probabilities)
    ]
    return sorted(found, key=lambda one: (one.probability - one.expected_probability, one.file, one.row))


def contradicted(document: Labelled, probabilities: Scores) -> Iterable[Suspect]:
    """Yield the rows of a document whose own label is not the likeliest."""
    lines = [line for line in split(document.text) if not line.blank]
    for line, said in zip(lines, probabilities, strict=True):
        label = document.labels[line.n - 1]
        best = int(said.argmax())
        if LABELS[best] != label:
            own = float(sum(said[at] for at, name in enumerate(LABELS) if name == label))
            likely = round(float(said[best]), 4)
            yield Suspect(document.file, line.n, label, LABELS[best], round(own, 4), likely, line.raw)
