"""Compares the labels of lines with gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import get_args

from msgspec import UNSET, Struct

from nlp.record.model import LineLabel
from training.scoring.gold import Record
from training.scoring.metrics import Found, Share, found, share

LABELS: tuple[LineLabel, ...] = get_args(LineLabel)

UNLABELLED = "unlabelled"
"""What stands for the predicted label of a line that has none."""

Confusion = Counter[tuple[str, str]]
"""The number of lines for each (gold label, predicted label)."""


class LineScores(Struct, frozen=True):
    """Figures over the lines that gold labels.

    `labels` has the labels that gold or the prediction uses; `macro_f1` is the mean of their F1.
    `confusion[gold][predicted]` counts lines.
    """

    labels: dict[str, Found]
    macro_f1: float | None
    right: Share
    confusion: dict[str, dict[str, int]]


def line_confusion(gold: Record, predicted: Record | None) -> Confusion | None:
    """Return the confusion of the labels of one document; None if gold has no labels."""
    if gold.lines is UNSET:
        return None
    predicted_labels: dict[int, str] = {}
    if predicted is not None and predicted.lines is not UNSET:
        predicted_labels = {line.n: line.label for line in predicted.lines}
    return Counter((line.label, predicted_labels.get(line.n, UNLABELLED)) for line in gold.lines)


def line_scores(confusions: Iterable[Confusion | None]) -> LineScores | None:
    """Return the figures of all documents together; None if every confusion is None."""
    scored = [confusion for confusion in confusions if confusion is not None]
    if not scored:
        return None
    counts = sum(scored, Confusion())
    labels: dict[str, Found] = {}
    for label in LABELS:
        figures = found_of_label(label, counts)
        if figures.gold or figures.predicted:
            labels[label] = figures
    macro_f1 = None
    if labels:
        macro_f1 = sum(figures.f1 or 0.0 for figures in labels.values()) / len(labels)
    right = sum(figures.right for figures in labels.values())
    return LineScores(labels, macro_f1, share(right, counts.total()), _rows(counts))


def found_of_label(label: str, counts: Confusion) -> Found:
    """Return precision, recall and F1 of one label.

    >>> found_of_label("heading", Counter({("heading", "heading"): 3, ("heading", "narrative"): 1})).recall
    0.75
    """
    predicted = sum(count for (_, predicted_label), count in counts.items() if predicted_label == label)
    gold = sum(count for (gold_label, _), count in counts.items() if gold_label == label)
    return found(counts[label, label], predicted, gold)


def _rows(counts: Confusion) -> dict[str, dict[str, int]]:
    """Return the counts as `[gold][predicted]`, sorted."""
    rows: dict[str, dict[str, int]] = {}
    for (gold_label, predicted_label), count in sorted(counts.items()):
        rows.setdefault(gold_label, {})[predicted_label] = count
    return rows
