"""Puts pages, those with text and those recognised in pictures, together to the text of a document."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nlp.reading.document import (
    CharacterBoxes,
    DecodedText,
    Doubt,
    GivenCell,
    GivenTable,
    PlacedText,
    Positions,
    Recognition,
)
from nlp.reading.pdf.furniture import without_furniture
from nlp.reading.pdf.paragraphs import text
from nlp.reading.pdf.sheet import Sheet
from nlp.reading.pdf.tables import given_tables
from nlp.reading.pdf.writing import TextRun, Writing
from nlp.reading.scan.page import Note, ScannedPage

_LEAST_TEXT = 20
"""In characters: a document with less text holds pictures of its pages."""
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""Stand for characters whose font does not say which they are."""

ToPoints = Callable[[CharacterBoxes], CharacterBoxes]
"""Turns boxes in pixels of a picture of a page, from its upper left corner, into boxes on the page."""


@dataclass(frozen=True)
class Scan:
    """A page that was recognised in its picture, and where its boxes are on the page that people see."""

    page: ScannedPage
    to_points: ToPoints

    def placed(self, boxes: CharacterBoxes) -> CharacterBoxes:
        """Return boxes of the page set straight where they are on the page that people see."""
        return self.to_points(self.page.on_picture(boxes))


def decoded(sheets: Sequence[Sheet], scans: Mapping[int, Scan], engine: str) -> DecodedText:
    """Return the text of pages with the places of its characters and its tables.

    `scans` are the pages, by their numbers, that the engine with a name recognised.
    """
    written, rows = text(without_furniture(sheets))
    whole, starts, runs, starts_of_parts = _joined(written)
    tables = given_tables(rows, starts_of_parts)
    positions = Positions(starts, _on_pages(runs, scans))
    if not scans:
        return DecodedText(whole, None, len(_UNKNOWN.findall(whole)), positions, tables)
    recognition = _recognition(whole, starts, runs, tables, scans, engine)
    return DecodedText(whole, None, 0, positions, tables, recognition=recognition)


def holds_too_little(document: DecodedText) -> bool:
    """Return whether a document holds pictures of its pages: little text, or hardly a character is known."""
    return len(document.text) - document.replaced < max(_LEAST_TEXT, document.replaced)


def _joined(written: Writing) -> tuple[str, list[int], list[TextRun], list[int]]:
    """Return the text of the parts, its runs and where these begin, and where each part begins."""
    starts_of_parts: list[int] = []
    texts: list[str] = []
    starts: list[int] = []
    runs: list[TextRun] = []
    length = 0
    for part in written:
        starts_of_parts.append(length)
        if isinstance(part, str):
            piece = part
        else:
            piece = part.text
            starts.append(length)
            runs.append(part)
        texts.append(piece)
        length += len(piece)
    return "".join(texts), starts, runs, starts_of_parts


def _on_pages(runs: Sequence[TextRun], scans: Mapping[int, Scan]) -> Sequence[PlacedText]:
    """Return runs with their boxes on the pages that people see."""
    if not scans:
        return runs
    seen: dict[int, CharacterBoxes] = {}
    placed: list[PlacedText] = []
    for run in runs:
        scan = scans.get(run.boxes.page)
        if scan is None:
            placed.append(run)
            continue
        if run.boxes.page not in seen:
            seen[run.boxes.page] = scan.placed(run.boxes)
        placed.append(PlacedText(run.text, seen[run.boxes.page], run.first, run.last))
    return placed


def _recognition(
    whole: str,
    starts: Sequence[int],
    runs: Sequence[TextRun],
    tables: Sequence[GivenTable],
    scans: Mapping[int, Scan],
    engine: str,
) -> Recognition:
    """Return how sure each character is, and which numbers of tables are in doubt."""
    scores = array("f", [1.0]) * len(whole)
    doubtful: dict[int, tuple[str, ...]] = {}
    for start, run in zip(starts, runs, strict=True):
        scan = scans.get(run.boxes.page)
        if scan is None:
            continue
        for n in range(run.first, run.last):
            note: Note | None = scan.page.notes.get((run.boxes.left[n], run.boxes.bottom[n]))
            if note is None:
                continue
            place = start + n - run.first
            scores[place] = note.score
            if note.options is not None:
                doubtful.setdefault(place, note.options)
    doubts = [
        Doubt(cell.start, cell.end, doubtful[cell.start])
        for cell in _cells(tables)
        if cell.start < cell.end and cell.start in doubtful
    ]
    doubts.sort()
    return Recognition(engine, tuple(sorted(scans)), scores, tuple(doubts))


def _cells(tables: Sequence[GivenTable]) -> list[GivenCell]:
    return [cell for table in tables for row in table.rows for cell in row]
