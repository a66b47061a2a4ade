"""Feeds damaged documents to the reader, each within the limits of a document."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from msgspec import json

from nlp.auditing.audit import audit
from nlp.limits import Limits
from nlp.reading.inputs import BytesInput, Input, find
from nlp.record.model import Failure, Report
from nlp.running.batch import results
from nlp.running.extraction import Extraction, loaded
from training.fuzzing.seeds import damaged

SLOW = 10.0
"""In seconds of a processor: a document that takes more is a finding."""
_PATIENCE = 150.0
"""In seconds on the wall: a document that takes more is ended, and a finding; the machine may be shared."""
_MEMBERS = 4
"""So many documents of an archive are read."""
_FAULTS = ("fault", "too_slow", "process_ended")


class Fed(NamedTuple):
    """What became of a document: `read`, or the code of why not.

    `seconds` are those of a processor; `memory` is what the process took beyond before, in MiB.
    """

    name: str
    outcome: str
    seconds: float
    memory: int
    message: str = ""


@dataclass
class Found:
    """What became of the documents of one kind."""

    kind: str
    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, fed: Fed) -> None:
        """Count a document."""
        self.cases += 1
        self.outcomes[fed.outcome] += 1
        self.slowest = max(self.slowest, fed.seconds)
        self.largest = max(self.largest, fed.memory)
        if fed.outcome in _FAULTS:
            self.faults.append(f"{fed.name}: {fed.outcome} {fed.message}")
        elif fed.seconds > SLOW:
            self.faults.append(f"{fed.name}: took {fed.seconds:.1f} seconds of a processor")


class Feeder:
    """Reads a document as `nianbao extract` does, its record checked, and tells what became of it."""

    def __call__(self, input: Input) -> Fed:
        kind = input.path.partition("/")[0]
        started = time.process_time()
        before = _peak()
        outcomes = _of_archive(input) if kind in ("zip", "7z") else [_of_document(input)]
        codes = [code for code in outcomes if code != "read"]
        seconds = time.process_time() - started
        return Fed(input.path, codes[0] if codes else "read", seconds, _peak() - before)

    def lost(self, input: Input, why: Failure) -> Fed:
        """Return what broke the limits, or met a fault."""
        return Fed(input.path, why.code, 0.0, 0, why.message)


def fed(kind: str, seed: int, count: int, start: int = 0) -> Found:
    """Feed so many damaged documents of a kind."""
    loaded(None)
    found = Found(kind)
    for cases in _portions(damaged(kind, seed, count, start)):
        for one in results(Feeder(), cases, 1, Limits(seconds=_PATIENCE)):
            found.add(one)
    return found


def _portions(cases: Iterator[tuple[str, bytes]], size: int = 200) -> Iterator[list[Input]]:
    portion: list[Input] = []
    for name, content in cases:
        portion.append(BytesInput(name, content=content))
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion


def _of_document(input: Input) -> str:
    if input.path.startswith("picture/"):
        _decode_picture(input.read())
    record = json.decode(Extraction()(input).line, type=Report)
    if record.error:
        return record.error.code
    audit(record)
    return "read"


def _decode_picture(content: bytes) -> None:
    """Decode a picture; whether what is written in it is recognised depends on what is installed."""
    from nlp.reading.document import Unreadable
    from nlp.reading.scan.pictures import gray_of, pages

    try:
        for page in pages(content):
            gray_of(page)
    except Unreadable:
        return


def _of_archive(input: Input) -> list[str]:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"a.{input.path.partition('/')[0]}"
        path.write_bytes(input.read())
        return [_of_document(member) for member in find([os.fspath(path)])[:_MEMBERS]]


def _peak() -> int:
    """Return the most memory that this process and those that it waited for held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
