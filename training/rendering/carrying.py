"""Labels the lines that a tool has printed by where their characters come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.labelling.certain_forms import is_border
from nlp.text.cells import WORDS, any_of
from nlp.text.enumerators import shape
from nlp.text.folding import fold
from nlp.text.lines import split
from nlp.text.pages import NUMBER_MARKS
from training.generator.printing import UNIT_CHARACTERS
from training.rendering.sources import LABEL, RESIDUE, VALUE, Sources, bare, squeezed

PAGE_END = "\ue000"
"""Marks the end of a page in a text until the labels are carried."""
FURNITURE, PROSE = "furniture", ("heading", "narrative")
LONG = 6
"""The number of characters from which a line is taken to come from the first text that holds it."""
_CELL_BORDERS = re.compile(r"\s+|[|│┃]")
_GLUED_ROW = re.compile(rf"(.*?)[0-9.,+/—–{UNIT_CHARACTERS}-]+")
"""A label with its values right behind it."""
_MARK = re.compile(shape("alone"))
"""The mark of a paragraph that a converter has put on a line of its own."""
_DRAWN = "─━═│┃├┤┬┴┼┌┐└┘╔╗╚╝╠╣╦╩╬╞╡╪"
_RULE = re.compile(rf"[-=+|:\s]*-?[-=+]{{3,}}[-=+|:\s]*|[{_DRAWN}|\s]*[─━═]{{2,}}[{_DRAWN}|\s]*")
_FIGURE = re.compile(r"[0-9.,+-]*[0-9][0-9.,+/—–-]*|[/—–-]+|" + any_of(WORDS))


def carried(text: str, sources: Sources) -> tuple[str, ...]:
    """Return the label of each line of a text whose pages are parted by PAGE_END or form feeds.

    Tools change the order of what they read, so each line is looked up by itself. A line that is too short
    to come from one place only gets the label of the paragraph before it where it goes on with that.
    """
    pages = _pages(text)
    reading = _Reading(sources, paged=len(pages) > 1)
    labels: list[str] = []
    for number, lines in enumerate(pages, 1):
        if reading.paged:
            reading.page = number
        page_number_lines = _page_number_lines(lines, number, sources, paged=reading.paged)
        for n, line in enumerate(lines):
            labels.append(FURNITURE if n in page_number_lines else reading.label(line))
    every_line = [line for lines in pages for line in lines]
    return _with_marks(every_line, labels)


def _page_number_lines(lines: Sequence[str], page: int, sources: Sources, *, paged: bool) -> set[int]:
    """Return which lines of a page (from 0) are its number: at most one, or two that hold a part each.

    The number is looked for in the last line, the first one, and two more before the last; where pages are
    not parted, in the last line only, where tools write the footer of a Word document.
    """
    texts = [squeezed(line) for line in lines]
    filled = [n for n, text in enumerate(texts) if text]
    candidates = filled[-1:]
    if paged:
        candidates += [*filled[:1], *filled[-2:-1], *filled[-3:-2]]
    numbers = [n for n in candidates if sources.is_page_number(texts[n], page)]
    if not numbers:
        return set()
    first = numbers[0]
    only_signs = not fold(texts[first]).strip(NUMBER_MARKS)
    if not only_signs:
        return {first}
    # `2` and `- -` stand one below the other.
    return {first, *(n for n in numbers if abs(n - first) == 1)}


def _with_marks(lines: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Give a mark alone between two lines of prose the label of the line after it."""
    changed = list(labels)
    filled = [n for n, label in enumerate(labels) if label]
    for before, n, after in zip(filled, filled[1:], filled[2:], strict=False):
        between_prose = changed[before] in PROSE and labels[after] in PROSE
        if between_prose and changed[n] != FURNITURE and _MARK.fullmatch(bare(lines[n])):
            changed[n] = labels[after]
    return tuple(changed)


def blank(line: str) -> bool:
    """Return whether a line shows nothing.

    >>> blank(" \u200b\f")
    True
    """
    return all(part.blank for part in split(line))


def without_marks(text: str) -> str:
    """Return a text as a tool's user has it, its pages one after the other."""
    return text.replace(PAGE_END, "\n")


def _pages(text: str) -> list[list[str]]:
    """Return the lines of each page: pages end at the mark, and before a line with a form feed."""
    pages: list[list[str]] = [[]]
    for part in text.split(PAGE_END):
        if pages[-1]:
            pages.append([])
        for line in part.split("\n"):
            if "\f" in line and pages[-1]:
                pages.append([])
            pages[-1].append(line)
    return pages


