"""Joins the lines of running text into paragraphs that know where they stand in the decoded text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.cell_borders import unboxed
from nlp.narrative.paragraphs.paragraph_starts import Layout, is_ended
from nlp.narrative.paragraphs.squeezed import shown
from nlp.narrative.wording import expression
from nlp.record.model import Span
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_PIECES = re.compile(rf"[^{HOLE}\s]+")
_TABLE_LABELS = ("table_row", "numeric_cell")
_CHINESE = "\u2e80"
_LONG = 80
_SENTENCE_MARKS = re.compile("[。,;:、]")


class Extent(Struct, frozen=True, gc=False):
    """Lines by position, first and last; `start` is a column of the first, `end` one of the last."""

    first: int
    last: int
    start: int = 0
    end: int | None = None


class Passage(Struct, frozen=True):
    """Paragraphs with a line feed between them: `text` as printed, `folded` as read.

    `places` are the positions in `text` at which a piece of a line starts, `offsets` where that piece
    starts in the decoded text, `numbers` which line it is on.
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
        """Return what stands on some lines, by their numbers."""
        start, end = bisect_left(self.numbers, first), bisect_right(self.numbers, last)
        if start >= end:
            return Passage("", "", [], [], [])
        begin = self.places[start]
        stop = self.places[end] if end < len(self.places) else len(self.text)
        places = [place - begin for place in self.places[start:end]]
        text, folded = self.text[begin:stop].rstrip("\n"), self.folded[begin:stop].rstrip("\n")
        return Passage(text, folded, places, self.offsets[start:end], self.numbers[start:end])

    def _offset(self, place: int) -> int:
        piece = self._piece(place)
        return self.offsets[piece] + place - self.places[piece]

    def _piece(self, place: int) -> int:
        return max(bisect_right(self.places, place) - 1, 0)


class _Writer:
    """Collects the pieces of a passage, each with its place there, its offset in the text and its line."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.folded: list[str] = []
        self.pieces: list[tuple[int, int, int]] = []
        self.length = 0

    def add(self, text: str, folded: str, offset: int, number: int) -> None:
        self.pieces.append((self.length, offset, number))
        self.text.append(text)
        self.folded.append(folded)
        self.length += len(text)

    def glue(self, glue: str) -> None:
        if glue:
            self.text.append(glue)
            self.folded.append(glue)
            self.length += len(glue)

    def written(self) -> Passage:
        places, offsets, numbers = map(list, zip(*self.pieces, strict=True)) if self.pieces else ([], [], [])
        return Passage("".join(self.text), "".join(self.folded), places, offsets, numbers)


def passage(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    extent: Extent,
    tables: bool = True,
    titled: Callable[[str], int] = lambda plain: 0,
) -> Passage:
    """Return the running text of some lines; what is furniture or table is left out.

    With `tables` false no table is expected there, and only lines that cannot be read as text are.
    `titled` tells how many characters of a line are a title that opens a paragraph.
    """
    lines = unboxed(lines, extent.first, extent.last)
    kept = list(_running(lines, labels, extent, tables))
    layout = Layout.of(kept, labels, titled)
    writer = _Writer()
    before: Line | None = None
    for line in kept:
        if before is not None:
            torn = line.n - before.n > 1 and any(lines[at].plain for at in range(before.n, line.n - 1))
            writer.glue("\n" if layout.breaks(before, line, torn) else _glue(before, line))
        _write(writer, line, extent)
        before = line
    return writer.written()


def printed(line: Line, start: int = 0, end: int | None = None) -> str:
    """Return a piece of a line as printed: what was taken out is out, runs of white space are one space."""
    return "".join(glue + line.typed[first:last] for glue, first, last in _pieces(line, start, end))


def _pieces(line: Line, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Yield the columns of what is read of a line, each with a space before it where one is printed.

    One space between Chinese characters says nothing, and none does where all are set apart (第 一 ，).
    """
    before, folded = None, shown(line)
    if len(line.plain.split(None, 1)) == 1 and HOLE not in folded and start == 0 and end is None:
        first = folded.index(line.plain)
        yield "", first, first + len(line.plain)
        return
    loose = 3 * line.plain.count(" ") > len(line.plain)
    for piece in _PIECES.finditer(folded, start, len(line.raw) if end is None else end):
        first, last = piece.span()
        apart = before is not None and _is_apart(folded, before, first, loose)
        yield " " if apart else "", first, last
        before = last


def _is_apart(folded: str, start: int, end: int, loose: bool) -> bool:
    """Tell whether white space between two pieces sets them apart."""
    between, sides = folded[start:end].strip(HOLE), folded[start - 1] + folded[end]
    if not between.isspace():
        return False
    return sides.isascii() and sides.isalnum() if loose else len(between) > 1 or min(sides) <= _CHINESE


def _write(writer: _Writer, line: Line, extent: Extent) -> None:
    start = extent.start if line.n - 1 == extent.first else 0
    end = extent.end if line.n - 1 == extent.last else None
    for glue, first, last in _pieces(line, start, end):
        writer.glue(glue)
        writer.add(line.typed[first:last], line.folded[first:last], line.start + first, line.n)


def _running(
    lines: Sequence[Line], labels: Sequence[str | None], extent: Extent, tables: bool
) -> Iterator[Line]:
    before: Line | None = None
    for at in range(extent.first, extent.last + 1):
        line, label = lines[at], labels[at]
        if not line.plain:
            continue
        if label in _TABLE_LABELS and not (_is_prose_alone(line) or _reads_on(line, label, before, tables)):
            continue
        broken = before is not None and _is_broken_off(lines, at)
        if not broken and (is_furniture(line.plain) or (label == "furniture" and not _is_prose(line))):
            continue
        if at == extent.first and not has_text(line, extent.start):
            continue
        before = line
        yield line


def _is_broken_off(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a number alone on its line is one of the sentence: what it counts follows directly."""
    if not lines[at].plain.isdecimal() or at + 1 >= len(lines):
        return False
    before, after = lines[at - 1].plain, lines[at + 1].plain
    if not before or before[-1].isdecimal() or is_ended(lines[at - 1]):
        return False
    return expression("sections", "counted").match(after) is not None


def has_text(line: Line, column: int) -> bool:
    """Tell whether something is printed at or after a column."""
    return bool(line.folded[column:].strip(HOLE + " \t"))


def _is_prose(line: Line) -> bool:
    return len(line.plain) > 12 and any(mark in line.plain for mark in ",。;")


def _is_prose_alone(line: Line) -> bool:
    """Tell whether a line is sentences and nothing else: the words of a page that a tool sets in one line."""
    return (
        len(line.plain) > _LONG
        and line.plain.count("。") > 1
        and "\t" not in line.plain.strip()
        and "|" not in line.plain
    )


def _reads_on(line: Line, label: str | None, before: Line | None, tables: bool) -> bool:
    """Tell whether a line that was taken for one of a table is running text all the same."""
    if tables and (label == "numeric_cell" or len(line.plain) < 20 or not line.plain.endswith(("。", ";"))):
        return False
    if "\t" in line.plain or "|" in line.plain:
        return False
    marks = len(_SENTENCE_MARKS.findall(line.plain))
    return marks > tables or (before is not None and not is_ended(before))


def _glue(before: Line, line: Line) -> str:
    """Words and numbers of the Latin script keep a space between them, Chinese has none."""
    last, first = before.plain[-1], line.plain[0]
    return " " if last.isascii() and first.isascii() and last.isalnum() and first.isalnum() else ""
