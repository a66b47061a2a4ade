"""Reads an input and renders its record as a line of JSON, in the process that reads it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from msgspec import UNSET, json, structs

from nlp.agencies.agencies import with_own
from nlp.agencies.own import Own
from nlp.correcting.applying import applied
from nlp.correcting.decisions import Decisions
from nlp.pipeline import Reader, unread
from nlp.reading.document import Document
from nlp.reading.inputs import Input
from nlp.reading.scan.engine import Ocr
from nlp.reading.scan.engine import name as engine_name
from nlp.record.model import SCHEMA, Failure, Report
from nlp.tables.confidence import shipped
from nlp.tables.score import weights
from nlp.text.words import cutter
from nlp.writers import jsonl
from nlp.writers.output import keep

_SEAL = 16
"""In hexadecimal digits: the length of a seal."""


class Extracted(NamedTuple):
    """A record as a line of JSON, with what a batch counts: failures, and records that need review."""

    path: str
    line: bytes
    failure: Failure | None
    needs_review: bool


@dataclass(frozen=True)
class Extraction:
    """The work of `nianbao extract`.

    `model` is a model folder, None the one that ships; `with_lines` adds the labels of the lines; `texts`
    says in which file the decoded text of an input is kept, if in any; `decisions` are the corrections that
    the records take in; `own` is the user's file of agencies; `ocr` says which pages are recognised in their
    pictures; `seal` is what the records say that they were made with, if anything.
    """

    model: Path | None = None
    with_lines: bool = False
    texts: dict[Input, Path] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    own: Own | None = None
    ocr: Ocr = "auto"
    seal: str = ""

    def sealed(self) -> Extraction:
        """Return the same work, whose records tell by a seal with which settings they were made."""
        return replace(self, seal=sha256(self.settings()).hexdigest()[:_SEAL])

    def __call__(self, input: Input) -> Extracted:
        reader = loaded(self.model)
        report = reader.read(input, self.with_lines, partial(self._keep, input), self.ocr)
        report = with_own(report, self.own)
        return self._rendered(applied(report, self.decisions.get(report.id, {}), self.own))

    def lost(self, input: Input, why: Failure) -> Extracted:
        """Return the record of an input that broke the limits or ended its process."""
        return self._rendered(unread(input, why))

    def _rendered(self, report: Report) -> Extracted:
        if self.seal:
            report = structs.replace(report, made_with=self.seal)
        failure = None if report.error is UNSET else report.error
        return Extracted(report.source.path, jsonl.line(report), failure, bool(report.review))

    def _keep(self, input: Input, document: Document) -> None:
        if input in self.texts:
            keep(self.texts[input], document.text.encode("utf-8"))

    def settings(self) -> bytes:
        """Return, as JSON, all that a record depends on beside its input.

        Runs with the same settings write the same records.
        """
        model = loaded(self.model).classifier.model
        facts = [
            SCHEMA,
            version(),
            model.name,
            model.version,
            model.sha256,
            shipped().seal,
            weights(),
            self.with_lines,
            self.ocr,
            "" if self.ocr == "never" else engine_name(),
        ]
        if self.decisions:
            facts.append(sha256(json.encode(self.decisions)).hexdigest())
        if self.own is not None:
            facts.append(sha256(json.encode(self.own)).hexdigest())
        return json.encode(facts)


@cache
def loaded(model: Path | None) -> Reader:
    """Return the reader with a model, which each process loads once; None is the model that ships.

    The words' dictionary comes with it, so that the processes that are forked from this one share it.
    """
    cutter()
    return Reader(model)


def version() -> str:
    """Return the version of the program that is installed; "" where none is."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nianbao")
    except PackageNotFoundError:
        return ""
