"""Labels the lines that a tool has printed by where their characters come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.text.cells import WORDS, any_of
from nlp.text.enumerators import shape
from nlp.text.folding import fold
from nlp.text.lines import split
from nlp.text.pages import NUMBER_MARKS
from training.generator.printing import UNIT_CHARACTERS
from training.rendering.sources import LABEL, RESIDUE, VALUE, Sources, bare, squeezed

PAGE_END = "\ue000"
"""Stands where a page ends until the labels are carried."""
FURNITURE, PROSE = "furniture", ("heading", "narrative")
LONG = 6
"""So many characters in a row come from a text that has them; fewer may stand in others as well."""
_PARTS = re.compile(r"\s+|[|│┃]")
_GLUED = re.compile(rf"(.*?)[0-9.,+/—–{UNIT_CHARACTERS}-]+")
_MARK = re.compile(shape("alone"))
"""A line of these tells nothing by itself: the mark of a paragraph that a converter has put before it."""
_DRAWN = "─━═│┃├┤┬┴┼┌┐└┘╔╗╚╝╠╣╦╩╬╞╡╪"
_RULE = re.compile(rf"[-=+|:\s]*-?[-=+]{{3,}}[-=+|:\s]*|[{_DRAWN}|\s]*[─━═]{{2,}}[{_DRAWN}|\s]*")
_FIGURE = re.compile(r"[0-9.,+-]*[0-9][0-9.,+/—–-]*|[/—–-]+|" + any_of(WORDS))


def carried(text: str, sources: Sources) -> tuple[str, ...]:
    """Return the label of each line of a text whose pages are parted by PAGE_END or form feeds.

    Tools change the order of what they read, so that each line is looked up by itself; what a line is too
    short to tell, the line of prose before it tells: a paragraph goes on where it was broken.
    """
    pages = _pages(text)
    reading, labels = _Reading(sources, paged=len(pages) > 1), []
    for number, lines in enumerate(pages, 1):
        reading.page = number if reading.paged else reading.page
        numbered = _page_numbers(lines, number, sources, paged=reading.paged)
        labels += [FURNITURE if n in numbered else reading.label(line) for n, line in enumerate(lines)]
    return _with_marks([line for page in pages for line in page], labels)


def _page_numbers(lines: Sequence[str], page: int, sources: Sources, *, paged: bool) -> set[int]:
    """Return which line at an end of a page is its number; the foot of a Word document comes last."""
    texts = [squeezed(line) for line in lines]
    filled = [n for n, text in enumerate(texts) if text]
    ends = [*filled[-1:], *filled[:1], *filled[-2:-1], *filled[-3:-2]] if paged else filled[-1:]
    numbers = [n for n in ends if sources.is_page_number(texts[n], page)]
    parted = numbers[:1] and not fold(texts[numbers[0]]).strip(
        NUMBER_MARKS
    )  # `2` and `- -`, one below the other
    return {n for n in numbers if n == numbers[0] or (parted and abs(n - numbers[0]) == 1)}


def _with_marks(lines: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Give a mark alone between two lines of prose the label of the line after it."""
    found = list(labels)
    filled = [n for n, label in enumerate(labels) if label]
    for before, n, after in zip(filled, filled[1:], filled[2:], strict=False):
        beside_prose = found[before] in PROSE and labels[after] in PROSE
        if beside_prose and found[n] != FURNITURE and _MARK.fullmatch(bare(lines[n])):
            found[n] = labels[after]
    return tuple(found)


def blank(line: str) -> bool:
    """Tell whether a line shows nothing.

    >>> blank(" \u200b\f")
    True
    """
    return all(part.blank for part in split(line))


def without_marks(text: str) -> str:
    """Return a text as a tool's user has it, its pages one after the other."""
    return text.replace(PAGE_END, "\n")


def _pages(text: str) -> list[list[str]]:
    """Part the lines of a text into pages: at the mark, and where a line opens with a form feed."""
    pages: list[list[str]] = [[]]
    for part in text.split(PAGE_END):
        pages += [[]] if pages[-1] else []
        for line in part.split("\n"):
            pages += [[]] if "\f" in line and pages[-1] else []
            pages[-1].append(line)
    return pages


