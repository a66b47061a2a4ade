"""Yields the reports of inputs: documents are read, records are taken as they are."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from io import BufferedReader
from pathlib import Path

from msgspec import json

from nlp.agencies.agencies import with_own
from nlp.agencies.own import Own
from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import STANDARD_INPUT, BytesInput, Input, find
from nlp.record import files as record_files
from nlp.record.malformed import MALFORMED
from nlp.record.model import READABLE, SCHEMA, Failure, Report
from nlp.running.batch import results
from nlp.running.extraction import Extraction
from nlp.storage import files
from nlp.storage.addresses import is_address

_BEGINNING = 256
"""Within so many bytes a record names its schema."""
_GZIP = b"\x1f\x8b"
"""The first bytes of a gzip file."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_decoder = json.Decoder(Report)


def reports(
    inputs: Sequence[Input], jobs: int = 1, model: Path | None = None, own: Own | None = None
) -> Iterator[Report]:
    """Yield the report of each document and each record of the inputs, in their order.

    With `own`, the user's file, their agencies are told anew. A document that cannot be read, and a line
    that is no record, gives a report with an `error`.
    """
    rereadable = [_rereadable(input) for input in inputs]
    documents = [input for input in rereadable if not holds_records(input)]
    extracted = results(Extraction(model), documents, jobs)
    to_read = set(documents)
    for input in rereadable:
        if input in to_read:
            yield with_own(decoded(next(extracted).line), own)
        else:
            for report in _records(input.path):
                yield with_own(report, own)


def decoded(line: bytes) -> Report:
    """Return the report of a record as JSON."""
    return _decoder.decode(line)


def find_inputs(paths: Sequence[str]) -> list[Input]:
    """Return the documents that paths name, those of folders included; without any, the files of records.

    So a folder that `extract` wrote its records to can be named as well.
    """
    inputs = find(paths)
    if inputs:
        return inputs
    with suppress(record_files.NoFile):
        return [Input(path) for path in record_files.find(paths)]
    return []


def _rereadable(input: Input) -> Input:
    """Return an input that can be read twice: of a document on standard input its bytes, others unchanged."""
    if input.path != STANDARD_INPUT or _names_schema(_peeked()):
        return input
    try:
        return BytesInput(input.path, input.folder, input.read())
    except Unreadable:
        return input


def _peeked() -> bytes:
    """Return the first bytes on standard input, which stay there."""
    peek = getattr(getattr(sys.stdin, "buffer", None), "peek", None)
    return peek(_BEGINNING)[:_BEGINNING] if peek else b""


def holds_records(input: Input) -> bool:
    """Return whether an input is a file of records, by how it begins."""
    if isinstance(input, BytesInput):
        return _names_schema(input.content[:_BEGINNING])
    if input.path == STANDARD_INPUT:
        return _names_schema(_peeked())
    return (input.is_elsewhere or os.path.isfile(input.path)) and _names_schema(_beginning(input.path))


def _beginning(path: str) -> bytes:
    """Return the first bytes of a file, decompressed; none if it cannot be read."""
    with suppress(OSError, EOFError, zlib.error), _opened(path) as file:
        if not file.peek(2).startswith(_GZIP):
            return file.read(_BEGINNING)
        with gzip.open(file) as decompressed:
            return decompressed.read(_BEGINNING)
    return b""


def _opened(path: str) -> AbstractContextManager[BufferedReader]:
    return files.opened(path) if is_address(path) else open(path, "rb")


def _names_schema(beginning: bytes) -> bool:
    """Return whether a text begins as a record or a list of records does, on one line or several."""
    text = beginning.removeprefix(_BYTE_ORDER_MARK).lstrip()
    return text.startswith((b"{", b"[")) and any(schema.encode() in text for schema in READABLE)


def _records(path: str) -> Iterator[Report]:
    try:
        for raw in record_files.raw_records(path):
            yield _record(raw.origin, raw.content)
    except record_files.UnreadableFile as reason:
        yield _unread(path, Failure("unreadable", str(reason)))


def _record(origin: str, content: bytes) -> Report:
    try:
        return decoded(content)
    except MALFORMED as reason:
        return _unread(origin, Failure("bad_record", f"{origin}: this is no record of {SCHEMA} ({reason})."))


def _unread(origin: str, why: Failure) -> Report:
    return Report(source=reader.nothing_of(Input(origin)), error=why)
