"""Knows what is open at the desk: the records, the decisions, where documents lie, what reads new ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from nlp.desk import decoding, documents
from nlp.desk.documents import NoDocument
from nlp.desk.filters import Filter
from nlp.desk.labels import Labels
from nlp.desk.log import Log
from nlp.desk.pictures import PICTURES
from nlp.desk.questions import first_question
from nlp.desk.shelf import Shelf
from nlp.desk.spots import Spot, spot_of
from nlp.reading.inputs import BytesInput, Input
from nlp.record import files
from nlp.record.model import Report
from nlp.running.batch import results
from nlp.running.extraction import Extraction

_PDF = "application/pdf"


class Opened(NamedTuple):
    """What a person opened: files of records, documents to read, folders with the documents of records."""

    records: Sequence[str] = ()
    inputs: Sequence[Input] = ()
    folders: Sequence[str] = ()


class Desk:
    """What is open.

    `model` is the folder of the line model, None for the shipped one; `jobs` documents are read at a time;
    `labels` keeps label files, None where no lines are to be labelled.
    """

    def __init__(
        self,
        opened: Opened,
        log: Log,
        model: Path | None = None,
        jobs: int = 1,
        labels: Labels | None = None,
    ) -> None:
        self.labels = labels
        self._model = model
        self.log = log
        self.shelf = Shelf(log)
        self.amiss = ""
        self._opened = opened
        self._work = Extraction(model)
        self._jobs = jobs
        self._reading = Lock()

    def load(self, tick: Callable[[], None] = lambda: None) -> None:
        """Open everything; the list grows meanwhile. What cannot be read is told in `amiss`."""
        self.shelf.is_loading = True
        try:
            for path in self._opened.records:
                for raw in files.raw_records(path):
                    self.shelf.add_raw(path, raw)
                    tick()
            self._read(self._opened.inputs)
        except (OSError, files.UnreadableFile) as reason:
            self.amiss = str(reason)
        finally:
            self.shelf.is_loading = False

    def take_in(self, name: str, content: bytes) -> None:
        """Read a document that was dropped on the desk, within the limits of any other."""
        self._read([BytesInput(name, content=content)])

    def document(self, number: int, report: Report) -> Input:
        """Return the document of a record; raises NoDocument."""
        input = self.shelf.input(number)
        if input is None:
            return documents.input_of(report.source, self._opened.folders)
        return documents.unchanged(input, report.source)

    def spot(self, number: int, report: Report, field: str) -> Spot:
        """Return where a field of a record stands, on the page of a PDF as well; raises NoDocument."""
        spot = spot_of(field, report)
        if not self.has_pages(report) or spot.page is not None or spot.span is None:
            return spot
        placed = decoding.place(self.document(number, report), report.source.sha256, spot.span)
        return spot if placed is None else spot._replace(page=placed[0], box=placed[1])

    def text(self, number: int, report: Report) -> str:
        """Return the decoded text of a record's document; raises NoDocument."""
        return decoding.text(self.document(number, report), report.source.sha256)

    def text_if_there(self, number: int, report: Report) -> str | None:
        """Return the decoded text of a record's document, None where that cannot be read."""
        try:
            return self.text(number, report)
        except NoDocument:
            return None

    def drafted(self, number: int, report: Report) -> decoding.Drafted:
        """Return the text and the labelled lines of a record's document; raises NoDocument."""
        return decoding.drafted(self.document(number, report), report.source.sha256, self._model)

    def next(self, number: int, wanted: Filter) -> int | None:
        """Return the next report behind a number with something left; None where there is none."""
        for entry in self.shelf.following(number):
            if entry.left and wanted.lets_through(entry):
                return entry.number
        return None

    def prepare_next(self, number: int, wanted: Filter) -> None:
        """Make ready, beside other work, what the page about the next report will show of its document."""
        Thread(target=self._prepare, args=(number, wanted), daemon=True).start()

    def _prepare(self, number: int, wanted: Filter) -> None:
        following = self.next(number, wanted)
        if following is None:
            return
        report = self.shelf.decided(following)
        with suppress(NoDocument):
            page = self.spot(following, report, first_question(report)).page
            if page and self.has_pages(report):
                decoding.picture(self.document(following, report), report.source.sha256, page)
            else:
                self.text(following, report)

    def has_pages(self, report: Report) -> bool:
        """Return whether a document has pages that can be drawn."""
        return report.source.media_type in (_PDF, *PICTURES)

    def _read(self, inputs: Iterable[Input]) -> None:
        """Read documents onto the shelf, in processes; one batch at a time."""
        pending = list(inputs)
        with self._reading:
            for input, extracted in zip(pending, results(self._work, pending, self._jobs), strict=True):
                self.shelf.add(extracted.line, input)
