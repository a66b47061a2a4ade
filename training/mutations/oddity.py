"""What is an oddity of a sheet, and what several of them do to blocks and cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from training.mutations.sheet import GONE, LEFT, Block, Cell, PrintedRow, Sheet

Oddity = Callable[[Sheet, Random], Sheet]
"""From a sheet to one that has an oddity more, and its name."""


def permuted(block: Block, order: Sequence[int]) -> Block:
    """Return a block with its columns in another order, one that is not regular as it is."""
    if not is_regular(block):
        return block
    first, *names = block.headers[-1]
    header = (first, *(names[place] for place in order))
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in order)) for row in block.rows)
    return replace(block, headers=(header,), rows=rows)


def is_regular(block: Block) -> bool:
    """Return whether each cell of a block has a header of its own, and none is one with another."""
    columns = len(block.headers[0]) - 1
    if len(block.headers) > 1 or any(len(row.cells) != columns for row in block.rows):
        return False
    return not any(cell.text in (LEFT, GONE) for row in block.rows for cell in row.cells)


def with_column(block: Block, place: int, name: str, texts: Sequence[str]) -> Block:
    """Return a block with one more column, which the form does not have: a text for each row.

    A block that is not regular is returned as it is.
    """
    if not is_regular(block):
        return block
    first, *names = block.headers[-1]
    names.insert(place, (name, 1))
    rows = []
    for row, text in zip(block.rows, texts, strict=True):
        rows.append(replace(row, cells=(*row.cells[:place], Cell(text), *row.cells[place:])))
    return replace(block, headers=((first, *names),), rows=tuple(rows))


def blank_row(row: PrintedRow, mark: str = "") -> PrintedRow:
    """Return a row of blank cells that print a mark."""
    return replace(row, cells=tuple(replace(cell, text=mark, value=None) for cell in row.cells))


def is_amount(cell: Cell) -> bool:
    """Return whether a cell is an amount of money."""
    return cell.key is not None and cell.key[2] == "amount"


def is_count(cell: Cell) -> bool:
    """Return whether a cell counts something, and prints how many in digits alone."""
    return cell.key is not None and not is_amount(cell) and cell.value is not None and cell.text.isdecimal()


def cells_changed(
    sheet: Sheet, rng: Random, oddity: str, share: float, change: Callable[[Cell], Cell], table: str = ""
) -> Sheet:
    """Return a sheet with a share of its cells changed: those of one table, or of all of them ("")."""

    def changed(row: PrintedRow) -> PrintedRow:
        cells = [change(cell) if cell.key and rng.random() < share else cell for cell in row.cells]
        return replace(row, cells=tuple(cells))

    tables = dict(sheet.tables)
    for id, blocks in sheet.tables.items():
        if table in ("", id):
            tables[id] = tuple(replace(block, rows=tuple(map(changed, block.rows))) for block in blocks)
    return replace(sheet, tables=tables, oddities=(*sheet.oddities, oddity))


def labels_changed(sheet: Sheet, oddity: str, change: Callable[[str], str]) -> Sheet:
    """Return a sheet with all texts changed but those of cells: titles, headers, labels of rows."""
    tables: dict[str, tuple[Block, ...]] = {}
    for id, blocks in sheet.tables.items():
        changed = []
        for block in blocks:
            headers = tuple(tuple((change(text), span) for text, span in line) for line in block.headers)
            rows = tuple(replace(row, labels=tuple(map(change, row.labels))) for row in block.rows)
            changed.append(replace(block, title=change(block.title), headers=headers, rows=rows))
        tables[id] = tuple(changed)
    return replace(sheet, tables=tables, oddities=(*sheet.oddities, oddity))
