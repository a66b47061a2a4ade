"""Tells where on its pages a document prints each cell."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.reading.document import Positions
from nlp.record.model import Cell, Tables


def on_pages(tables: Tables, positions: Positions | None) -> Tables:
    """Return tables whose cells say their page and box, where the document has pages."""
    if positions is None:
        return tables
    return {
        table: {
            row: {column: _placed(cell, positions) for column, cell in cells.items()}
            for row, cells in rows.items()
        }
        for table, rows in tables.items()
    }


def _placed(cell: Cell, positions: Positions) -> Cell:
    found = positions.of(cell.span) if cell.span else None
    return cell if found is None else replace(cell, page=found[0], box=found[1])
