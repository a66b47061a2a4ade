"""Tables written a row a line: cells parted by tabs, pipes, the marks of Markdown, spaces, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.generator.grids import Grid, TableBox
from training.generator.page import Page, line, table_line

TableWriter = Callable[[Grid], Page]
WrittenCell = tuple[str, bool]
"""A cell of a written row: its text, and whether it is a value."""
RowReader = Callable[[Grid, int], list[WrittenCell]]
"""Returns the cells that a tool writes for a row (from 0) of a table."""

NARROW = {"商业企业", "科研机构", "结果维持", "结果纠正", "其他结果", "尚未审结"}
"""Names that stand in two lines in their narrow columns."""
HAN = re.compile(r"[\u4e00-\u9fff]")


def tabs(rng: Random) -> TableWriter:
    """A Word table, cells parted by tabs; merged cells leave empty ones, or none."""
    row = full(downwards=rng.random() < 0.75, sideways=rng.random() < 0.75)
    row_end = rng.choice(["", "", "", "\t"])
    blank_lines = rng.choice([0, 0, 0, 0, 1])
    has_breaks = rng.random() < 0.1

    def write(grid: Grid) -> Page:
        if has_breaks:
            grid = with_breaks(grid, "\n", rng)
        return rows(grid, row, "\t", end=row_end, blank_lines=blank_lines)

    return write


def tabs_repeated(rng: Random) -> TableWriter:
    """A table whose merged cells repeat their text, as python-docx and pandas give them."""
    row = repeated(sideways=rng.random() < 0.6)
    separator = rng.choice(["\t", "\t", " | "])
    return lambda grid: rows(grid, row, separator)


def pipes(rng: Random) -> TableWriter:
    """Cells parted by pipes, the missing ones gathered at the end: `行政许可 | 0 | ||`."""
    separator = rng.choice([" | ", " | ", "|", " |"])
    row_end = rng.choice([" |", " |", "|", ""])
    pads_short_rows = rng.random() < 0.7

    def write(grid: Grid) -> Page:
        page = []
        for n in range(grid.rows):
            written_cells = own(grid, n)
            missing = max(0, len(grid.widths) - len(written_cells)) if pads_short_rows else 0
            row = table_line(written_cells, separator)
            text = row.text + row_end + "|" * missing
            page.append(line(text, row.label or "numeric_cell", grid.table, grid.table))
        return page

    return write


def markdown(rng: Random) -> TableWriter:
    """A Markdown table, with the line of dashes under its first row."""
    row = rng.choice([full(downwards=True, sideways=True)] * 6 + [own, repeated(sideways=True)])
    rule = rng.choice([" --- ", "---", " :---: ", " -------- "])
    padding = rng.choice([" ", " ", ""])
    edge = rng.choice(["|", "|", "|", ""])
    has_breaks = rng.random() < 0.15

    def write(grid: Grid) -> Page:
        if has_breaks:
            grid = with_breaks(grid, "<br>", rng)
        page = rows(grid, row, f"{padding}|{padding}", start=edge + padding, end=padding + edge)
        rules = [rule] * len(row(grid, 0))
        dashes = line(edge + "|".join(rules) + edge, "furniture", grid.table, grid.table)
        return [page[0], dashes, *page[1:]]

    return write


def spaces(rng: Random) -> TableWriter:
    """Cells parted by runs of spaces, empty ones left out."""
    separator = rng.choice(["  ", "   ", "    ", " ", "　", "　　", "\u00a0 "])
    return lambda grid: rows(grid, filled, separator)


def glued(rng: Random) -> TableWriter:
    """Cells without anything between them, as text of HTML at times has them: `规章001`."""
    return lambda grid: rows(grid, filled, "")


def rows(
    grid: Grid, row: RowReader, separator: str, *, start: str = "", end: str = "", blank_lines: int = 0
) -> Page:
    """Write a table row by row, without empty rows.

    A line break within a cell goes on in the next line. `start` and `end` stand around each row, and
    `blank_lines` follow it.
    """
    page: Page = []
    for n in range(grid.rows):
        cells = row(grid, n)
        if not any(text.strip() for text, _ in cells):
            continue
        row_text = start + separator.join(text for text, _ in cells) + end
        row_label = table_line(cells, separator).label
        lines = row_text.split("\n")
        for text in lines:
            # What follows a line break within a label may be nothing but values.
            values_only = len(lines) > 1 and not HAN.search(text)
            page.append(line(text, "numeric_cell" if values_only else row_label, grid.table, grid.table))
        page += [line("", "", grid.table, grid.table)] * blank_lines
    return page


def own(grid: Grid, n: int) -> list[WrittenCell]:
    """Return the cells that begin in a row."""
    return [(box.text, box.is_value) for box in grid.boxes if box.row == n]


def filled(grid: Grid, n: int) -> list[WrittenCell]:
    """Return the cells that begin in a row and hold something."""
    return [(text, is_value) for text, is_value in own(grid, n) if text]


def full(*, downwards: bool, sideways: bool) -> RowReader:
    """Return a reader that leaves empty cells where a merged one reaches down, or to the right."""
    empty = ("", False)

    def read(grid: Grid, n: int) -> list[WrittenCell]:
        cells: list[WrittenCell] = []
        for box in covering(grid, n):
            begins_here = box.row == n
            if not begins_here and not downwards:
                continue
            cells.append((box.text, box.is_value) if begins_here else empty)
            if sideways:
                cells += [empty] * (box.across - 1)
        return cells

    return read


def repeated(*, sideways: bool) -> RowReader:
    """Return a reader that repeats a merged cell in every row, and column, that it covers."""

    def read(grid: Grid, n: int) -> list[WrittenCell]:
        cells: list[WrittenCell] = []
        for box in covering(grid, n):
            times = box.across if sideways else 1
            cells += [(box.text, box.is_value)] * times
        return cells

    return read


def covering(grid: Grid, n: int) -> list[TableBox]:
    """Return the cells that cover a row, from left to right."""
    boxes = [box for box in grid.boxes if box.row <= n < box.row + box.down]
    return sorted(boxes, key=lambda box: box.column)


def with_breaks(grid: Grid, mark: str, rng: Random) -> Grid:
    """Break the names of narrow columns, and a share of the long labels, within their cells by a mark."""
    share = rng.choice([0, 0.05, 0.2])
    boxes = []
    for box in grid.boxes:
        text = box.text
        if box.figure:
            boxes.append(box)
        elif text in NARROW:
            boxes.append(replace(box, text=text[:2] + mark + text[2:]))
        elif len(text) > 6 and rng.random() < share:
            cut = rng.randint(3, len(text) - 2)
            boxes.append(replace(box, text=text[:cut] + mark + text[cut:]))
        else:
            boxes.append(box)
    return replace(grid, boxes=tuple(boxes))
