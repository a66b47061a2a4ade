"""Puts as many numbers as columns into a row's columns."""

from __future__ import annotations

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, differing, in_turn, tokens_of
from nlp.tables.columns.grid import shape_of
from nlp.tables.columns.placing import RowNumbers, by_cells
from nlp.tables.columns.too_few import unplaced
from nlp.tables.on_lines import is_all_of_its_line
from nlp.tables.page.tokens import Kind


def as_many(row: RowNumbers) -> list[Candidate]:
    """Assign a row's numbers in order; doubt them where one stands apart, or the line is crowded."""
    if _are_below(row) and not row.holds(row.printed):
        return [Candidate.any_of((token, None)) for token in row.printed]
    blanks = row.blanks
    if blanks and len(row.lines) == 2 and row.printed[-1].line != row.printed[-2].line:
        return _with_one_below(row)
    placed = _without_cell_beyond(row) if blanks else None
    if placed:
        return placed
    if not _has_blank_within(row):
        return in_turn(row.printed, Way.AS_MANY, row.grid.is_crowded(row.label))
    filled = in_turn(row.printed, Way.AS_MANY, doubtful=True)
    without_last = by_cells(row.without(row.printed[-1]))
    return differing(filled, without_last) if without_last else filled


def _are_below(row: RowNumbers) -> bool:
    """Return whether a row's numbers may be those of pages: each has a line to itself, below the row's own.

    The row's line has delimited cells, all of them blank, or other rows have their numbers beside their
    labels. An amount with a point is no number of a page.
    """
    has_points = False
    for token in row.printed:
        is_below = token.line > row.label.line and token.cells < 0
        if not is_below or not is_all_of_its_line(token, row.grid.lines):
            return False
        has_points = has_points or "." in token.text
    has_blank_cells = any(token.line == row.label.line for token in row.run)
    return has_blank_cells or (row.grid.beside and not has_points)


def _without_cell_beyond(row: RowNumbers) -> list[Candidate] | None:
    """Place a row by its cells where its last one is none of its own, beyond its columns.

    It is a blank cell's mark (占比: -), or says once more what stands in the cell before, which spans both.
    """
    *others, last = row.printed
    start = row.grid.start(last.cells, row.label.cell)
    if start is None or last.cell < start + row.width:
        return None
    is_own = last.kind is Kind.VALUE
    if is_own and others and row.grid.repeating:
        is_own = (others[-1].text, others[-1].cell + 1) != (last.text, last.cell)
    return None if is_own else by_cells(row.without(last))


def _has_blank_within(row: RowNumbers) -> bool:
    """Return whether one cell among the numbers of a line is empty, and may be a blank column.

    Then the last number is a stray one. It is none where the row's sum holds, or rows alike have the same
    cell empty.
    """
    printed = row.printed
    if len(row.lines) > 1 or printed[-1].cell - printed[0].cell != row.width:
        return False
    return not row.holds(printed) and shape_of(printed) not in row.grid.gapped


def _with_one_below(row: RowNumbers) -> list[Candidate]:
    """Assign a row that has one blank cell and a number below it: that cell's, if the row's sum says so."""
    below = row.printed[-1]
    candidates = by_cells(row.with_run([token for token in row.run if token.line != below.line]))
    if candidates is None:
        return unplaced(row)
    blank = Candidate(None, Way.BELOW, doubtful=True)
    with_blank, with_below = list(candidates), list(candidates)
    for place, candidate in enumerate(candidates):
        if candidate.token is None:
            with_blank[place] = blank
            with_below[place] = Candidate.of(below, Way.BELOW)
    return with_below if row.holds(tokens_of(with_below)) else with_blank
