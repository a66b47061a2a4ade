"""Tells what a training changed in records, by kind and document: cells, items, agencies and years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from training.model.record_changes import RecordChange
from training.records.known import RecordCounts
from training.scoring.columns import aligned

_SHOWN = 20
"""The most documents of a kind that are listed by themselves."""

_HEAD = [
    "records of",
    "",
    "cells right",
    "wrong",
    "items exact",
    "agencies and years",
    "accepted with a fault",
]


def record_words(changes: Sequence[RecordChange]) -> str:
    """Return a table with a row for each kind and, below it, one for each record that changed."""
    rows = [_HEAD]
    by_kind: dict[str, list[RecordChange]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    for kind, of_kind in by_kind.items():
        rows.append([kind or "no folder", f"{len(of_kind)}", *_cells(of_kind)])
        changed = [change for change in of_kind if change.before != change.after]
        lost = [change for change in changed if change.after.faults > change.before.faults]
        gained = [change for change in changed if change not in lost]
        for change in [*lost, *gained][:_SHOWN]:
            verdict = "lost" if change in lost else "gained"
            rows.append([f"  {change.name}", verdict, *_cells([change])])
    return aligned(rows) + "\n"


def _cells(changes: Sequence[RecordChange]) -> list[str]:
    before, after = [change.before for change in changes], [change.after for change in changes]
    cells, items = _sum(after, "cells"), _sum(after, "items_known")
    facts = [sum(one.organization + one.year for one in counts) for counts in (before, after)]
    return [
        f"{_sum(before, 'right'):,} → {_sum(after, 'right'):,} of {cells:,}",
        f"{_sum(before, 'wrong'):,} → {_sum(after, 'wrong'):,}",
        f"{_sum(before, 'items'):,} → {_sum(after, 'items'):,} of {items:,}",
        f"{facts[0]:,} → {facts[1]:,} of {2 * len(changes):,}",
        f"{_sum(before, 'silent'):,} → {_sum(after, 'silent'):,}",
    ]


def _sum(counts: Iterable[RecordCounts], name: str) -> int:
    return sum(int(getattr(one, name)) for one in counts)
