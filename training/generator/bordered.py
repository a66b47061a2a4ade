"""Tables drawn with borders of signs, as pandoc and tabulate print them, and tables with commas."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.cells import Slot, covering, full, rows
from training.generator.grids import Grid
from training.generator.page import Page, line, table_line
from training.generator.typesetting import width, wrapped

Writer = Callable[[Grid], Page]


def borders(rng: Random) -> Writer:
    """Cells wrapped within `|`, rules of `+---+` between rows."""
    between_rows = rng.random() < 0.7

    def write(grid: Grid) -> Page:
        rule = line(
            "+" + "+".join("-" * (2 * w + 2) for w in grid.widths) + "+", "furniture", grid.table, grid.table
        )
        page = [rule]
        for n in range(grid.rows):
            page += _row(grid, n)
            page += [rule] if between_rows or n in (2, grid.rows - 1) else []
        return page

    return write


def _row(grid: Grid, n: int) -> Page:
    """Write a row in as many lines as its fullest cell takes."""
    columns = [_column(grid, n, column) for column in range(len(grid.widths))]
    page = []
    for i in range(max(len(lines) for lines, _ in columns)):
        slots = [(lines[i] if i < len(lines) else "", value) for lines, value in columns]
        text = "|".join(" " + _padded(slot, room) for slot, room in zip(slots, grid.widths, strict=True))
        page.append(line(f"|{text}|", table_line(slots, " ").label or "numeric_cell", grid.table, grid.table))
    return page


def _column(grid: Grid, n: int, column: int) -> tuple[list[str], bool]:
    """Return the lines of the cell that begins at a row and column; nothing where one reaches over."""
    for box in covering(grid, n):
        if box.row == n and box.column == column:
            return wrapped(box.text, max(grid.widths[column], 2)), box.is_value
    return [""], False


def _padded(slot: Slot, room: int) -> str:
    return slot[0] + " " * max(1, int(2 * (room - width(slot[0]))) + 1)


def commas(rng: Random) -> Writer:
    """Cells parted by commas, those that hold one in quotes."""
    row = full(downwards=True, sideways=True)

    def quoted(grid: Grid, n: int) -> list[Slot]:
        return [(f'"{text}"' if "," in text else text, value) for text, value in row(grid, n)]

    return lambda grid: rows(grid, quoted, ",")
