"""Lists the rows of label files where a model disagrees, and the labels that the model gives instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_text
from nlp.text.lines import split
from training.labels.label_files import Labelled


class Disagreement(NamedTuple):
    """A row, its label in the file, the model's label, and the model's confidence (0 to 1)."""

    file: str
    row: int
    label: str
    model: str
    confidence: float
    line: str


class Delta(NamedTuple):
    """A document with at least one disagreement, and its labels with those of the model in these rows."""

    document: Labelled
    labels: tuple[str, ...]
    rows: tuple[Disagreement, ...]


def delta(documents: Iterable[Labelled], classifier: LineClassifier) -> Iterator[Delta]:
    """Yield the documents that the model labels differently in at least one row."""
    for document in documents:
        lines = split(document.text)
        labels = list(document.labels)
        disagreements: list[Disagreement] = []
        for line in label_text(document.text, classifier):
            index = line.n - 1
            label = document.labels[index]
            if line.label != label:
                labels[index] = line.label
                disagreements.append(
                    Disagreement(document.file, line.n, label, line.label, line.confidence, lines[index].raw)
                )
        if disagreements:
            yield Delta(document, tuple(labels), tuple(disagreements))
