"""Goes on with records that an interrupted run began to write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec import DecodeError, Raw, Struct, json

from nlp.reading.inputs import Input
from nlp.writers.output import keep


class Kept(NamedTuple):
    """How many records were there already, and how many of them are failures or to be reviewed."""

    records: int = 0
    failed: int = 0
    to_review: int = 0


class _Path(Struct):
    path: str


class _Record(Struct):
    """The part of a record that tells its source and whether it failed or needs review."""

    source: _Path
    review: list[Raw] = []
    error: Raw | None = None


_decoder = json.Decoder(_Record)


def take_up(file: BinaryIO, part: Path, inputs: Sequence[Input], settings: bytes) -> Kept:
    """Keep the records in `file` that fit the inputs, one each in their order, and go to the end of them.

    `settings` are all that a record depends on beside its input: when another program, model or option
    began the file, nothing of it is kept.
    """
    kept, end = Kept(), 0
    if _read(_settings_file(part)) == settings:
        kept, end = _fitting(file, inputs)
    file.seek(end)
    file.truncate()
    keep(_settings_file(part), settings)
    return kept


def begin(file: BinaryIO, part: Path, settings: bytes) -> Kept:
    """Empty the file and note the settings, so that a later run can go on with it."""
    file.seek(0)
    file.truncate()
    keep(_settings_file(part), settings)
    return Kept()


def forget(part: Path) -> None:
    """Remove the note of the settings, once there are no records left to go on with."""
    if not part.exists():
        _settings_file(part).unlink(missing_ok=True)


def _settings_file(part: Path) -> Path:
    return part.with_name(part.name + ".settings")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _fitting(file: BinaryIO, inputs: Sequence[Input]) -> tuple[Kept, int]:
    """Count the records that fit the inputs, and return the offset where they end as well."""
    records = failed = to_review = end = 0
    for input, (length, record) in zip(inputs, _records(file), strict=False):
        if record.source.path != input.shown_path:
            break
        records += 1
        failed += record.error is not None
        to_review += bool(record.review)
        end += length
    return Kept(records, failed, to_review), end


def _records(file: BinaryIO) -> Iterator[tuple[int, _Record]]:
    """Yield each record with the length of its line in bytes, up to the first line that is not whole."""
    file.seek(0, os.SEEK_SET)
    for line in file:
        if not line.endswith(b"\n"):
            return
        try:
            yield len(line), _decoder.decode(line)
        except DecodeError:
            return
