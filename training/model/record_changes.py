"""Compares the records that two models read from the same documents, where the right record is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import numpy as np
from msgspec import UNSET, Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import Source
from nlp.text.lines import split
from nlp.writers import jsonl
from training.scoring.cells import judged
from training.scoring.gold import Record

CELLS_MARGIN = 0.01
"""How great a share of the cells may be lost at most, at the lower bound."""

_RESAMPLES = 2_000
_SEED = 90_001


class KnownRecord(NamedTuple):
    """A text and its right record, as far as it is known."""

    name: str
    text: str
    gold: Record


class RecordCounts(Struct, frozen=True):
    """What is right in a record: cells, whether it is accepted with a fault, agency and year."""

    right: int
    cells: int
    silent: bool
    organization: bool
    year: bool


class RecordChange(Struct, frozen=True):
    """One document's record before and after."""

    name: str
    before: RecordCounts
    after: RecordCounts


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
    changed: list[RecordChange]
    worse: tuple[str, ...]


def record_changes(
    old: LineClassifier, new: LineClassifier, documents: Iterable[KnownRecord]
) -> RecordChanges:
    """Read the documents with both models; one that both label alike is read once."""
    readers = [Reader.of(old), Reader.of(new)]
    changes: list[RecordChange] = []
    for document in documents:
        before, after = _counts(document, readers)
        changes.append(RecordChange(document.name, before, after))
    return _summed(changes)


def _counts(document: KnownRecord, readers: list[Reader]) -> tuple[RecordCounts, RecordCounts]:
    lines = split(document.text)
    before, after = ([line.label for line in label_lines(lines, reader.classifier)] for reader in readers)
    first = _judged(document, readers[0])
    return first, first if before == after else _judged(document, readers[1])


def _judged(document: KnownRecord, reader: Reader) -> RecordCounts:
    source = Source(f"{document.name}.txt", "", "", "text/plain", "utf-8", 0, document.text.count("\n") + 1)
    report = reader.report(Document(source, document.text))
    predicted = msgspec.json.decode(jsonl.line(report), type=Record)
    cells = judged(document.gold, predicted)
    right = sum(cell.right for cell in cells)
    is_agency_right = document.gold.organization in (UNSET, predicted.organization)
    is_year_right = document.gold.year in (UNSET, predicted.year)
    is_faulty = right < len(cells) or not is_agency_right or not is_year_right
    is_silent = predicted.accepted and is_faulty
    return RecordCounts(right, len(cells), is_silent, is_agency_right, is_year_right)


def _summed(changes: list[RecordChange]) -> RecordChanges:
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
