"""Adds to the cells of a record the page and the box where a PDF prints them."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.reading.document import Positions
from nlp.record.model import Cell, TableCells, Tables


def on_pages(tables: Tables, positions: Positions | None) -> Tables:
    """Return tables whose cells have `page` and `box`; the tables as they are if there are no positions."""
    if positions is None:
        return tables
    return {table: _rows_on_pages(rows, positions) for table, rows in tables.items()}


def _rows_on_pages(rows: TableCells, positions: Positions) -> TableCells:
    placed: TableCells = {}
    for row, cells in rows.items():
        placed[row] = {column: _cell_on_page(cell, positions) for column, cell in cells.items()}
    return placed


def _cell_on_page(cell: Cell, positions: Positions) -> Cell:
    place = positions.of(cell.span) if cell.span else None
    if place is None:
        return cell
    page, box = place
    return replace(cell, page=page, box=box)
