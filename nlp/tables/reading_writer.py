"""Turns the reading of a table into cells: candidates of each row, then what the table says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.form.form import Row, Table
from nlp.record.model import TableCells
from nlp.tables.cell_writer import CellWriter, FilledRow
from nlp.tables.circumstances import Label, Setting
from nlp.tables.columns.candidates import ABSENT, Candidate, in_doubt, without_totals
from nlp.tables.columns.shared_cells import shared_cells, with_shared_cells_open
from nlp.tables.columns.shifted_rows import with_shifted_rows_open
from nlp.tables.layouts.unsegmented import string_rows
from nlp.tables.page.remarks import is_contradicted
from nlp.tables.page.runs import Run
from nlp.tables.reading import Manner, Reading
from nlp.tables.row_candidates import RowCandidates
from nlp.tables.table_page import TablePage

_MUCH = 0.9
"""From this similarity on a row's label is much alike that of the form."""


def cells_of(
    page: TablePage, reading: Reading, behind_labels: Mapping[str, Run], writer: CellWriter
) -> TableCells:
    """Return the cells of every row of the form, of optional ones where the page names them.

    `behind_labels` are the numbers that stand behind each row's label, whatever the reading gives it.
    """
    table = writer.table
    if reading.manner is Manner.BY_CELL:
        rows = _rows_by_cell(page, reading, table)
    else:
        rows = _rows_by_label(page, reading, behind_labels, writer)
        rows = _with_totals_doubted(rows, page, table)
    rows = with_shifted_rows_open(rows, table)
    shared = shared_cells(page.page.given, page.lines)
    if shared:
        label_lines = {id: page.tokens[match.last].line for id, match in reading.matches.items()}
        rows = with_shared_cells_open(rows, table, label_lines, shared)
    rows = _with_strays_open(rows, page, reading, table)
    filled = []
    for id, candidates in rows.items():
        row = table.row[id]
        sure = _with_unsure_open(row, candidates, page)
        filled.append(FilledRow(row, sure, _setting(row, page, reading, table)))
    return writer.rows(filled)


def _rows_by_cell(page: TablePage, reading: Reading, table: Table) -> Mapping[str, Sequence[Candidate]]:
    """Return the candidates of a reading that tells columns as well, its rows as the page has them."""
    rows = {}
    for id in dict.fromkeys([*page.table.row, *table.row]):
        row, cells = table.row[id], reading.cells.get(id, {})
        if cells or not row.optional:
            rows[id] = [cells.get(column, ABSENT) for column in row.columns]
    return rows


def _rows_by_label(
    page: TablePage, reading: Reading, behind_labels: Mapping[str, Run], writer: CellWriter
) -> Mapping[str, Sequence[Candidate]]:
    """Return the candidates of a reading that tells the numbers of each row that the page names."""
    strings = string_rows(page, reading, writer.table)
    named = RowCandidates(page, reading, behind_labels, writer)
    rows = {}
    for row in writer.table.rows:
        if row.id in strings:
            rows[row.id] = strings[row.id]
        elif row.id in reading.runs:
            rows[row.id] = named.of(row)
        elif not row.optional:
            rows[row.id] = [ABSENT] * len(row.columns)
    return rows


def _with_totals_doubted(
    rows: Mapping[str, Sequence[Candidate]], page: TablePage, table: Table
) -> Mapping[str, Sequence[Candidate]]:
    """Return rows with blank totals in doubt where a number of the page may be one of them."""
    columns = table.rows[0].columns
    is_in_all = all(row.columns == columns for row in table.rows)
    if table.total not in columns or not is_in_all:
        return rows
    place = columns.index(table.total)
    lacking = without_totals(place, rows)
    if not lacking or not page.page.has_unread_number():
        return rows
    doubted = dict(rows)
    for id in lacking:
        candidates = list(rows[id])
        candidates[place : place + 1] = in_doubt([candidates[place]])
        doubted[id] = candidates
    return doubted


def _with_strays_open(
    rows: Mapping[str, Sequence[Candidate]], page: TablePage, reading: Reading, table: Table
) -> Mapping[str, Sequence[Candidate]]:
    """Return rows, their numbers open that may be none of the table's and that no sum of the form confirms.

    On a label's own line each number is the row's.
    """
    opened = dict(rows)
    for id, match in reading.matches.items():
        if id not in rows or table.sums_of(table.row[id].columns):
            continue
        label_line = page.tokens[match.last].line
        candidates = list(rows[id])
        for place, candidate in enumerate(candidates):
            token = candidate.token
            if token is not None and token.line != label_line and page.page.strays.holds(token):
                candidates[place] = Candidate.any_of((token, None))
        opened[id] = candidates
    return opened


def _with_unsure_open(row: Row, candidates: Sequence[Candidate], page: TablePage) -> list[Candidate]:
    """Return candidates, open where headers above name nothing of the form, or a remark contradicts."""
    opened = list(candidates)
    for place, column in enumerate(row.columns):
        token = candidates[place].token
        if token is not None:
            is_lacking = (row.id, column) in page.strange.cells
            if is_lacking or is_contradicted(token, page.lines[token.line - 1], page.page.year):
                opened[place] = Candidate.any_of((token, None))
    return opened


def _setting(row: Row, page: TablePage, reading: Reading, table: Table) -> Setting:
    """Return how a row was read."""
    if reading.manner is Manner.BY_CELL:
        return Setting(reading.layout)
    bare = not any(reading.runs.values())
    return Setting(
        reading.layout, _label(row, page, reading, table), reading.unsure, reading.surplus > 0, bare
    )


def _label(row: Row, page: TablePage, reading: Reading, table: Table) -> Label:
    """Return how a row's label was recognised."""
    match = reading.matches.get(row.id)
    if match is None or match.similarity == 1.0:
        return "exact"
    if _is_in_turn(row, page, table):
        return "in turn"
    return "much alike" if match.similarity >= _MUCH else "alike"


def _is_in_turn(row: Row, page: TablePage, table: Table) -> bool:
    """Tell whether a row stands between those that stand around it in the form: then no other fits."""
    named = [match.row for match in page.matches.rows]
    known = [other.id for other in table.rows if other is row or not other.optional]
    return _around(row.id, named) == _around(row.id, known)


def _around(row: str, rows: Sequence[str]) -> Sequence[str]:
    """Return a row with its neighbours."""
    at = rows.index(row)
    return rows[max(0, at - 1) : at + 2]
