"""The labels of lines against gold."""

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
Confusion = Counter[tuple[str, str]]
"""How often (gold, predicted) stand together."""


class LineScores(Struct, frozen=True):
    """Figures over lines that gold labels; a label that neither side uses is left out of the macro F1."""

    labels: dict[str, Found]
    macro_f1: float | None
    right: Share
    confusion: dict[str, dict[str, int]]


def line_confusion(gold: Record, predicted: Record | None) -> Confusion | None:
    """Count the labels of one document; None where gold has none."""
    if gold.lines is UNSET:
        return None
    lines = [] if predicted is None or predicted.lines is UNSET else predicted.lines
    claimed = {line.n: line.label for line in lines}
    return Counter((line.label, claimed.get(line.n, UNLABELLED)) for line in gold.lines)


def line_scores(confusions: Iterable[Confusion | None]) -> LineScores | None:
    """Score the lines of all documents together; None where none has gold labels."""
    scored = [confusion for confusion in confusions if confusion is not None]
    counts = sum(scored, Confusion())
    if not scored:
        return None
    labels: dict[str, Found] = {label: _label(label, counts) for label in LABELS}
    used = {label: figures for label, figures in labels.items() if figures.gold or figures.predicted}
    return LineScores(
        used,
        sum(figures.f1 or 0.0 for figures in used.values()) / len(used) if used else None,
        share(sum(figures.right for figures in used.values()), counts.total()),
        _rows(counts),
    )


def _label(label: str, counts: Confusion) -> Found:
    predicted = sum(count for (_, claim), count in counts.items() if claim == label)
    gold = sum(count for (right, _), count in counts.items() if right == label)
    return found(counts[label, label], predicted, gold)


def _rows(counts: Confusion) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for (right, claim), count in sorted(counts.items()):
        rows.setdefault(right, {})[claim] = count
    return rows
