"""Tables written a row a line: cells parted by tabs, pipes, the marks of Markdown, spaces, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.generator.grids import Box, Grid
from training.generator.page import Page, line, table_line

Writer = Callable[[Grid], Page]
Slot = tuple[str, bool]
"""A cell of a written row: its text, and whether it is a value."""
Row = Callable[[Grid, int], list[Slot]]
"""What a tool makes of the cells of a row."""

NARROW = {"商业企业", "科研机构", "结果维持", "结果纠正", "其他结果", "尚未审结"}
"""Names that stand in two lines in their narrow columns."""


def tabs(rng: Random) -> Writer:
    """A Word table, cells parted by tabs; merged cells leave empty ones, or none."""
    row = full(downwards=rng.random() < 0.75, sideways=rng.random() < 0.75)
    tail, after = rng.choice(["", "", "", "\t"]), rng.choice([0, 0, 0, 0, 1])
    broken = rng.random() < 0.1

    def write(grid: Grid) -> Page:
        return rows(with_breaks(grid, "\n", rng) if broken else grid, row, "\t", "", tail, after)

    return write


def tabs_repeated(rng: Random) -> Writer:
    """A table whose merged cells repeat their text, as python-docx and pandas give them."""
    row = repeated(sideways=rng.random() < 0.6)
    between = rng.choice(["\t", "\t", " | "])
    return lambda grid: rows(grid, row, between)


def pipes(rng: Random) -> Writer:
    """Cells parted by pipes, the missing ones gathered at the end: `行政许可 | 0 | ||`."""
    between = rng.choice([" | ", " | ", "|", " |"])
    end = rng.choice([" |", " |", "|", ""])
    ragged = rng.random() < 0.7

    def write(grid: Grid) -> Page:
        page = []
        for n in range(grid.rows):
            slots = own(grid, n)
            short = max(0, len(grid.widths) - len(slots)) if ragged else 0
            written = table_line(slots, between)
            label = written.label or "numeric_cell"
            page.append(line(written.text + end + "|" * short, label, grid.table, grid.table))
        return page

    return write


def markdown(rng: Random) -> Writer:
    """A Markdown table, with the line of dashes under its first row."""
    row = rng.choice([full(downwards=True, sideways=True)] * 6 + [own, repeated(sideways=True)])
    rule, pad = rng.choice([" --- ", "---", " :---: ", " -------- "]), rng.choice([" ", " ", ""])
    edge = rng.choice(["|", "|", "|", ""])
    broken = rng.random() < 0.15

    def write(grid: Grid) -> Page:
        grid = with_breaks(grid, "<br>", rng) if broken else grid
        page = rows(grid, row, f"{pad}|{pad}", edge + pad, pad + edge)
        columns = len(row(grid, 0))
        dashes = line(edge + "|".join([rule] * columns) + edge, "furniture", grid.table, grid.table)
        return [page[0], dashes, *page[1:]]

    return write


def spaces(rng: Random) -> Writer:
    """Cells parted by runs of spaces, empty ones left out."""
    between = rng.choice(["  ", "   ", "    ", " ", "　", "　　", "\u00a0 "])
    return lambda grid: rows(grid, filled, between)


def glued(rng: Random) -> Writer:
    """Cells without anything between them, as text of HTML at times has them: `规章001`."""
    return lambda grid: rows(grid, filled, "")


def rows(grid: Grid, row: Row, between: str, start: str = "", end: str = "", after: int = 0) -> Page:
    """Write row by row; a break within a cell goes on in the next line."""
    page: Page = []
    for n in range(grid.rows):
        slots = row(grid, n)
        text = start + between.join(text for text, _ in slots) + end
        if not any(text.strip() for text, _ in slots):
            continue
        parts = text.split("\n")
        label = table_line(slots, between).label
        page += [line(part, _label(part, label, len(parts)), grid.table, grid.table) for part in parts]
        page += [line("", "", grid.table, grid.table)] * after
    return page


def _label(part: str, whole: str, parts: int) -> str:
    """Label a line of a row; what follows a break within a label may be values only."""
    if parts > 1 and not any("\u4e00" <= character <= "\u9fff" for character in part):
        return "numeric_cell"
    return whole


def own(grid: Grid, n: int) -> list[Slot]:
    """Return the cells that begin in a row."""
    return [(box.text, box.is_value) for box in grid.boxes if box.row == n]


def filled(grid: Grid, n: int) -> list[Slot]:
    """Return the cells that begin in a row and hold something."""
    return [slot for slot in own(grid, n) if slot[0]]


def full(*, downwards: bool, sideways: bool) -> Row:
    """Leave empty cells where a merged one reaches down, or to the right."""

    def slots(grid: Grid, n: int) -> list[Slot]:
        found: list[Slot] = []
        for box in covering(grid, n):
            if box.row == n or downwards:
                found.append((box.text, box.is_value) if box.row == n else ("", False))
                found += [("", False)] * ((box.across - 1) if sideways else 0)
        return found

    return slots


def repeated(*, sideways: bool) -> Row:
    """Repeat a merged cell in every row, and column, that it covers."""

    def slots(grid: Grid, n: int) -> list[Slot]:
        return [
            (box.text, box.is_value)
            for box in covering(grid, n)
            for _ in range(box.across if sideways else 1)
        ]

    return slots


def covering(grid: Grid, n: int) -> list[Box]:
    """Return the boxes that cover a row, from the left."""
    return sorted((b for b in grid.boxes if b.row <= n < b.row + b.down), key=lambda box: box.column)


def with_breaks(grid: Grid, mark: str, rng: Random) -> Grid:
    """Break the names of narrow columns, and some long labels, within their cells."""
    share = rng.choice([0, 0.05, 0.2])

    def broken(box: Box) -> Box:
        text = box.text
        if box.figure or not (text in NARROW or (len(text) > 6 and rng.random() < share)):
            return box
        at = 2 if text in NARROW else rng.randint(3, len(text) - 2)
        return replace(box, text=text[:at] + mark + text[at:])

    return replace(grid, boxes=tuple(map(broken, grid.boxes)))
