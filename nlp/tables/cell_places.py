"""Adds to the cells of a record where they stand: page and box, or table, paragraph or sheet."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from nlp.reading.document import Places, Positions
from nlp.record.model import Cell, Tables


def on_pages(tables: Tables, positions: Positions | None) -> Tables:
    """Return tables whose cells have `page` and `box`; the tables as they are if there are no positions."""

    def placed(cell: Cell) -> Cell:
        place = positions.of(cell.span) if positions and cell.span else None
        return cell if place is None else replace(cell, page=place[0], box=place[1])

    return tables if positions is None else _with_each(tables, placed)


def in_document(tables: Tables, places: Places | None) -> Tables:
    """Return tables whose cells have `at`; the tables as they are if there are no places."""

    def placed(cell: Cell) -> Cell:
        place = places.of(cell.span) if places and cell.span else None
        return cell if place is None else replace(cell, at=place)

    return tables if places is None else _with_each(tables, placed)


def _with_each(tables: Tables, placed: Callable[[Cell], Cell]) -> Tables:
    """Return tables whose cells are what a function makes of them."""
    changed: Tables = {}
    for table, rows in tables.items():
        changed[table] = {}
        for row, cells in rows.items():
            changed[table][row] = {column: placed(cell) for column, cell in cells.items()}
    return changed
