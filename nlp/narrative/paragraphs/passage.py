"""Running text joined into paragraphs, each character of which knows its place in the decoded text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.paragraph_starts import Layout
from nlp.narrative.paragraphs.squeezed import readable
from nlp.record.model import Span
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_WORD = re.compile(rf"[^{HOLE}\s]+")
_FIRST_CHINESE = "\u2e80"


class Passage(Struct, frozen=True):
    """Paragraphs with a line feed between them: `text` as printed, `folded` as read.

    `places` are the positions in `text` at which a piece of a line starts, `offsets` where that piece
    starts in the decoded text, `numbers` which line it is on, from 1.
    """

    text: str
    folded: str
    places: list[int]
    offsets: list[int]
    numbers: list[int]

    def span(self, start: int, end: int) -> Span:
        """Return the offsets in the decoded text of `text[start:end]`."""
        return self._offset(start), self._offset(end - 1) + 1

    def lines(self, start: int, end: int) -> Span:
        """Return the numbers of the first and the last line of `text[start:end]`."""
        return self.numbers[self._piece(start)], self.numbers[self._piece(end - 1)]

    def within(self, first: int, last: int) -> Passage:
        """Return what stands on the lines from number `first` to number `last`."""
        start = bisect_left(self.numbers, first)
        end = bisect_right(self.numbers, last)
        if start >= end:
            return Passage("", "", [], [], [])
        begin = self.places[start]
        stop = self.places[end] if end < len(self.places) else len(self.text)
        places = [place - begin for place in self.places[start:end]]
        text = self.text[begin:stop].rstrip("\n")
        folded = self.folded[begin:stop].rstrip("\n")
        return Passage(text, folded, places, self.offsets[start:end], self.numbers[start:end])

    def _offset(self, place: int) -> int:
        piece = self._piece(place)
        return self.offsets[piece] + place - self.places[piece]

    def _piece(self, place: int) -> int:
        return max(bisect_right(self.places, place) - 1, 0)


class _Piece(NamedTuple):
    """Columns of a line that are printed, with the space that is printed before them, if any."""

    space: str
    first: int
    last: int


def join(kept: Sequence[Line], lines: Sequence[Line], layout: Layout, extent: Extent) -> Passage:
    """Return the `kept` lines of an extent as paragraphs; `lines` are those of the whole document."""
    writer = _Writer()
    before: Line | None = None
    for line in kept:
        if before is not None:
            torn = any(lines[between].plain for between in range(before.n, line.n - 1))
            starts_paragraph = layout.starts_paragraph(before, line, torn)
            writer.add_glue("\n" if starts_paragraph else _glue(before, line))
        for piece in _pieces(line, *extent.columns(line.n - 1)):
            writer.add_glue(piece.space)
            writer.add(line, piece.first, piece.last)
        before = line
    return writer.passage()


def printed(line: Line, start: int = 0, end: int | None = None) -> str:
    """Return the columns `start` to `end` of a line as printed, runs of white space as one space or none.

    >>> from nlp.text.lines import split
    >>> printed(split("一、 总 体 情 况")[0])
    '一、总体情况'
    """
    parts = []
    for piece in _pieces(line, start, end):
        parts.append(piece.space + line.typed[piece.first : piece.last])
    return "".join(parts)


class _Writer:
    """Collects the pieces of a passage, each with its place there, its offset in the text and its line."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._folded: list[str] = []
        self._places: list[int] = []
        self._offsets: list[int] = []
        self._numbers: list[int] = []
        self._length = 0

    def add(self, line: Line, first: int, last: int) -> None:
        self._places.append(self._length)
        self._offsets.append(line.start + first)
        self._numbers.append(line.n)
        self._text.append(line.typed[first:last])
        self._folded.append(line.folded[first:last])
        self._length += last - first

    def add_glue(self, glue: str) -> None:
        self._text.append(glue)
        self._folded.append(glue)
        self._length += len(glue)

    def passage(self) -> Passage:
        text, folded = "".join(self._text), "".join(self._folded)
        return Passage(text, folded, self._places, self._offsets, self._numbers)


def _pieces(line: Line, start: int, end: int | None) -> Iterator[_Piece]:
    """Yield the words of a line between two columns, each with the space that is printed before it."""
    folded = readable(line)
    is_one_word = len(line.plain.split(None, 1)) == 1
    if is_one_word and HOLE not in folded and start == 0 and end is None:
        first = folded.index(line.plain)
        yield _Piece("", first, first + len(line.plain))
        return
    spaced_out = 3 * line.plain.count(" ") > len(line.plain)
    before: int | None = None
    for word in _WORD.finditer(folded, start, len(line.raw) if end is None else end):
        first, last = word.span()
        is_apart = before is not None and _is_apart(folded, before, first, spaced_out)
        yield _Piece(" " if is_apart else "", first, last)
        before = last


def _is_apart(folded: str, start: int, end: int, spaced_out: bool) -> bool:
    """Return whether the white space at `start` to `end` sets the words on its sides apart.

    One space between Chinese characters says nothing, and none does in a line that is `spaced_out`, as
    第 一 ， 政 策 is.
    """
    space = folded[start:end].strip(HOLE)
    if not space.isspace():
        return False
    sides = folded[start - 1] + folded[end]
    if spaced_out:
        return sides.isascii() and sides.isalnum()
    return len(space) > 1 or min(sides) <= _FIRST_CHINESE


def _glue(before: Line, line: Line) -> str:
    """Return what stands between two lines of a paragraph: a space between Latin words, else nothing."""
    sides = before.plain[-1] + line.plain[0]
    return " " if sides.isascii() and sides.isalnum() else ""
