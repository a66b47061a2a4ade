"""Where a model and label files disagree: the model's own label files, and a list of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.text.lines import split
from training.labels.label_files import Labelled


class Disagreement(NamedTuple):
    """A row, its label in the file, the model's label, and how sure the model is (0 to 1)."""

    file: str
    row: int
    label: str
    model: str
    confidence: float
    line: str


class Delta(NamedTuple):
    """A document with at least one disagreement, and its labels as the model has them."""

    document: Labelled
    labels: tuple[str, ...]
    rows: tuple[Disagreement, ...]


def delta(documents: Iterable[Labelled], classifier: LineClassifier) -> Iterator[Delta]:
    """Yield the documents that the model labels otherwise; where both agree there is nothing to do."""
    for document in documents:
        lines = split(document.text)
        found = label_lines(lines, classifier)
        labels = list(document.labels)
        rows = []
        for one in found:
            own = labels[one.n - 1]
            if one.label != own:
                labels[one.n - 1] = one.label
                raw = lines[one.n - 1].raw
                rows.append(Disagreement(document.file, one.n, own, one.label, one.confidence, raw))
        if rows:
            yield Delta(document, tuple(labels), tuple(rows))
