"""A table as it is printed: where on the sheet each line of text of each cell stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from training.generator.grids import Grid, TableBox


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One printed line of one cell: `x` in Chinese characters, `y` in lines from the top of the table."""

    text: str
    x: float
    y: float
    row: int
    column: int
    is_value: bool


@dataclass(frozen=True)
class TableSetting:
    """How the tables of a document are set.

    Labels are `centred` in the height of their cells or stand at the top, as values never do; of the labels
    a share (`shifted_share`, 0 to 1) stands `shift` lines lower than that.
    """

    centred: bool
    shift: float
    shifted_share: float


def table_setting(rng: Random) -> TableSetting:
    """Draw how the tables of a document are set."""
    return TableSetting(
        centred=rng.random() < 0.7,
        shift=rng.choice([0, 0, 0.1, 0.45]),
        shifted_share=rng.choice([0, 0, 0.1, 0.3]),
    )


def width(text: str) -> float:
    """Return the width of a text in Chinese characters; ASCII and Latin characters take half of one.

    >>> width("2023年")
    3.0
    """
    return sum(0.5 if character < "\u0100" else 1.0 for character in text)


CLOSING = "，。；：、）》”！？,.;:)%％"
OPENING = "（《“("


def wrapped(text: str, line_width: float) -> list[str]:
    """Break a text into lines no wider than `line_width`; numbers and closing marks are not torn off.

    >>> wrapped("公开政府信息1136条。", 6)
    ['公开政府信息', '1136条。']
    """
    lines = []
    current, current_width = "", 0.0
    for token in _tokens(text):
        token_width = width(token)
        if current and current_width + token_width > line_width and token not in CLOSING:
            lines.append(current)
            current, current_width = "", 0.0
        current += token
        current_width += token_width
    return [*lines, current]


def _tokens(text: str) -> Iterator[str]:
    """Yield runs of ASCII letters and digits whole, an opening mark with what it opens, the rest singly."""
    start = 0
    for i in range(1, len(text)):
        if not _belong_together(text[i - 1], text[i]):
            yield text[start:i]
            start = i
    if text:
        yield text[start:]


def _belong_together(left: str, right: str) -> bool:
    """Return whether no line may end between two characters."""
    if left in OPENING:
        return True
    if right.isdigit() and left in ".-":
        return True
    if left.isdigit() and right in ".-%":
        return True
    return left.isascii() and right.isascii() and not left.isspace() and right not in CLOSING


def placed_texts(grid: Grid, setting: TableSetting, rng: Random) -> list[PlacedText]:
    """Return the printed lines of a table, cell by cell in the order in which the cells are stored."""
    texts = {box: _lines(box, grid) for box in grid.boxes}
    tops = _row_tops(grid, texts)
    placed = []
    for box in grid.boxes:
        x = float(sum(grid.widths[: box.column]))
        y = _first_line(box, len(texts[box]), tops, setting, rng)
        is_centred = box.is_value or box.across > 3
        for i, text in enumerate(texts[box]):
            indent = (_cell_width(box, grid) - width(text)) / 2 if is_centred else 0.0
            placed.append(PlacedText(text, x + indent, y + i, box.row, box.column, box.is_value))
    return placed


def _cell_width(box: TableBox, grid: Grid) -> int:
    return sum(grid.widths[box.column : box.column + box.across])


def _lines(box: TableBox, grid: Grid) -> list[str]:
    """Return the lines of a cell: a value is never wrapped."""
    if not box.text:
        return []
    if box.is_value:
        return [box.text]
    return wrapped(box.text, max(_cell_width(box, grid), 1))


def _row_tops(grid: Grid, texts: dict[TableBox, list[str]]) -> list[float]:
    """Return where each row begins, then where the table ends.

    A row is as high as its highest cell that is not merged downwards.
    """
    heights = [1.0] * grid.rows
    for box, lines in texts.items():
        if box.down == 1:
            heights[box.row] = max(heights[box.row], float(len(lines)))
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _first_line(
    box: TableBox, line_count: int, tops: list[float], setting: TableSetting, rng: Random
) -> float:
    """Return the height of the first line of a cell, in lines from the top of the table."""
    last_row = len(tops) - 1
    top = tops[box.row]
    bottom = tops[min(box.row + box.down, last_row)]
    if setting.centred or box.is_value:
        top += (bottom - top - line_count) / 2
    if setting.shift and not box.is_value and rng.random() < setting.shifted_share:
        top += setting.shift
    return top
