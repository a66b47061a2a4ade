"""Loads the records that people corrected or confirmed, and gold records, each with its document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import UNSET

from nlp.desk.documents import NoDocument, input_of
from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.record.model import Source
from training.records.known import KnownRecord
from training.scoring import files
from training.scoring.gold import Record
from training.scoring.placed import Placed, name_without_ending

ENDINGS = (".json", ".jsonl", ".ndjson")
"""The endings of files of records; every other file is a label file."""

_NOBODY_LOOKED = "nobody decided anything of it (`nianbao apply`), so that nothing is known of it; left out"
_NO_DOCUMENT = (
    "its document is not below {folders}, or is another one now: name its folder with --pages; left out"
)


class Loaded(NamedTuple):
    """The records whose documents are there, and a line for each record that is left out, and why."""

    known: list[KnownRecord]
    left_out: list[str]


def load(paths: Sequence[str], folders: Sequence[str]) -> Loaded:
    """Return the records in some files with their documents, which lie below the folders.

    The document of a record is found by its path and hash, that of a gold record with a plain source by its
    name. Raises Unscorable where a file holds something else than records.
    """
    known: list[KnownRecord] = []
    left_out: list[str] = []
    for placed in (placed for path in paths for placed in files.load(path)):
        record = placed.read()
        if placed.sha256 and record.read is UNSET:
            left_out.append(f"{placed.origin}: {_NOBODY_LOOKED}.")
            continue
        document = _known(placed, record, folders)
        if document is None:
            left_out.append(f"{placed.origin}: {_NO_DOCUMENT.format(folders=', '.join(folders))}.")
        else:
            known.append(document)
    return Loaded(known, left_out)


def _known(placed: Placed, record: Record, folders: Sequence[str]) -> KnownRecord | None:
    input = _input(record, folders)
    if input is None:
        return None
    try:
        document = reader.read(input)
    except Unreadable:
        return None
    kind = Path(input.path).absolute().parent.name
    return KnownRecord(placed.key, document.text, record, kind, document)


def _input(record: Record, folders: Sequence[str]) -> Input | None:
    """Return the document of a record; None where it is not there, or several have its name."""
    if isinstance(record.source, str) or not record.source.sha256:
        wanted = name_without_ending(record.name)
        named = [input for input in find(folders) if name_without_ending(input.name) == wanted]
        return named[0] if len(named) == 1 else None
    path = record.source.path or record.source.name
    source = Source(record.source.name, path, record.source.sha256, "", None, 0, 0)
    try:
        return input_of(source, folders)
    except NoDocument:
        return None
