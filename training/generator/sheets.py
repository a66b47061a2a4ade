"""Tables read off a printed sheet: in the order of storage, by position, or column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from random import Random

from training.generator.grids import Grid
from training.generator.page import Page, PageLine, line, table_line
from training.generator.typesetting import PlacedText, placed_texts, table_setting

TableWriter = Callable[[Grid], Page]


def stream(rng: Random) -> TableWriter:
    """Cells in the order of storage; what stands on one baseline shares a line (pdfium, pypdf)."""
    setting = table_setting(rng)

    def write(grid: Grid) -> Page:
        lines: list[list[PlacedText]] = []
        for text in placed_texts(grid, setting, rng):
            before = lines[-1][-1] if lines else None
            if before and abs(before.y - text.y) < 0.3 and text.x > before.x:
                lines[-1].append(text)
            else:
                lines.append([text])
        return [joined(texts, grid) for texts in lines]

    return write


def one_a_line(rng: Random) -> TableWriter:
    """Every printed line of every cell by itself (PyMuPDF)."""
    setting = table_setting(rng)
    return lambda grid: [joined([text], grid) for text in placed_texts(grid, setting, rng)]


def geometric(rng: Random) -> TableWriter:
    """What stands on one height shares a line, from top to bottom (pdfplumber)."""
    setting = table_setting(rng)
    tolerance = rng.choice([0.2, 0.3, 0.4])

    def write(grid: Grid) -> Page:
        lines = by_height(placed_texts(grid, setting, rng), tolerance)
        return [joined(texts, grid) for texts in lines]

    return write


def by_height(texts: Iterable[PlacedText], tolerance: float) -> list[list[PlacedText]]:
    """Gather texts into lines, from top to bottom and each from left to right.

    A text belongs to a line where it is at most `tolerance` lines lower than the line's highest text.
    """
    lines: list[list[PlacedText]] = []
    for text in sorted(texts, key=lambda text: (text.y, text.x)):
        if lines and text.y - lines[-1][0].y <= tolerance:
            lines[-1].append(text)
        else:
            lines.append([text])
    return [sorted(line_texts, key=lambda text: text.x) for line_texts in lines]


def column_by_column(rng: Random) -> TableWriter:
    """All labels of a page, then its columns of values one after the other (pdfminer)."""
    setting = table_setting(rng)
    rows_a_page = rng.choice([14, 18, 22, 40])
    blank_lines = rng.choice([0, 1, 1])

    def page_of(text: PlacedText) -> int:
        return text.row // rows_a_page

    def write(grid: Grid) -> Page:
        page: Page = []
        texts = sorted(placed_texts(grid, setting, rng), key=page_of)
        for _, texts_of_page in groupby(texts, page_of):
            for text in _labels_then_columns(list(texts_of_page)):
                page.append(joined([text], grid))
                page += [line("", "", grid.table, grid.table)] * blank_lines
        return page

    return write


def _labels_then_columns(texts: list[PlacedText]) -> list[PlacedText]:
    labels = [text for text in texts if not text.is_value]
    values = [text for text in texts if text.is_value]
    return labels + sorted(values, key=lambda text: (text.column, text.y))


def blocks(rng: Random) -> TableWriter:
    """Some rows whole, others column by column, labels before or after them (pdftotext without -layout)."""
    setting = table_setting(rng)

    def write(grid: Grid) -> Page:
        page: Page = []
        texts = sorted(placed_texts(grid, setting, rng), key=lambda text: text.row)
        block_of = _rows_in_blocks(grid.rows, rng)
        for _, texts_of_block in groupby(texts, lambda text: block_of[text.row]):
            for text in _block_order(list(texts_of_block), grid, rng):
                page.append(joined([text], grid))
                page.append(line("", "", grid.table, grid.table))
        return page

    return write


def _rows_in_blocks(rows: int, rng: Random) -> list[int]:
    """Return for each row the number of its block; a block has one to eight neighbouring rows."""
    blocks: list[int] = []
    block = 0
    while len(blocks) < rows:
        block += 1
        blocks += [block] * rng.choice([1, 1, 2, 4, 8])
    return blocks[:rows]


def _block_order(texts: list[PlacedText], grid: Grid, rng: Random) -> list[PlacedText]:
    """Return the texts of a block as the tool writes them: labels and values apart, either of them first."""
    labels_last = rng.random() < 0.5
    if grid.table == "review_litigation":
        texts = _totals_last(texts)
    if rng.random() >= 0.4:
        texts = _labels_then_columns(texts)
    return sorted(texts, key=lambda text: text.is_value is not labels_last)


def _totals_last(texts: list[PlacedText]) -> list[PlacedText]:
    """Return the texts of the table of review with the totals, every fifth value, behind all others."""
    return sorted(texts, key=lambda text: text.is_value and text.column % 5 == 4)


def joined(texts: list[PlacedText], grid: Grid) -> PageLine:
    """Return texts that share a line as this line of the page."""
    entry = table_line([(text.text, text.is_value) for text in texts], " ")
    return line(entry.text, entry.label, grid.table, grid.table)
