"""Lists the rows of a document whose label a model contradicts that was not trained on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nlp.labelling.classifier import LABELS, Scores
from nlp.text.lines import split
from training.labels.label_files import Labelled


class Suspect(NamedTuple):
    """A row, its label, the likeliest label, and the probability of each according to the model."""

    file: str
    row: int
    label: str
    expected: str
    probability: float
    expected_probability: float
    line: str


def contradicted(document: Labelled, probabilities: Scores) -> Iterator[Suspect]:
    """Yield the rows of a document for which another label has the highest probability."""
    lines = [line for line in split(document.text) if not line.blank]
    for line, line_probabilities in zip(lines, probabilities, strict=True):
        label = document.labels[line.n - 1]
        best = int(line_probabilities.argmax())
        if LABELS[best] == label:
            continue
        probability = 0.0
        if label in LABELS:
            probability = round(float(line_probabilities[LABELS.index(label)]), 4)
        expected_probability = round(float(line_probabilities[best]), 4)
        yield Suspect(document.file, line.n, label, LABELS[best], probability, expected_probability, line.raw)
