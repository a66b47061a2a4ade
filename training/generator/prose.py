"""Prose laid out into lines: a line a paragraph, or wrapped as on a printed page."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.page import Block, Page, line
from training.generator.typesetting import width
from training.generator.typesetting import wrapped as wrap

BlockWriter = Callable[[Block], Page]
BlockWriterMaker = Callable[[Random], BlockWriter]
"""Draws how the prose of one document is laid out, and returns the function that lays a block out."""

LINE_WIDTHS = (24, 26, 28, 28, 28, 29, 30, 32, 34, 36, 38, 40)
"""How many Chinese characters a printed line holds; 28 is the official one."""


def paragraphs(rng: Random) -> BlockWriter:
    """One paragraph a line: blank lines between or not, indented or not."""
    indent = rng.choice(["", "", "", "", "　　", "　　", "    ", "  "])
    blank_lines = rng.choice([0, 0, 1, 1, 1, 2])
    line_end = rng.choice(["", "", "", "", " ", "\t"])

    def write(block: Block) -> Page:
        is_indented = block.align == "left" and block.label in ("narrative", "heading")
        start = indent if is_indented else ""
        written = line(start + block.text + line_end, block.label, block.section)
        return [written, *_blank(blank_lines, block.section)]

    return write


def wrapped(rng: Random) -> BlockWriter:
    """Lines of a printed page, as tools give them without positions."""
    line_width = rng.choice(LINE_WIDTHS)
    blank_lines = rng.choice([0, 0, 0, 0, 1])

    def write(block: Block) -> Page:
        page = []
        for text in _lines(block, line_width):
            page.append(line(text.strip(), block.label, block.section))
            page += _blank(blank_lines, block.section)
        return page

    return write


def indented(rng: Random) -> BlockWriter:
    """Lines of a printed page with their positions kept as spaces."""
    return _indented(rng, margin=rng.choice([0, 0, 3, 10]), blank_lines=0)


def indented_wide(rng: Random) -> BlockWriter:
    """Lines of a printed page with their positions kept as spaces, a wide margin, and blank lines between."""
    return _indented(rng, margin=10, blank_lines=rng.choice([1, 1, 2]))


def _indented(rng: Random, margin: int, blank_lines: int) -> BlockWriter:
    line_width = rng.choice(LINE_WIDTHS)
    first_line_indent = rng.choice([2, 3, 4, 5])

    def write(block: Block) -> Page:
        page = []
        for i, text in enumerate(_lines(block, line_width)):
            if block.align == "left":
                offset = first_line_indent if i == 0 else 0
            else:
                offset = _offset(block.align, text, line_width)
            page.append(line(" " * (margin + offset) + text.strip(), block.label, block.section))
            one_more = rng.random() < 0.1 * blank_lines
            page += _blank(blank_lines + one_more, block.section)
        return page

    return write


def _offset(align: str, text: str, line_width: float) -> int:
    """Return the number of spaces, two to a Chinese character, before a centred or right-aligned line."""
    free = 2 * (line_width - width(text))
    return max(0, int(free if align == "right" else free / 2))


def _lines(block: Block, line_width: float) -> list[str]:
    """Break a block into lines; the first line of a paragraph is indented by two characters."""
    text = "　　" + block.text if block.align == "left" else block.text
    return wrap(text, line_width)


def _blank(count: int, section: str) -> Page:
    return [line("", "", section) for _ in range(count)]
