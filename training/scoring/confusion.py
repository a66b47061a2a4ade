"""Counts how often each kind of cell was taken for each other kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from training.scoring.cells import Judged

KINDS = ("number", "other_number", "zero", "blank", "missing", "ambiguous")
"""What a cell may be: `number` is one that is not 0, `other_number` a predicted one that is not gold's."""


def confusion(cells: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """Return the number of cells for each (kind in gold, predicted kind)."""
    counts = Counter[tuple[str, str]]()
    for cell in cells:
        gold, predicted = cell.gold.kind, str(cell.predicted.kind)
        if gold == "number" and predicted == "number" and not cell.right:
            predicted = "other_number"
        counts[gold, predicted] += 1
    return counts


def in_rows(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Return counts as `[gold][predicted]`."""
    rows: dict[str, dict[str, int]] = {}
    for (gold, predicted), count in counts.items():
        rows.setdefault(gold, {})[predicted] = count
    return rows


def of_zeros(rows: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return the counts `[gold][predicted]` of the same cells if each is predicted to be 0."""
    return {gold: {"zero": sum(predicted.values())} for gold, predicted in rows.items()}
