"""What reading gives: a document with its text, its source and positions on pages, or an error."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple, Protocol

from nlp.record.model import Place, Source, Span

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points, from the lower left corner of the page set upright."""


class Unreadable(Exception):
    """A document gave no text. `code` is the reason for programs, `message` the one for people.

    `source` is what is known of the file; None where its bytes could not be read.
    """

    def __init__(self, code: str, message: str, source: Source | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.source = source


class CharacterBoxes(NamedTuple):
    """The boxes of all characters of a page, each side in a list with an entry for each character.

    `page` counts from 1. Sides are in PDF points from the lower left corner of the page set upright.
    """

    page: int
    left: list[float]
    bottom: list[float]
    right: list[float]
    top: list[float]


class PlacedText(NamedTuple):
    """A piece of text that a page prints: the characters from `first` up to `last`, excluded, of `boxes`.

    `text` holds one character for each of them.
    """

    text: str
    boxes: CharacterBoxes
    first: int
    last: int


@dataclass(frozen=True)
class Positions:
    """The places on pages of the characters of a text.

    `starts` are the positions in the text, ascending, at which the pieces in `stretches` begin. Characters
    between two pieces, such as line feeds and tabs, stand on no page.

    >>> boxes = CharacterBoxes(1, [10.0, 20.0], [5.0, 5.0], [20.0, 30.0], [15.0, 16.0])
    >>> Positions([4], [PlacedText("17", boxes, 0, 2)]).of((5, 9))
    (1, (20.0, 5.0, 30.0, 16.0))
    """

    starts: Sequence[int]
    stretches: Sequence[PlacedText]

    def of(self, span: Span) -> tuple[int, Box] | None:
        """Return the page, from 1, and the box of a span of the text; None where no page prints any of it.

        Of a span over several pages the part on the first one counts. Sides are rounded to 0.1 points.
        """
        parts = self._parts(span)
        if not parts:
            return None
        page_boxes = parts[0][0]
        boxes = [_box_around(boxes, first, last) for boxes, first, last in parts if boxes is page_boxes]
        left, bottom, right, top = boxes[0] if len(boxes) == 1 else _box_around_all(boxes)
        return page_boxes.page, (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1))

    def _parts(self, span: Span) -> list[tuple[CharacterBoxes, int, int]]:
        """Return the characters of pages, first and behind the last, that a span of the text covers."""
        start, end = span
        parts = []
        for n in range(max(bisect_right(self.starts, start) - 1, 0), len(self.starts)):
            stretch_start = self.starts[n]
            if stretch_start >= end:
                break
            _, boxes, first, last = self.stretches[n]
            first_covered = max(first, first + start - stretch_start)
            end_covered = min(last, first + end - stretch_start)
            if first_covered < end_covered:
                parts.append((boxes, first_covered, end_covered))
        return parts


def _box_around(boxes: CharacterBoxes, first: int, last: int) -> Box:
    """Return the box around the characters from `first` up to `last`, excluded, of a page."""
    if last - first == 1:
        return boxes.left[first], boxes.bottom[first], boxes.right[first], boxes.top[first]
    covered = slice(first, last)
    return (
        min(boxes.left[covered]),
        min(boxes.bottom[covered]),
        max(boxes.right[covered]),
        max(boxes.top[covered]),
    )


def _box_around_all(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


class Places(Protocol):
    """Tells where a span of a text stands in a document without pages."""

    def of(self, span: Span) -> Place | None:
        """Return the place of a span; None where there is none."""


class GivenCell(NamedTuple):
    """A cell of a table as the file gives it.

    `row` and `column`, from 0, are its place in the grid of its table, `row_span` and `column_span` how many
    rows and columns it covers. Its text is `text[start:end]` of the document, empty where `start == end`.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int

    def moved(self, by: int) -> GivenCell:
        """Return the cell with its text so many characters further on."""
        return self._replace(start=self.start + by, end=self.end + by)


class GivenTable(NamedTuple):
    """A table as the file gives it: for each row the cells that begin in it, from the left.

    Rows without text have their cells as well; these are empty and stand behind the row before. A page break
    may tear a row in two, and cuts a cell over several rows into one for each page.
    """

    rows: tuple[tuple[GivenCell, ...], ...]


class Doubt(NamedTuple):
    """Recognised characters, `text[start:end]`, that may be others: `options` are what they may be.

    No options stand for writing of which nothing could be recognised.
    """

    start: int
    end: int
    options: tuple[str, ...]


@dataclass(frozen=True)
class Recognition:
    """How the text of pictures was recognised (OCR).

    `engine` names what did it, with its version; `pages` are the pages, from 1, that it read. `scores` is the
    probability, 0 to 1, that a character of the text is right, 1 for those that the file itself gives;
    `doubts` are numbers of tables that may be others, in the order of the text.
    """

    engine: str
    pages: tuple[int, ...]
    scores: Sequence[float]
    doubts: tuple[Doubt, ...] = ()

    def score(self, span: Span) -> float:
        """Return the probability that all characters of a span are right.

        >>> round(Recognition("an engine", (1,), [1.0, 0.9, 0.9]).score((0, 3)), 2)
        0.81
        """
        return prod(self.scores[slice(*span)])

    def doubt(self, span: Span) -> Doubt | None:
        """Return the first doubt about characters of a span; None where there is none."""
        start, end = span
        place = bisect_right(self.doubts, start, key=lambda doubt: doubt.end)
        if place < len(self.doubts) and self.doubts[place].start < end:
            return self.doubts[place]
        return None


@dataclass(frozen=True)
class DecodedText:
    """What the reader of a format makes of a file's bytes.

    `encoding` is None for formats that do not leave it open; `replaced` counts the characters that could
    not be decoded; `positions` is None for formats without pages; `tables` is empty for formats without
    cells, such as plain text; `places` is None for formats with neither tables, paragraphs nor sheets of
    their own. `recognition` is None where nothing was recognised in pictures; `damaged_pages` are those,
    from 1, whose characters seem to be others than the page shows.
    """

    text: str
    encoding: str | None
    replaced: int = 0
    positions: Positions | None = None
    tables: tuple[GivenTable, ...] = ()
    places: Places | None = None
    recognition: Recognition | None = None
    damaged_pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """A decoded text, its source, and what the file gives beside it.

    `positions` are the places of its characters on pages, None for formats without pages; `tables` are the
    tables with cells, in the order of the text, empty for formats without cells. Every span of a record and
    of a table is a span of `text`. `places`, `recognition` and `damaged_pages` are those of DecodedText.
    """

    source: Source
    text: str
    positions: Positions | None = None
    tables: tuple[GivenTable, ...] = ()
    places: Places | None = None
    recognition: Recognition | None = None
    damaged_pages: tuple[int, ...] = ()
