"""Keeps the records that were opened: in memory what the list shows of each, the rest where it lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from tempfile import TemporaryFile
from threading import RLock
from typing import BinaryIO

from msgspec import UNSET, Struct, UnsetType, json

from nlp.correcting.applying import applied
from nlp.desk.log import Log
from nlp.desk.questions import questions
from nlp.reading.inputs import Input
from nlp.record.corrections import Decision
from nlp.record.files import RawRecord
from nlp.record.malformed import MALFORMED
from nlp.record.model import Failure, Report, Review, Source, report_id

_decoder = json.Decoder(Report)


class _Place(Struct, frozen=True, gc=False):
    """Bytes of an open file: its number among the shelf's, where they begin, how many they are."""

    file: int
    offset: int
    length: int


class Entry(Struct, gc=False):
    """What the list shows of a record; `number` counts the records that were opened, from 0.

    `left` is how many things it asks a person to decide, `codes` are the reasons why; `failure` says why
    its document could not be read, "" where it was.
    """

    number: int
    id: str
    name: str
    path: str
    organization: str | None
    year: int | None
    codes: tuple[str, ...]
    left: int
    failure: str
    decided: int = 0


class _Glance(Struct):
    """The part of a record that an entry is made of: the rest is not decoded, which is much faster."""

    source: Source
    id: str = ""
    organization: str | None = None
    year: int | None = None
    review: list[Review] = []
    corrections: list[Decision] | UnsetType = UNSET
    error: Failure | UnsetType = UNSET


_glance = json.Decoder(_Glance)


class Shelf:
    """The records that were opened, by their numbers.

    Lines of plain files stay where they are. What has no such place (records in compressed files, of
    documents that were just read) is kept in a temporary file without a name. `left` is how many things all
    of them ask a person to decide.
    """

    def __init__(self, log: Log) -> None:
        self.entries: list[Entry] = []
        self.is_loading = False
        self.left = 0
        self._log = log
        self._places: list[_Place] = []
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._codes: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._files: list[BinaryIO] = [TemporaryFile(prefix="nianbao-desk-")]  # noqa: SIM115 open as long as the desk
        self._number_of_file: dict[str, int] = {}
        self._inputs: dict[int, Input] = {}
        self._lock = RLock()

    def add_raw(self, path: str, raw: RawRecord) -> None:
        """Add a record of a file of records; a line that is none is shown as one that could not be read."""
        if raw.offset is None:
            self.add(raw.content, None, raw.origin)
            return
        with self._lock:
            if path not in self._number_of_file:
                self._number_of_file[path] = len(self._files)
                self._files.append(open(path, "rb"))  # noqa: SIM115 open as long as the desk
            place = _Place(self._number_of_file[path], raw.offset, len(raw.content))
            self._enter(raw.content, place, raw.origin)

    def add(self, content: bytes, input: Input | None, origin: str = "") -> int:
        """Add a record as JSON, of the document `input` if that is known; return its number."""
        with self._lock:
            self._enter(content, self._kept(content), origin)
            number = len(self.entries) - 1
            if input is not None:
                self._inputs[number] = input
            return number

    def report(self, number: int) -> Report:
        """Return a record as it was opened, without what was decided here."""
        with self._lock:
            place = self._places[number]
            file = self._files[place.file]
            file.seek(place.offset)
            content = file.read(place.length)
        try:
            return _decoder.decode(content)
        except MALFORMED:
            return _no_record(self.entries[number].path)

    def decided(self, number: int) -> Report:
        """Return a record with what was decided about it, here or by others whose decisions the file has."""
        report = self.report(number)
        return applied(report, self._log.of(report.id))

    def input(self, number: int) -> Input | None:
        """Return the document of a record that was read here; None for a record that was opened as such."""
        return self._inputs.get(number)

    def refresh(self, id: str) -> None:
        """Bring the entries of a report up to date with what was decided."""
        for number in self._numbers.get(id, ()):
            self._update(self.entries[number])

    def number(self, id: str) -> int:
        """Return the number of the first record of a report."""
        return self._numbers[id][0]

    def following(self, number: int) -> Iterator[Entry]:
        """Yield the entries behind a number, then those from the first up to it."""
        entries = self.entries
        yield from entries[number + 1 :]
        yield from entries[: number + 1]

    def _kept(self, content: bytes) -> _Place:
        file = self._files[0]
        offset = file.seek(0, 2)
        file.write(content)
        return _Place(0, offset, len(content))

    def _enter(self, content: bytes, place: _Place, origin: str) -> None:
        number = len(self.entries)
        try:
            glance = _glance.decode(content)
        except MALFORMED:
            glance = _Glance(_no_record(origin).source, error=_BAD_RECORD)
        id = glance.id or report_id(glance.source.sha256)
        codes = tuple(dict.fromkeys(review.code for review in glance.review))
        entry = Entry(
            number,
            id,
            glance.source.name,
            glance.source.path,
            glance.organization,
            glance.year,
            self._codes.setdefault(codes, codes),
            len(questions(glance.review, glance.corrections)),
            "" if glance.error is UNSET else glance.error.code,
        )
        self.left += entry.left
        self._places.append(place)
        self._numbers[id].append(number)
        self.entries.append(entry)
        if self._log.of(id):
            self._update(entry)

    def _update(self, entry: Entry) -> None:
        report = self.decided(entry.number)
        entry.organization, entry.year = report.organization, report.year
        entry.codes = tuple(dict.fromkeys(review.code for review in report.review))
        left = len(questions(report.review, report.corrections))
        self.left += left - entry.left
        entry.left = left
        entry.decided = 0 if report.corrections is UNSET else len(report.corrections)


_BAD_RECORD = Failure("bad_record", "this line is no record of nianbao.")


def _no_record(origin: str) -> Report:
    """Return a record that says that a line is none."""
    return Report(source=Source(origin, origin, "", "", None, 0, 0), error=_BAD_RECORD)
