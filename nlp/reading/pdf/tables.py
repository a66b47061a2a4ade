"""The ruled tables of a PDF with the places of their cells in its text, put together across page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.reading.document import GivenCell, GivenTable
from nlp.reading.pdf.paragraphs import WrittenRow
from nlp.reading.pdf.ruled import RuledTable

_NEAR = 3.0
"""In points: vertical lines on two pages that are closer are one line of the table."""


@dataclass
class _Piece:
    """The part of a table on one page, its rows with text, and whether it goes on from the page before."""

    ruled: RuledTable
    rows: list[WrittenRow] = field(default_factory=list)
    goes_on: bool = False


def given_tables(rows: Sequence[WrittenRow], starts: Sequence[int]) -> tuple[GivenTable, ...]:
    """Return the tables that rows belong to; `starts` are the positions in the text of the parts of it.

    Two pieces are one table where the second begins the next page, no line of prose stands between them,
    and both have the same left and right edge. Its columns are those of both pieces.
    """
    pieces: list[_Piece] = []
    for row in rows:
        ruled = row.line.table
        if ruled is None:
            continue
        if not pieces or pieces[-1].ruled is not ruled:
            pieces.append(_Piece(ruled, goes_on=bool(pieces) and _goes_on(pieces[-1], row)))
        pieces[-1].rows.append(row)
    tables: list[list[_Piece]] = []
    for piece in pieces:
        if piece.goes_on:
            tables[-1].append(piece)
        else:
            tables.append([piece])
    return tuple(_table(table, starts) for table in tables)


def _goes_on(piece: _Piece, row: WrittenRow) -> bool:
    """Return whether a row, the first of its page's table, goes on with the table of the page before."""
    last = piece.rows[-1]
    parts_between = row.part - (last.part + len(last.line.written))
    same_edges = (
        abs(last.line.left - row.line.left) <= _NEAR and abs(last.line.right - row.line.right) <= _NEAR
    )
    return row.page == last.page + 1 and parts_between == 1 and same_edges


def _table(pieces: Sequence[_Piece], starts: Sequence[int]) -> GivenTable:
    edges = _edges([piece.ruled for piece in pieces])
    rows: list[tuple[GivenCell, ...]] = []
    for piece in pieces:
        first_row = len(rows)
        column_of = [_nearest(edges, x) for x in piece.ruled.xs]
        for written_row in piece.rows:
            start = starts[written_row.part]
            for cells in written_row.line.cells:
                rows.append(tuple(_placed(cell, first_row, column_of, start) for cell in cells))
    return GivenTable(tuple(rows))


def _placed(cell: GivenCell, first_row: int, column_of: Sequence[int], start: int) -> GivenCell:
    """Return a cell of a page in the grid of the whole table, with its place in the text."""
    column = column_of[cell.column]
    end = column_of[cell.column + cell.column_span]
    return GivenCell(
        cell.row + first_row,
        column,
        cell.row_span,
        max(end - column, 1),
        cell.start + start,
        cell.end + start,
    )


def _edges(tables: Sequence[RuledTable]) -> list[float]:
    """Return the vertical lines of several tables from the left, near ones once."""
    if len(tables) == 1:
        return tables[0].xs
    edges: list[float] = []
    for x in sorted(x for table in tables for x in table.xs):
        if not edges or x - edges[-1] > _NEAR:
            edges.append(x)
    return edges


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - x))
