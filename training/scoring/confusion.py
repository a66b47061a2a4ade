"""How often each kind of cell was taken for each other kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from training.scoring.cells import Judged

KINDS = ("number", "other_number", "zero", "blank", "missing", "ambiguous")


def confusion(cells: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """Count (gold, predicted): `number` (not 0), `zero`, `blank`, `missing` or `ambiguous`.

    A number that is another one than gold's counts as `other_number`.
    """
    return Counter(map(_kinds, cells))


def _kinds(cell: Judged) -> tuple[str, str]:
    gold, predicted = cell.gold.kind, cell.predicted.kind
    return gold, "other_number" if predicted == gold == "number" and not cell.right else predicted


def in_rows(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Return counts as `[gold][predicted]`."""
    rows: dict[str, dict[str, int]] = {}
    for (gold, predicted), count in counts.items():
        rows.setdefault(gold, {})[predicted] = count
    return rows


def of_zeros(rows: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return the same cells as the baseline answers them: 0, all of them."""
    return {gold: {"zero": sum(claims.values())} for gold, claims in rows.items()}
