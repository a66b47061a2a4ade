"""Adds to the cells of a record where they stand: page and box, or table, paragraph or sheet."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.reading.document import Places, Positions
from nlp.record.model import Cell, Tables


def on_pages(tables: Tables, positions: Positions | None) -> Tables:
    """Return tables whose cells have `page` and `box`; the tables as they are if there are no positions."""
    if positions is None:
        return tables
    return {
        table: {row: _row_on_pages(cells, positions) for row, cells in rows.items()}
        for table, rows in tables.items()
    }


def in_document(tables: Tables, places: Places | None) -> Tables:
    """Return tables whose cells have `at`; the tables as they are if there are no places."""
    if places is None:
        return tables
    return {
        table: {row: _row_in_document(cells, places) for row, cells in rows.items()}
        for table, rows in tables.items()
    }


def _row_on_pages(cells: dict[str, Cell], positions: Positions) -> dict[str, Cell]:
    return {column: _cell_on_page(cell, positions) for column, cell in cells.items()}


def _row_in_document(cells: dict[str, Cell], places: Places) -> dict[str, Cell]:
    return {column: _cell_in_document(cell, places) for column, cell in cells.items()}


def _cell_on_page(cell: Cell, positions: Positions) -> Cell:
    place = positions.of(cell.span) if cell.span else None
    if place is None:
        return cell
    page, box = place
    return replace(cell, page=page, box=box)


def _cell_in_document(cell: Cell, places: Places) -> Cell:
    place = places.of(cell.span) if cell.span else None
    return cell if place is None else replace(cell, at=place)