@dataclass
class _Reading:
    """A text being read: which paragraph the last line of prose was from, and what of it is still to come."""

    sources: Sources
    rest: str = ""
    going_on: str = ""
    paged: bool = True
    page: int = 1
    in_prose: bool = False
    block: int = -1

    def label(self, line: str) -> str:
        """Return the label of the next line."""
        if blank(line):
            return ""
        found = self._label(line, bare(line))
        self.in_prose = found in PROSE
        return found

    def _label(self, line: str, text: str) -> str:
        if self._numbers_a_page(squeezed(line)) or _RULE.fullmatch(line.strip()):
            return FURNITURE
        if not text:
            return FURNITURE if RESIDUE.sub("", line).strip() or "<" in line else VALUE
        if self._outside and self._of_the_site(text):
            return FURNITURE
        return (
            self._continued(text)
            or self._whole(text)
            or self._row(line, text)
            or self._prose(text)
            or self._pieced(line)
        )

    def _numbers_a_page(self, text: str) -> bool:
        """Tell whether a line is the number of a page, of the next one where nothing says where pages end."""
        in_a_paragraph = self.in_prose and bool(self.rest) and not self.rest.startswith(text)
        if not self.sources.is_page_number(text, self.page, at_edge=in_a_paragraph):
            return False
        self.page += not self.paged and any(character.isdigit() for character in text)
        return True

    def _of_the_site(self, text: str) -> bool:
        return len(text) > 1 and text in self.sources.around and text not in self.sources.labelled

    @property
    def _outside(self) -> bool:
        """Whether the report has not begun, or its last paragraph has been read."""
        return self.block in (-1, len(self.sources.prose) - 1) and not self.rest

    def _continued(self, text: str) -> str:
        """Return the label of the paragraph that a line goes on with."""
        if not self.rest.startswith(text) or (_FIGURE.fullmatch(text) and not self.in_prose):
            return ""
        self.rest = self.rest[len(text) :]
        return self.going_on

    def _row(self, line: str, text: str) -> str:
        """Return the label of a line that is a row of a table: labels, then values, nothing else.

        Prose tells the figures of the tables, at times in their very words: `行政许可1546`.
        """
        cells = [cell for part in _PARTS.split(line) if (cell := bare(part))]
        labels, values = self.sources.labels, self.sources.values
        if len(cells) > 1 and labels.union(values).issuperset(cells):
            return VALUE if values.issuperset(cells) else LABEL
        glued = _GLUED.fullmatch(text)
        return LABEL if glued and glued[1] in labels else ""

    def _whole(self, text: str) -> str:
        """Return the label of a line that is a whole piece of one kind."""
        same = [n for n, (block, _) in enumerate(self.sources.prose) if block == text]
        if same:
            self.block = next((n for n in same if n > self.block), same[-1])
            self.rest, self.going_on = "", self.sources.prose[self.block][1]
            return self.going_on
        if text in self.sources.labels:
            return LABEL
        if text in self.sources.values or _FIGURE.fullmatch(text):
            return VALUE
        return FURNITURE if text in self.sources.site else ""

    def _prose(self, text: str) -> str:
        """Return the label of the block that a line is a part of, where it is long enough to tell."""
        if len(text) < LONG or text in self.sources.labelled:
            return ""
        for n, (block, label) in enumerate(self.sources.prose):
            if text in block:
                self.block, self.rest, self.going_on = n, block.partition(text)[2], label
                return label
        return ""

    def _pieced(self, line: str) -> str:
        """Return the label of a line that holds pieces of several kinds, by the most of its characters."""
        counts: Counter[str] = Counter()
        pieces = list(_pieces(line, self.sources))
        for kind, piece in pieces:
            counts[kind] += len(piece)
        in_table = counts[LABEL] + counts[VALUE]
        if counts[FURNITURE] > max(counts["prose"], in_table):
            return FURNITURE
        if counts["prose"] > in_table:
            return self._of_pieces(piece for kind, piece in pieces if kind == "prose")
        return LABEL if counts[LABEL] else VALUE if counts[VALUE] else FURNITURE

    def _of_pieces(self, pieces: Iterable[str]) -> str:
        """Return the label of the blocks that pieces come from; the last one may go on in the next line."""
        counts: Counter[str] = Counter()
        for piece in pieces:
            block, label = next((block, label) for block, label in self.sources.prose if piece in block)
            counts[label] += len(piece)
            self.rest, self.going_on = block[block.find(piece) + len(piece) :], label
        return counts.most_common(1)[0][0]


def _pieces(line: str, sources: Sources) -> Iterator[tuple[str, str]]:
    """Cut a line into the longest pieces that stand in the report somewhere, each with its kind."""
    for part in _PARTS.split(RESIDUE.sub(" ", line)):
        cell = squeezed(part)
        if _FIGURE.fullmatch(cell):
            yield VALUE, cell
        else:
            yield from _pieces_of(cell, sources)


def _pieces_of(cell: str, sources: Sources) -> Iterator[tuple[str, str]]:
    kinds = (
        (LABEL, sources.labelled),
        (VALUE, sources.printed),
        ("prose", sources.said),
        (FURNITURE, sources.around),
    )
    at = 0
    while at < len(cell):
        found = [(_longest(cell, at, where), kind) for kind, where in kinds]
        length, kind = max(found, key=lambda one: one[0])
        yield kind if length else "", cell[at : at + max(length, 1)]
        at += max(length, 1)


def _longest(text: str, at: int, where: str) -> int:
    """Return how many characters of a text, from one on, stand side by side in another."""
    low, high = 0, len(text) - at
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[at : at + middle] in where else (low, middle - 1)
    return low
