"""Yields the reports of inputs: documents are read, records that an input holds are taken as they are."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec import DecodeError, json

from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import STANDARD_INPUT, Input, find
from nlp.record import files as record_files
from nlp.record.model import SCHEMA, Failure, Report
from nlp.running.batch import results
from nlp.running.extraction import Extraction

_LOOKED_AT = 256
"""Within so many bytes a record names its schema."""

_decoder = json.Decoder(Report)


@dataclass(frozen=True, order=True)
class Given(Input):
    """An input whose bytes are known already: what came by standard input, what a caller holds."""

    content: bytes = b""

    def read(self) -> bytes:
        return self.content


def reports(inputs: Sequence[Input], jobs: int = 1, model: Path | None = None) -> Iterator[Report]:
    """Yield the report of each document and each record of the inputs, in their order.

    What cannot be read, and a line that is no record, is a report with an `error`.
    """
    ready = [_at_hand(input) for input in inputs]
    documents = [input for input in ready if not _holds_records(input)]
    read = results(Extraction(model), documents, jobs)
    to_read = set(documents)
    for input in ready:
        if input in to_read:
            yield decoded(next(read).line)
        else:
            yield from _records(input.path)


def decoded(line: bytes) -> Report:
    """Return the report of a record as JSON."""
    return _decoder.decode(line)


def find_inputs(paths: Sequence[str]) -> list[Input]:
    """Return the inputs below some paths: of folders the documents, or the records where it holds no other.

    So a folder that `extract` wrote its records to can be named, too.
    """
    inputs = find(paths)
    if inputs:
        return inputs
    with suppress(record_files.NoFile):
        return [Input(path) for path in record_files.find(paths)]
    return []


def _at_hand(input: Input) -> Input:
    """Return an input that can be looked at and read again: of standard input the bytes, unless records."""
    if input.path != STANDARD_INPUT or _names_schema(_peeked()):
        return input
    try:
        return Given(input.path, input.folder, input.read())
    except Unreadable:
        return input


def _peeked() -> bytes:
    peek = getattr(getattr(sys.stdin, "buffer", None), "peek", None)
    return peek(_LOOKED_AT)[:_LOOKED_AT] if peek else b""


def _holds_records(input: Input) -> bool:
    if isinstance(input, Given):
        return _names_schema(input.content[:_LOOKED_AT])
    if input.path == STANDARD_INPUT:
        return _names_schema(_peeked())
    return os.path.isfile(input.path) and _names_schema(_beginning(input.path))


def _beginning(path: str) -> bytes:
    """Return the first bytes of a file, of a compressed one those inside; none where it cannot be read."""
    with suppress(OSError, EOFError, zlib.error), open(path, "rb") as file:
        if file.read(2) != b"\x1f\x8b":
            file.seek(0)
            return file.read(_LOOKED_AT)
        with gzip.open(path) as inside:
            return inside.read(_LOOKED_AT)
    return b""


def _names_schema(beginning: bytes) -> bool:
    """Tell whether a text begins as a record or a list of records does, laid out over lines or not."""
    bare = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bare.startswith((b"{", b"[")) and SCHEMA.encode() in bare


def _records(path: str) -> Iterator[Report]:
    try:
        for origin, content in record_files.lines(path):
            yield _record(origin, content)
    except record_files.Unreadable as reason:
        yield _unread(path, Failure("unreadable", str(reason)))


def _record(origin: str, content: bytes) -> Report:
    try:
        return decoded(content)
    except DecodeError as reason:
        return _unread(origin, Failure("bad_record", f"{origin}: this is no record of {SCHEMA} ({reason})."))


def _unread(origin: str, why: Failure) -> Report:
    return Report(source=reader.nothing_of(Input(origin)), error=why)
