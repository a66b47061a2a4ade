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
    """What was there already: how many records, how many of them failures or to be reviewed."""

    records: int = 0
    failed: int = 0
    to_review: int = 0


class _Path(Struct):
    path: str


class _Record(Struct):
    """What of a record tells whose it is and what became of it."""

    source: _Path
    review: list[Raw] = []
    error: Raw | None = None


_decoder = json.Decoder(_Record)


def take_up(file: BinaryIO, part: Path, inputs: Sequence[Input], settings: bytes) -> Kept:
    """Leave in `file` what fits the inputs, one record each in their order, and stand behind it.

    `settings` are all that a record depends on beside its input: when another program, model or option
    began the file, nothing of it is kept.
    """
    kept, end = (Kept(), 0) if _read(_beside(part)) != settings else _fitting(file, inputs)
    file.seek(end)
    file.truncate()
    keep(_beside(part), settings)
    return kept


def begin(file: BinaryIO, part: Path, settings: bytes) -> Kept:
    """Begin the records anew, so that a later run can go on with them."""
    file.seek(0)
    file.truncate()
    keep(_beside(part), settings)
    return Kept()


def forget(part: Path) -> None:
    """Remove what told how the records were begun, once there are none left to go on with."""
    if not part.exists():
        _beside(part).unlink(missing_ok=True)


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".settings")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _fitting(file: BinaryIO, inputs: Sequence[Input]) -> tuple[Kept, int]:
    """Return what the records that fit the inputs amount to, and where they end."""
    kept, end = Kept(), 0
    for input, (line, record) in zip(inputs, _records(file), strict=False):
        if record.source.path != input.shown_path:
            break
        kept = Kept(
            kept.records + 1, kept.failed + (record.error is not None), kept.to_review + bool(record.review)
        )
        end += line
    return kept, end


def _records(file: BinaryIO) -> Iterator[tuple[int, _Record]]:
    """Yield each whole record with the length of its line; a line that was torn ends them."""
    file.seek(0, os.SEEK_SET)
    for line in file:
        if not line.endswith(b"\n"):
            return
        try:
            yield len(line), _decoder.decode(line)
        except DecodeError:
            return
