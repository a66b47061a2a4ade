"""Adds to the cells of a record where they stand: page and box, or table, paragraph or sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec.structs import replace

from nlp.reading.document import Places, Positions
from nlp.record.model import Cell, Span, Tables

Place = TypeVar("Place")


def on_pages(tables: Tables, positions: Positions | None) -> Tables:
    """Return tables whose cells have `page` and `box`; the tables as they are if there are no positions."""
    if positions is None:
        return tables
    return _placed(tables, positions.of, lambda cell, place: replace(cell, page=place[0], box=place[1]))


def in_document(tables: Tables, places: Places | None) -> Tables:
    """Return tables whose cells have `at`; the tables as they are if there are no places."""
    if places is None:
        return tables
    return _placed(tables, places.of, lambda cell, place: replace(cell, at=place))


def _placed(
    tables: Tables, place_of: Callable[[Span], Place | None], with_place: Callable[[Cell, Place], Cell]
) -> Tables:
    """Return tables with the place of each cell whose place is known."""

    def placed(cell: Cell) -> Cell:
        place = place_of(cell.span) if cell.span else None
        return cell if place is None else with_place(cell, place)

    changed: Tables = {}
    for table, rows in tables.items():
        changed[table] = {}
        for row, cells in rows.items():
            changed[table][row] = {column: placed(cell) for column, cell in cells.items()}
    return changed
