"""Compares the records that two models read from the same documents, where the right record is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from msgspec import Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.record.model import LineLabel
from training.records.known import KnownRecord, RecordCounts, read_with

CELLS_MARGIN = 0.01
"""How great a share of the cells may be lost at most, at the lower bound."""

_PROCESSES = 2
"""So many processes read records at once."""

_TOGETHER = 8
"""The number of documents that a process is handed at once."""

_RESAMPLES = 2_000
_SEED = 90_001


class RecordChange(Struct, frozen=True):
    """One document's record before and after."""

    name: str
    before: RecordCounts
    after: RecordCounts
    kind: str = ""


class RecordChanges(Struct, frozen=True):
    """The records of all documents: counts before and after, the lower bound, and the changed documents.

    `low` bounds the difference of the share of cells that are right (paired bootstrap over documents).
    `worse` says in what the records got worse.
    """

    documents: int
    cells: int
    right_before: int
    right_after: int
    low: float
    silent_before: int
    silent_after: int
    facts_before: int
    facts_after: int
    items: int
    items_before: int
    items_after: int
    changed: list[RecordChange]
    worse: tuple[str, ...]


def record_changes(
    old: LineClassifier, new: LineClassifier, documents: Iterable[KnownRecord]
) -> RecordChanges:
    """Read the documents with both models in `_PROCESSES`; one that both label alike is read once."""
    with ProcessPoolExecutor(_PROCESSES, initializer=_compare, initargs=(old, new)) as workers:
        return summed(list(workers.map(_changed, documents, chunksize=_TOGETHER)))


_compared: list[LineClassifier] = []
"""The models that a process compares."""


def _compare(*models: LineClassifier) -> None:
    _compared[:] = models


def _changed(document: KnownRecord) -> RecordChange:
    old, new = _compared
    return _change(document, old, new)


def changes_of(
    old: LineClassifier, new: LineClassifier, documents: Iterable[KnownRecord]
) -> Iterator[RecordChange]:
    """Yield what both models read of each document."""
    for document in documents:
        yield _change(document, old, new)


def _change(document: KnownRecord, old: LineClassifier, new: LineClassifier) -> RecordChange:
    before = after = read_with(old, document).counts
    # a record depends on nothing else of its model
    judge_alike = old.manifest.judgement == new.manifest.judgement
    if not judge_alike or _seen(document.text, old) != _seen(document.text, new):
        after = read_with(new, document).counts
    return RecordChange(document.name, before, after, document.kind)


def _seen(text: str, classifier: LineClassifier) -> list[tuple[str, LineLabel]]:
    """Return each line of a text as a model sees it, with its label."""
    lines = classifier.lines_of(text)
    return [(lines[line.n - 1].raw, line.label) for line in label_lines(lines, classifier)]


def summed(changes: list[RecordChange]) -> RecordChanges:
    """Return the changes of documents together."""
    before, after = [change.before for change in changes], [change.after for change in changes]
    low = _lower_bound(changes)
    worse: list[str] = []
    right_before, right_after = sum(one.right for one in before), sum(one.right for one in after)
    silent_before, silent_after = sum(one.silent for one in before), sum(one.silent for one in after)
    if low < -CELLS_MARGIN:
        worse.append(
            f"cells right {right_before:,} → {right_after:,} (at worst {low:+.4f} of them, "
            f"margin {-CELLS_MARGIN:+.2f})"
        )
    if silent_after > silent_before:
        worse.append(f"accepted records with a fault {silent_before} → {silent_after}")
    return RecordChanges(
        len(changes),
        sum(one.cells for one in after),
        right_before,
        right_after,
        low,
        silent_before,
        silent_after,
        sum(one.organization + one.year for one in before),
        sum(one.organization + one.year for one in after),
        sum(one.items_known for one in after),
        sum(one.items for one in before),
        sum(one.items for one in after),
        [change for change in changes if change.before != change.after],
        tuple(worse),
    )


def _lower_bound(changes: list[RecordChange]) -> float:
    """Return the 2.5th percentile of the difference of the share of right cells; 0 without documents."""
    counts = np.array(
        [(change.before.right, change.after.right, change.after.cells) for change in changes], np.float64
    ).reshape(-1, 3)
    n = len(counts)
    if not n:
        return 0.0
    random = np.random.default_rng(_SEED)
    times_drawn = random.multinomial(n, [1 / n] * n, size=_RESAMPLES).astype(np.float64)
    before, after, cells = (times_drawn @ counts).T
    return float(np.percentile((after - before) / np.maximum(cells, 1), 2.5))
