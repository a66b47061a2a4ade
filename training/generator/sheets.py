"""Tables read off a printed sheet: in the order of storage, by position, or column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from random import Random

from training.generator.grids import Grid
from training.generator.page import Page, PageLine, line, table_line
from training.generator.typesetting import Piece, pieces, sheet

Writer = Callable[[Grid], Page]


def stream(rng: Random) -> Writer:
    """Cells in the order of storage; what stands on one baseline shares a line (pdfium, pypdf)."""
    how = sheet(rng)

    def write(grid: Grid) -> Page:
        lines: list[list[Piece]] = []
        for piece in pieces(grid, how, rng):
            if lines and abs(lines[-1][-1].y - piece.y) < 0.3 and piece.x > lines[-1][-1].x:
                lines[-1].append(piece)
            else:
                lines.append([piece])
        return [joined(parts, grid) for parts in lines]

    return write


def one_a_line(rng: Random) -> Writer:
    """Every printed line of every cell by itself (PyMuPDF)."""
    how = sheet(rng)
    return lambda grid: [joined([piece], grid) for piece in pieces(grid, how, rng)]


def geometric(rng: Random) -> Writer:
    """What stands on one height shares a line, from top to bottom (pdfplumber)."""
    how = sheet(rng)
    tolerance = rng.choice([0.2, 0.3, 0.4])
    return lambda grid: [joined(parts, grid) for parts in by_height(pieces(grid, how, rng), tolerance)]


def by_height(printed: Iterable[Piece], tolerance: float) -> list[list[Piece]]:
    """Gather pieces into lines, each sorted from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(printed, key=lambda piece: (piece.y, piece.x)):
        if lines and piece.y - lines[-1][0].y <= tolerance:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(parts, key=lambda piece: piece.x) for parts in lines]


def column_by_column(rng: Random) -> Writer:
    """All labels of a page, then its columns of values one after the other (pdfminer)."""
    how = sheet(rng)
    rows_a_page = rng.choice([14, 18, 22, 40])
    after = rng.choice([0, 1, 1])

    def sheet_number(piece: Piece) -> int:
        return piece.row // rows_a_page

    def write(grid: Grid) -> Page:
        page: Page = []
        printed = sorted(pieces(grid, how, rng), key=sheet_number)
        for _, parts in groupby(printed, sheet_number):
            for piece in _columns_apart(list(parts)):
                page.append(joined([piece], grid))
                page += [line("", "", grid.table, grid.table)] * after
        return page

    return write


def _columns_apart(parts: list[Piece]) -> list[Piece]:
    labels = [piece for piece in parts if not piece.value]
    values = [piece for piece in parts if piece.value]
    return labels + sorted(values, key=lambda piece: (piece.column, piece.y))


def _totals_last(parts: list[Piece]) -> list[Piece]:
    """Put the four parts of each group of five before the totals."""
    return sorted(parts, key=lambda piece: piece.value and piece.column % 5 == 4)


def _runs(printed: list[Piece], lengths: dict[int, int]) -> list[list[Piece]]:
    return [list(parts) for _, parts in groupby(printed, lambda piece: lengths[piece.row])]


def blocks(rng: Random) -> Writer:
    """Some rows whole, others column by column, labels after them (pdftotext without -layout)."""
    how = sheet(rng)

    def write(grid: Grid) -> Page:
        page: Page = []
        printed = sorted(pieces(grid, how, rng), key=lambda piece: piece.row)
        lengths: dict[int, int] = {}
        run, left = 0, 0
        for row in range(grid.rows):
            if left == 0:
                run, left = run + 1, rng.choice([1, 1, 2, 4, 8])
            lengths[row], left = run, left - 1
        for parts in _runs(printed, lengths):
            labels_last = rng.random() < 0.5
            ordered = _totals_last(parts) if grid.table == "review_litigation" else parts
            ordered = ordered if rng.random() < 0.4 else _columns_apart(ordered)
            for piece in sorted(ordered, key=lambda piece: piece.value is not labels_last):
                page += [joined([piece], grid), line("", "", grid.table, grid.table)]
        return page

    return write


def joined(parts: list[Piece], grid: Grid) -> PageLine:
    """Return pieces that share a line."""
    entry = table_line([(piece.text, piece.value) for piece in parts], " ")
    return line(entry.text, entry.label, grid.table, grid.table)
