"""Keeps the records of a batch on the disk as they come, and goes on with those that are there."""

from __future__ import annotations

import gzip
import io
import os
import time
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from msgspec import UNSET, json

from nlp.reading.document import Unreadable
from nlp.reading.inputs import STANDARD_INPUT, Input
from nlp.record.malformed import MALFORMED
from nlp.record.model import Report
from nlp.writers import jsonl
from nlp.writers.unfinished import Unfinished, write_all

_BETWEEN_SYNCS = 10.0
"""In seconds: what a power cut can cost of the records that were written."""
_FETCHED_TOGETHER = 8
"""How many inputs are read at a time to know their content."""
_GZIP = b"\x1f\x8b"

_decoder = json.Decoder(Report)


class Place(NamedTuple):
    """Where a record of the batch stands, in bytes, and whether it failed or is to be reviewed."""

    start: int
    length: int
    needs_look: bool


@dataclass
class BatchFile:
    """The records of a batch, one a line in the order in which they came, in its unfinished file.

    A run that is killed leaves them there; `take_up` gives them to the next one. `places` holds the records
    that were kept or added, by the number of their input.
    """

    unfinished: Unfinished
    places: dict[int, Place] = field(default_factory=dict)
    _end: int = 0
    _synced: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        """Forget what an earlier run has left."""
        self._file.truncate(0)

    def take_up(self, inputs: Sequence[Input], made_with: str, finished: str | None) -> int:
        """Keep the records that the inputs have still, and return how many there are.

        Kept is the record of an input that has the same path and content as when it was read, with the same
        version, model and options (`made_with`); what failed is tried again. The records are those in the
        unfinished file, and those in the `finished` file of an earlier run, if one is named.
        """
        known = dict(self._take_lines(made_with))
        if finished is not None:
            known.update(self._take_finished(Path(finished), made_with, known))
        paths = {path for path, _ in known}
        same_paths = {
            n: input
            for n, input in enumerate(inputs)
            if input.path != STANDARD_INPUT and input.shown_path in paths
        }
        for n, hash in zip(same_paths, _content_hashes(same_paths.values()), strict=True):
            place = known.get((inputs[n].shown_path, hash))
            if place is not None:
                self.places[n] = place
        return len(self.places)

    def add(self, n: int, line: bytes, needs_look: bool) -> None:
        """Write the record of input `n`."""
        self.places[n] = self._append(line, needs_look)
        now = time.monotonic()
        if now - self._synced > _BETWEEN_SYNCS:
            os.fsync(self._file.fileno())
            self._synced = now

    def is_in_order(self) -> bool:
        """Return whether the unfinished file holds the records of the inputs in their order, nothing else."""
        end = 0
        for n in sorted(self.places):
            if self.places[n].start != end:
                return False
            end += self.places[n].length
        return end == self._end

    def lines(self, only_to_look_at: bool = False) -> Iterator[bytes]:
        """Yield the records in the order of their inputs; if wanted only those that need a look."""
        for n in sorted(self.places):
            if self.places[n].needs_look or not only_to_look_at:
                yield self._line(self.places[n])

    def _line(self, place: Place) -> bytes:
        self._file.seek(place.start)
        return _exactly(self._file, place.length)

    @property
    def _file(self) -> io.FileIO:
        return self.unfinished.file

    def _append(self, line: bytes, needs_look: bool) -> Place:
        place = Place(self._end, len(line), needs_look)
        write_all(self._file, line)
        self._end += len(line)
        return place

    def _take_lines(self, made_with: str) -> Iterator[tuple[tuple[str, str], Place]]:
        """Yield path, hash and place of the records in the unfinished file, and cut a torn last line off."""
        self._file.seek(0)
        with open(os.dup(self._file.fileno()), "rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                report = _kept(line, made_with)
                if report is not None:
                    yield _key(report), Place(self._end, len(line), bool(report.review))
                self._end += len(line)
        self._file.truncate(self._end)
        self._file.seek(0, os.SEEK_END)

    def _take_finished(
        self, path: Path, made_with: str, known: dict[tuple[str, str], Place]
    ) -> Iterator[tuple[tuple[str, str], Place]]:
        """Copy the records of a finished file to the unfinished one, but those that are there already."""
        for line in _lines_of(path):
            report = _kept(line, made_with)
            if report is not None and _key(report) not in known:
                yield _key(report), self._append(line, bool(report.review))


def _key(report: Report) -> tuple[str, str]:
    return report.source.path, report.source.sha256


def _kept(line: bytes, made_with: str) -> Report | None:
    """Return the record on a line if this program, set as it is, would write the same for the same file."""
    try:
        report = _decoder.decode(line)
    except MALFORMED:  # torn by a crash, or never a record
        return None
    if report.error is not UNSET or report.made_with != made_with or jsonl.line(report) != line:
        return None
    return report


def _content_hashes(inputs: Iterable[Input]) -> Iterator[str]:
    """Yield the SHA-256 of each input, several at a time: those at addresses take their time."""
    waiting: deque[Future[str]] = deque()
    with ThreadPoolExecutor(_FETCHED_TOGETHER) as fetching:
        for input in inputs:
            waiting.append(fetching.submit(_content_hash, input))
            if len(waiting) >= _FETCHED_TOGETHER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _content_hash(input: Input) -> str:
    """Return the SHA-256 of an input; "", which is that of no record, where it cannot be read."""
    try:
        return sha256(input.read()).hexdigest()
    except Unreadable:
        return ""


def _lines_of(path: Path) -> Iterable[bytes]:
    """Yield the lines of a file, decompressed; none from where it is damaged, or if it is not there."""
    with suppress(OSError, EOFError, zlib.error), path.open("rb") as file:
        lines: Iterable[bytes] = file
        if file.read(len(_GZIP)) == _GZIP:
            lines = cast("BinaryIO", gzip.open(path))  # noqa: SIM115 closed with the last reference
        file.seek(0)
        for line in lines:
            if line.endswith(b"\n"):
                yield line


def _exactly(file: io.FileIO, length: int) -> bytes:
    """Return so many bytes of a file."""
    content = bytearray()
    while len(content) < length:
        more = file.read(length - len(content))
        if not more:
            raise OSError(0, "its unfinished file was changed by another program")
        content += more
    return bytes(content)
