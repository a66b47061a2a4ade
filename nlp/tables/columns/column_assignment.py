"""Puts a row's numbers into its columns."""

from __future__ import annotations

from nlp.tables.circumstances import Way
from nlp.tables.columns.as_many import as_many
from nlp.tables.columns.candidates import Candidate, in_turn
from nlp.tables.columns.grid import Grid
from nlp.tables.columns.label_cells import beside_label_cell, is_in_label_cell
from nlp.tables.columns.placing import Holds, RowNumbers, by_cells
from nlp.tables.columns.split_cells import with_cells_joined
from nlp.tables.columns.too_few import too_few
from nlp.tables.columns.too_many import too_many
from nlp.tables.page.runs import Run
from nlp.tables.page.tokens import Token


def assign_columns(label: Token, run: Run, width: int, grid: Grid, holds: Holds) -> list[Candidate]:
    """Return a candidate for each of a row's columns.

    As many numbers as columns fill them in order. One too many is cut where that leaves the same
    row, or the one whose sum holds (a Word grid's stray zero). Fewer are placed by the cells of a
    delimited line, or by where they stand if the row's sum holds; else what each is cannot be told.
    """
    row = RowNumbers(label, run, width, grid, holds)
    if row.is_plain:
        return in_turn(row.printed, Way.AS_MANY, grid.is_crowded(label))
    if row.printed and is_in_label_cell(row):
        return beside_label_cell(row)
    candidates = with_cells_joined(row)
    if candidates:
        return candidates
    if len(row.printed) == width:
        return as_many(row)
    if len(row.printed) > width:
        return too_many(row)
    if row.printed:
        return too_few(row)
    return by_cells(row) or _empty(row)


def _empty(row: RowNumbers) -> list[Candidate]:
    """Return blank cells: surely blank if the line of the label has cells."""
    has_cells = row.label.cells > 1 or len(row.run) > 0
    return [Candidate(None, Way.EMPTY_CELLS if has_cells else Way.NO_CELLS)] * row.width
