"""Tables written a cell a line, as a Word file or a web page gives them when its rows are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from training.generator.cells import WrittenCell, filled, full, with_breaks
from training.generator.grids import Grid, TableBox
from training.generator.page import Page, line

TableWriter = Callable[[Grid], Page]


@dataclass(frozen=True)
class _CellStyle:
    """How a document writes cells.

    `lead` and `tail` stand before and after a cell, blank lines follow cells and rows; `empty_cells` are
    written as well, and labels may be `broken` over two lines.
    """

    lead: str
    tail: str
    blank_after_cell: int
    blank_after_row: int
    empty_cells: bool
    broken: bool


def one_a_line(rng: Random) -> TableWriter:
    """One cell a line: with a leading tab or not, blank lines between rows, between cells, or none."""
    style = _CellStyle(
        lead=rng.choice(["", "", "\t", "\t", "  "]),
        tail=rng.choice(["", "", " "]),
        blank_after_cell=rng.choice([0, 0, 0, 1]),
        blank_after_row=rng.choice([0, 1, 1, 2]),
        empty_cells=rng.random() < 0.6,
        broken=rng.random() < 0.4,
    )

    def write(grid: Grid) -> Page:
        if style.broken:
            grid = with_breaks(grid, "\n", rng)
        row = full(downwards=True, sideways=False) if style.empty_cells else filled
        blank = line("", "", grid.table, grid.table)
        page: Page = []
        for n in range(grid.rows):
            for cell in row(grid, n):
                page += _cell(cell, style, grid.table, has_tail=rng.random() < 0.1)
                page += [blank] * style.blank_after_cell
            page += [blank] * style.blank_after_row
        return page

    return write


def piped(rng: Random) -> TableWriter:
    """One cell a line, a pipe behind it; a blank cell as a lone pipe, merged columns as a run of pipes."""
    tail = rng.choice([" |", " |", "|", "\t|"])
    runs = rng.random() < 0.7
    on_own_line = rng.random() < 0.15

    def write(grid: Grid) -> Page:
        page: Page = []
        for n in range(grid.rows):
            boxes = [box for box in grid.boxes if box.row == n]
            for box in boxes:
                page += _piped_cell(box, tail, grid.table, on_own_line=on_own_line)
            covered = sum(box.across for box in boxes) - len(boxes)
            if runs and covered:
                page.append(line("|" * covered, "furniture", grid.table, grid.table))
        return page

    return write


def _piped_cell(box: TableBox, tail: str, table: str, *, on_own_line: bool) -> Page:
    """Write a cell and its pipe; a blank cell is a lone pipe, which is nothing but a border."""
    if not box.text:
        return [line(tail.strip(), "furniture", table, table)]
    label = "numeric_cell" if box.is_value else "table_row"
    if on_own_line:
        return [line(box.text, label, table, table), line(tail.strip(), "furniture", table, table)]
    return [line(box.text + tail, label, table, table)]


def _cell(cell: WrittenCell, style: _CellStyle, table: str, *, has_tail: bool) -> Page:
    """Write a cell, which may have several lines; only the first one has the lead.

    Where cells have a lead, only those with `has_tail` have the tail.
    """
    text, is_value = cell
    label = "numeric_cell" if is_value else "table_row"
    tail = style.tail if has_tail or style.lead == "" else ""
    page = []
    for i, part in enumerate(text.split("\n")):
        lead = style.lead if i == 0 else ""
        page.append(line(lead + part + tail, label, table, table))
    return page