@dataclass
class _Reading:
    """The state of a text that is read line by line.

    `block` is the position in `sources.prose` of the block that the last line of prose came from, -1 before
    the first one; `rest` is what of that block is still to come, `rest_label` the label of it.
    """

    sources: Sources
    rest: str = ""
    rest_label: str = ""
    paged: bool = True
    page: int = 1
    in_prose: bool = False
    block: int = -1

    def label(self, line: str) -> str:
        """Return the label of the next line, "" where it is blank."""
        if blank(line):
            return ""
        label = self._label(line, bare(line))
        self.in_prose = label in PROSE
        return label

    def _label(self, line: str, text: str) -> str:
        if (
            self._is_page_number(squeezed(line))
            or _RULE.fullmatch(line.strip())
            or is_border(fold(line).strip())
        ):
            return FURNITURE
        if not text:
            has_residue = bool(RESIDUE.sub("", line).strip()) or "<" in line
            return FURNITURE if has_residue else VALUE
        if self._is_outside_report() and self._is_of_site(text):
            return FURNITURE
        return (
            self._of_rest(text)
            or self._of_whole_text(text)
            or self._of_row(line, text)
            or self._of_block(text)
            or self._of_pieces(line)
        )

    def _is_page_number(self, text: str) -> bool:
        """Return whether a line is the number of its page.

        Where nothing says where pages end, a number that is found begins the next page.
        """
        breaks_paragraph = self.in_prose and bool(self.rest) and not self.rest.startswith(text)
        if not self.sources.is_page_number(text, self.page, at_edge=breaks_paragraph):
            return False
        if not self.paged and any(character.isdigit() for character in text):
            self.page += 1
        return True

    def _is_of_site(self, text: str) -> bool:
        return len(text) > 1 and text in self.sources.around and text not in self.sources.labelled

    def _is_outside_report(self) -> bool:
        """Return whether the report has not begun, or its last paragraph has been read."""
        return self.block in (-1, len(self.sources.prose) - 1) and not self.rest

    def _of_rest(self, text: str) -> str:
        """Return the label of the block that a line goes on with, "" where it goes on with none."""
        is_cell = _FIGURE.fullmatch(text) and not self.in_prose
        if is_cell or not self.rest.startswith(text):
            return ""
        self.rest = self.rest[len(text) :]
        return self.rest_label

    def _of_whole_text(self, text: str) -> str:
        """Return the label of a line that is a whole block, label, value or line of the site, or ""."""
        positions = [n for n, (block, _) in enumerate(self.sources.prose) if block == text]
        if positions:
            later = [n for n in positions if n > self.block]
            self.block = later[0] if later else positions[-1]
            self.rest = ""
            self.rest_label = self.sources.prose[self.block][1]
            return self.rest_label
        if text in self.sources.labels:
            return LABEL
        if text in self.sources.values or _FIGURE.fullmatch(text):
            return VALUE
        return FURNITURE if text in self.sources.site else ""

    def _of_row(self, line: str, text: str) -> str:
        """Return the label of a line that is a row of a table, labels and values and nothing else, or "".

        Prose tells the figures of the tables, at times in their very words: `行政许可1546`.
        """
        cells = [bare(part) for part in _CELL_BORDERS.split(line)]
        cells = [cell for cell in cells if cell]
        labels, values = self.sources.labels, self.sources.values
        if len(cells) > 1 and all(cell in labels or cell in values for cell in cells):
            return VALUE if values.issuperset(cells) else LABEL
        glued = _GLUED_ROW.fullmatch(text)
        return LABEL if glued and glued[1] in labels else ""

    def _of_block(self, text: str) -> str:
        """Return the label of the first block that holds a line, "" where the line is too short to say."""
        if len(text) < LONG or text in self.sources.labelled:
            return ""
        for n, (block, label) in enumerate(self.sources.prose):
            if text in block:
                self.block = n
                self.rest = block.partition(text)[2]
                self.rest_label = label
                return label
        return ""

    def _of_pieces(self, line: str) -> str:
        """Return the label of a line that holds pieces of several kinds, by the most of its characters."""
        counts: Counter[str] = Counter()
        prose_pieces = []
        for kind, piece in _pieces(line, self.sources):
            counts[kind] += len(piece)
            if kind == "prose":
                prose_pieces.append(piece)
        in_table = counts[LABEL] + counts[VALUE]
        if counts[FURNITURE] > max(counts["prose"], in_table):
            return FURNITURE
        if counts["prose"] > in_table:
            return self._of_prose_pieces(prose_pieces)
        if counts[LABEL]:
            return LABEL
        return VALUE if counts[VALUE] else FURNITURE

    def _of_prose_pieces(self, pieces: list[str]) -> str:
        """Return the label of the blocks that pieces come from; the last one may go on in the next line."""
        counts: Counter[str] = Counter()
        for piece in pieces:
            block, label = next(source for source in self.sources.prose if piece in source[0])
            counts[label] += len(piece)
            self.rest = block.partition(piece)[2]
            self.rest_label = label
        return counts.most_common(1)[0][0]


def _pieces(line: str, sources: Sources) -> Iterator[tuple[str, str]]:
    """Cut a line into the longest pieces that stand in the report somewhere: yield (kind, piece).

    The kind of a character that stands nowhere is "".
    """
    for part in _CELL_BORDERS.split(RESIDUE.sub(" ", line)):
        cell = squeezed(part)
        if _FIGURE.fullmatch(cell):
            yield VALUE, cell
        else:
            yield from _pieces_of_cell(cell, sources)


def _pieces_of_cell(cell: str, sources: Sources) -> Iterator[tuple[str, str]]:
    texts = {
        LABEL: sources.labelled,
        VALUE: sources.printed,
        "prose": sources.said,
        FURNITURE: sources.around,
    }
    start = 0
    while start < len(cell):
        lengths = {kind: _longest_prefix(cell[start:], text) for kind, text in texts.items()}
        kind, length = max(lengths.items(), key=lambda item: item[1])
        if length == 0:
            kind, length = "", 1
        yield kind, cell[start : start + length]
        start += length


def _longest_prefix(text: str, whole: str) -> int:
    """Return the length of the longest beginning of a text that another text holds."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text[:middle] in whole:
            low = middle
        else:
            high = middle - 1
    return low
