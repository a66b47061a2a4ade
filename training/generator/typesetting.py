"""A table as it is printed: where on the sheet each piece of text of each cell stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from training.generator.grids import Box, Grid


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed line of one cell: `x` in Chinese characters, `y` in lines from the top."""

    text: str
    x: float
    y: float
    row: int
    column: int
    value: bool


@dataclass(frozen=True)
class Sheet:
    """How a table is set: the share of labels set higher or lower than their numbers, and by how much."""

    centred: bool
    shift: float
    unsteady: float


def sheet(rng: Random) -> Sheet:
    """Choose how the tables of a document are set."""
    return Sheet(rng.random() < 0.7, rng.choice([0, 0, 0.1, 0.45]), rng.choice([0, 0, 0.1, 0.3]))


def width(text: str) -> float:
    """Return the width of a text in Chinese characters; what is ASCII takes half of one.

    >>> width("2023年")
    3.0
    """
    return sum(0.5 if character < "\u0100" else 1.0 for character in text)


CLOSING = "，。；：、）》”！？,.;:)%％"
OPENING = "（《“("


def wrapped(text: str, room: float) -> list[str]:
    """Break a text into lines no wider than `room`, numbers and closing marks kept in one piece.

    >>> wrapped("公开政府信息1136条。", 6)
    ['公开政府信息', '1136条。']
    """
    lines, current, wide = [], "", 0.0
    for token in _tokens(text):
        size = width(token)
        if current and wide + size > room and token not in CLOSING:
            lines.append(current)
            current, wide = "", 0.0
        current, wide = current + token, wide + size
    return [*lines, current]


def _tokens(text: str) -> Iterator[str]:
    """Yield runs of ASCII letters and digits whole, an opening mark with what it opens, the rest singly."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not (_joined(text[i - 1], text[i])):
            yield text[start:i]
            start = i


def _joined(left: str, right: str) -> bool:
    if left in OPENING or (right.isdigit() and left in ".-") or (left.isdigit() and right in ".-%"):
        return True
    return left.isascii() and right.isascii() and not left.isspace() and right not in CLOSING


def pieces(grid: Grid, how: Sheet, rng: Random) -> list[Piece]:
    """Return the pieces of a table in the order in which its cells are stored."""
    texts = {box: _lines(box, grid) for box in grid.boxes}
    tops = _tops(grid, texts)
    return [piece for box in grid.boxes for piece in _pieces(box, texts[box], tops, grid, how, rng)]


def _lines(box: Box, grid: Grid) -> list[str]:
    if not box.text:
        return []
    room = sum(grid.widths[box.column : box.column + box.across])
    return [box.text] if box.is_value else wrapped(box.text, max(room, 1))


def _tops(grid: Grid, texts: dict[Box, list[str]]) -> list[float]:
    """Return where each row begins; a row is as high as its highest cell that is not merged downwards."""
    heights = [1.0] * grid.rows
    for box, lines in texts.items():
        if box.down == 1:
            heights[box.row] = max(heights[box.row], float(len(lines)))
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _pieces(
    box: Box, lines: list[str], tops: list[float], grid: Grid, how: Sheet, rng: Random
) -> Iterator[Piece]:
    bottom = tops[min(box.row + box.down, grid.rows)]
    top = tops[box.row]
    if how.centred or box.is_value:
        top += (bottom - top - len(lines)) / 2
    if how.shift and not box.is_value and rng.random() < how.unsteady:
        top += how.shift
    x = float(sum(grid.widths[: box.column]))
    room = sum(grid.widths[box.column : box.column + box.across])
    for i, text in enumerate(lines):
        indent = (room - width(text)) / 2 if box.is_value or box.across > 3 else 0.0
        yield Piece(text, x + indent, top + i, box.row, box.column, box.is_value)
