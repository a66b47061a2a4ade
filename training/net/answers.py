"""What a document is read as in short: a hash of each part of its record, and its cells against gold."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, Struct

from nlp.reading.inputs import BytesInput, Input
from nlp.record.model import Failure, Report
from nlp.running.batch import results
from nlp.running.extraction import loaded
from training.net.documents import Gold, NetDocument
from training.scoring.cells import judged
from training.scoring.gold import Record

PARTS: dict[str, tuple[str, ...]] = {
    "identity": ("organization", "year", "form"),
    "tables": ("tables",),
    "chapters": ("sections",),
    "items": ("problems", "improvements"),
    "checks": ("checks",),
    "review": ("review",),
    "labels": ("lines",),
    "rest": ("source", "error"),
}
"""The fields of a record that make up each part; the model that read it is in none."""


class Answer(Struct, frozen=True):
    """One document: hashes by part, whether it may be used unattended, counts of its cells by outcome."""

    parts: dict[str, str]
    accepted: bool
    cells: dict[str, int] = {}

    @property
    def exact(self) -> bool:
        """Whether gold agrees with every cell."""
        return bool(self.cells) and set(self.cells) == {"right"}


@dataclass(frozen=True)
class Answering:
    """The work of the net, for several processes: takes the key of a document, returns what it is read as."""

    documents: Mapping[str, NetDocument]

    def __call__(self, input: Input) -> Answer:
        """Read a document with the shipped model."""
        document = self.documents[input.path]
        report = loaded(None).read(BytesInput(document.name, content=document.read()), with_lines=True)
        return summary(report, document.gold)

    def lost(self, input: Input, why: Failure) -> Answer:
        """Return the answer of a document that ended the process which read it."""
        return Answer({"rest": _hash([input.path, why.code])}, accepted=False)


def answers(documents: Iterable[NetDocument], jobs: int = 1) -> dict[str, Answer]:
    """Return what each document is read as, by its key."""
    work = Answering({document.key: document for document in documents})
    loaded(None)  # the processes share what is loaded before they are forked
    inputs = [Input(key) for key in work.documents]
    return dict(zip(work.documents, results(work, inputs, jobs), strict=True))


def summary(report: Report, gold: Gold | None) -> Answer:
    """Return the answer for a record, its cells judged where there is gold."""
    fields = msgspec.to_builtins(report)
    fields["checks"] = msgspec.to_builtins(report.sums)
    if report.lines is not UNSET:  # how sure a label is depends on the machine's matrix kernel
        fields["lines"] = [(line.n, line.label) for line in report.lines]
    parts = {part: _hash([fields.get(name) for name in names]) for part, names in PARTS.items()}
    accepted = not report.review and report.error is UNSET
    return Answer(parts, accepted, _cell_outcomes(report, gold) if gold else {})


def _cell_outcomes(report: Report, gold: Gold) -> dict[str, int]:
    """Return how many cells gold judges to be right, wrong or unanswered."""
    gold_record = msgspec.convert({"tables": gold["tables"], "source": "gold"}, Record, strict=False)
    read = msgspec.json.decode(msgspec.json.encode(report), type=Record)
    counts = Counter(cell.outcome for cell in judged(gold_record, read))
    return dict(sorted(counts.items()))


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:12]
