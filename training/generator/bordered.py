"""Tables drawn with borders of signs, as pandoc and tabulate print them, and tables with commas."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.cells import WrittenCell, covering, full, rows
from training.generator.grids import Grid
from training.generator.page import Page, line, table_line
from training.generator.typesetting import width, wrapped

TableWriter = Callable[[Grid], Page]
HEADER_END = 2
"""The row (from 0) under which a table without rules between its rows has one all the same."""


def borders(rng: Random) -> TableWriter:
    """Cells wrapped within `|`, rules of `+---+` between rows."""
    rules_between_rows = rng.random() < 0.7

    def write(grid: Grid) -> Page:
        dashes = ["-" * (2 * column_width + 2) for column_width in grid.widths]
        rule = line("+" + "+".join(dashes) + "+", "furniture", grid.table, grid.table)
        page = [rule]
        for n in range(grid.rows):
            page += _row(grid, n)
            if rules_between_rows or n in (HEADER_END, grid.rows - 1):
                page.append(rule)
        return page

    return write


def _row(grid: Grid, n: int) -> Page:
    """Write a row in as many lines as its fullest cell takes."""
    columns = [_cell_lines(grid, n, column) for column in range(len(grid.widths))]
    height = max(len(lines) for lines, _ in columns)
    page = []
    for i in range(height):
        cells: list[WrittenCell] = []
        texts = []
        for (lines, is_value), column_width in zip(columns, grid.widths, strict=True):
            text = lines[i] if i < len(lines) else ""
            cells.append((text, is_value))
            padding = max(1, int(2 * (column_width - width(text))) + 1)
            texts.append(" " + text + " " * padding)
        label = table_line(cells, " ").label or "numeric_cell"
        page.append(line("|" + "|".join(texts) + "|", label, grid.table, grid.table))
    return page


def _cell_lines(grid: Grid, n: int, column: int) -> tuple[list[str], bool]:
    """Return the lines of the cell that begins at a row and column, and whether it is a value.

    Where a merged cell of another row or column covers the place, it is empty.
    """
    for box in covering(grid, n):
        if box.row == n and box.column == column:
            return wrapped(box.text, max(grid.widths[column], 2)), box.is_value
    return [""], False


def commas(rng: Random) -> TableWriter:
    """Cells parted by commas, those that hold one in quotes."""
    row = full(downwards=True, sideways=True)

    def quoted(grid: Grid, n: int) -> list[WrittenCell]:
        return [(f'"{text}"' if "," in text else text, is_value) for text, is_value in row(grid, n)]

    return lambda grid: rows(grid, quoted, ",")
