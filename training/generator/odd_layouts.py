"""Layouts of tables that are kept from training: for reports which tell how unknown pages are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from training.generator import prose, sheets
from training.generator.cells import filled, full, own, rows
from training.generator.grids import Grid
from training.generator.page import Block, Page, line, table_line
from training.generator.typesetting import TableSetting, placed_texts, wrapped

TableWriter = Callable[[Grid], Page]

_REMARKED = re.compile(r"\d[\d,.]*\s*[（(]")
"""How a value begins that has a remark behind it: `6（其中修订2件）`."""

_NARROW = 22
"""In Chinese characters: how wide the lines of paper are."""


def bars_before(rng: Random) -> TableWriter:
    """Each cell on a line of its own behind a pipe; a blank one leaves the pipe."""
    lead = rng.choice(["| ", "|", "|  "])

    def write(grid: Grid) -> Page:
        page: Page = []
        for n in range(grid.rows):
            for text, is_value in own(grid, n):
                label = "numeric_cell" if is_value else "table_row"
                page.append(line(lead + text, label if text else "furniture", grid.table, grid.table))
        return page

    return write


def rows_apart(rng: Random) -> TableWriter:
    """The labels of a row on one line, its values on the next, numbers with a remark behind them too."""
    between = rng.choice(["    ", "\t", " | "])

    def is_value(cell: tuple[str, bool]) -> bool:
        return cell[1] or _REMARKED.match(cell[0]) is not None

    def write(grid: Grid) -> Page:
        page: Page = []
        for n in range(grid.rows):
            cells = own(grid, n)
            labels = [cell for cell in cells if not is_value(cell)]
            for part in (labels, [cell for cell in cells if is_value(cell)]):
                if any(text for text, _ in part):
                    entry = table_line(part, between)
                    page.append(line(entry.text, entry.label, grid.table, grid.table))
        return page

    return write


def double_tabs(rng: Random) -> TableWriter:
    """Cells parted by a tab and spaces around it, the cells that a merged one covers left empty."""
    separator = rng.choice([" \t ", "\t ", " \t"])
    return lambda grid: rows(grid, full(downwards=True, sideways=True), separator, end="\t")


def wide_bars(rng: Random) -> TableWriter:
    """Cells parted by bars of full width."""
    separator = rng.choice(["｜", " ｜ ", "│"])
    return lambda grid: rows(grid, full(downwards=True, sideways=False), separator, start=separator.strip())


def drawn(rng: Random) -> TableWriter:
    """A row a line between bars, a rule of drawn characters between the rows."""
    rule = rng.choice(["├──┼──┤", "═══╪═══", "+======+======+"])

    def write(grid: Grid) -> Page:
        page: Page = []
        for entry in rows(grid, full(downwards=True, sideways=True), " │ ", start="│ ", end=" │"):
            page += [entry, line(rule, "furniture", grid.table, grid.table)]
        return page

    return write


def double_bars(rng: Random) -> TableWriter:
    """A row a line, its cells behind two bars, blank ones of merged cells left out."""
    separator = rng.choice([" || ", "||", " |  "])
    return lambda grid: rows(grid, own, separator, start=separator.strip())


def tight(rng: Random) -> TableWriter:
    """Printed lines by height, as `sheets.geometric`, with labels at the top of their cells."""
    setting = TableSetting(centred=False, shift=0.2, shifted_share=0.2)
    tolerance = rng.choice([0.15, 0.25])

    def write(grid: Grid) -> Page:
        lines = sheets.by_height(placed_texts(grid, setting, rng), tolerance)
        return [sheets.joined(texts, grid) for texts in lines]

    return write


def loose_cells(rng: Random) -> TableWriter:
    """One cell a line, indented, a blank line below it."""
    indent = rng.choice(["      ", "   ", "　　　"])

    def write(grid: Grid) -> Page:
        page: Page = []
        for n in range(grid.rows):
            for text, is_value in filled(grid, n):
                label = "numeric_cell" if is_value else "table_row"
                page.append(line(indent + text, label, grid.table, grid.table))
                page.append(line("", "", grid.table, grid.table))
        return page

    return write


def halves(rng: Random) -> TableWriter:
    """All labels of a table, then all its values row by row, each on its own line."""
    values_first = rng.random() < 0.3

    def write(grid: Grid) -> Page:
        labels: Page = []
        values: Page = []
        for n in range(grid.rows):
            for text, is_value in filled(grid, n):
                part = values if is_value else labels
                label = "numeric_cell" if is_value else "table_row"
                part.append(line(text, label, grid.table, grid.table))
        return values + labels if values_first else labels + values

    return write


def narrow(rng: Random) -> prose.BlockWriter:
    """Lines of a narrow sheet, all of them with the same indent."""
    lead = rng.choice(["", "  ", "　"])

    def write(block: Block) -> Page:
        texts = wrapped(block.text, _NARROW)
        return [line(lead + text.strip(), block.label, block.section) for text in texts]

    return write
