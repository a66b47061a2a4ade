"""Reads documents whose right record is known, and tells how much of it a model reads right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import UNSET, Struct

from nlp.labelling.classifier import LineClassifier
from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import Report, Source
from nlp.writers import jsonl
from training.scoring.cells import Judged, judged
from training.scoring.gold import Record
from training.scoring.items import item_scores


class KnownRecord(NamedTuple):
    """A document and its right record, as far as it is known.

    `kind` is the group that results are told by: the folder of the document. `document` is what reading its
    file gave; where there is none, the text is all that is read.
    """

    name: str
    text: str
    gold: Record
    kind: str = ""
    document: Document | None = None

    def read(self) -> Document:
        """Return the document: that of the file, or else the text as one of its own."""
        text = self.text
        source = Source(f"{self.name}.txt", "", "", "text/plain", "utf-8", 0, text.count("\n") + 1)
        return self.document or Document(source, text)


class RecordCounts(Struct, frozen=True):
    """What is right in a record: cells, exact items, agency and year; what it gets wrong.

    `wrong` are the cells that it answers, and not as they are. `silent` says that it is accepted with a
    fault.
    """

    right: int
    cells: int
    silent: bool
    organization: bool
    year: bool
    wrong: int = 0
    items: int = 0
    items_known: int = 0

    @property
    def faults(self) -> int:
        """How many cells, items and facts are not as they are known."""
        facts = (not self.organization) + (not self.year)
        return self.cells - self.right + self.items_known - self.items + facts


class ReadRecord(NamedTuple):
    """A record as a model reads it, each of its known cells judged, and the counts."""

    report: Report
    cells: Sequence[Judged]
    counts: RecordCounts


def read_with(classifier: LineClassifier, document: KnownRecord) -> ReadRecord:
    """Return the record that a line model reads from a known document, held against the right one."""
    report = Reader.of(classifier).report(document.read())
    predicted = msgspec.json.decode(jsonl.line(report), type=Record)
    cells = judged(document.gold, predicted)
    return ReadRecord(report, cells, _counts(document.gold, predicted, cells))


def _counts(gold: Record, predicted: Record, cells: Sequence[Judged]) -> RecordCounts:
    right = sum(cell.right for cell in cells)
    is_agency_right = gold.organization in (UNSET, predicted.organization)
    is_year_right = gold.year in (UNSET, predicted.year)
    is_faulty = right < len(cells) or not is_agency_right or not is_year_right
    items = item_scores(gold, predicted).exact
    return RecordCounts(
        right,
        len(cells),
        predicted.accepted and is_faulty,
        is_agency_right,
        is_year_right,
        sum(cell.answered and not cell.right for cell in cells),
        items.right if items else 0,
        items.gold if items else 0,
    )
