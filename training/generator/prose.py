"""Prose laid out into lines: a line a paragraph, or wrapped as on a printed page."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.page import Block, Page, line
from training.generator.typesetting import width
from training.generator.typesetting import wrapped as wrap

Writer = Callable[[Block], Page]
Maker = Callable[[Random], Writer]


def paragraphs(rng: Random) -> Writer:
    """One paragraph a line: blank lines between or not, indented or not."""
    indent = rng.choice(["", "", "", "", "　　", "　　", "    ", "  "])
    after = rng.choice([0, 0, 1, 1, 1, 2])
    tail = rng.choice(["", "", "", "", " ", "\t"])

    def write(block: Block) -> Page:
        start = indent if block.align == "left" and block.label in ("narrative", "heading") else ""
        return [line(start + block.text + tail, block.label, block.section), *_blank(after, block.section)]

    return write


def wrapped(rng: Random) -> Writer:
    """Lines of a printed page, as tools give them without positions."""
    room = _room(rng)
    after = rng.choice([0, 0, 0, 0, 1])

    def write(block: Block) -> Page:
        page = []
        for text in _lines(block, room):
            page += [line(text.strip(), block.label, block.section), *_blank(after, block.section)]
        return page

    return write


def indented(rng: Random) -> Writer:
    """Lines of a printed page with the positions kept as spaces."""
    return _indented(rng, rng.choice([0, 0, 3, 10]), 0)


def indented_wide(rng: Random) -> Writer:
    """The same with wide margins and blank lines between lines."""
    return _indented(rng, 10, rng.choice([1, 1, 2]))


def _indented(rng: Random, margin: int, after: int) -> Writer:
    room = _room(rng)
    first = rng.choice([2, 3, 4, 5])

    def write(block: Block) -> Page:
        page = []
        for i, text in enumerate(_lines(block, room)):
            offset = " " * (margin + _offset(block, text, room, i, first))
            page.append(line(offset + text.strip(), block.label, block.section))
            page += _blank(after + (rng.random() < 0.1 * after), block.section)
        return page

    return write


def _offset(block: Block, text: str, room: float, i: int, first: int) -> int:
    if block.align == "centre":
        return max(0, int(room - width(text)))
    if block.align == "right":
        return max(0, int(2 * (room - width(text))))
    return first if i == 0 else 0


def _room(rng: Random) -> float:
    return rng.choice([24, 26, 28, 28, 28, 29, 30, 32, 34, 36, 38, 40])


def _lines(block: Block, room: float) -> list[str]:
    """Break a block; the first line of a paragraph is indented by two characters."""
    text = "　　" + block.text if block.align == "left" else block.text
    return wrap(text, room)


def _blank(count: int, section: str) -> Page:
    return [line("", "", section) for _ in range(count)]
