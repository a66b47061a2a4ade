"""Reads a table of the form from the cells that the file gives: labels name rows, headers name columns."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon
from nlp.reading.document import GivenTable
from nlp.tables.given.grid import GivenReading, grids
from nlp.tables.given.rows import DataRow, data_rows, row_of
from nlp.tables.page.tokens import Token
from nlp.text.lines import Line

_ONE_ROW = ""
"""The name of the rows of values of a table whose rows are named by headers."""


def given_cells(
    tables: Sequence[GivenTable], lines: Sequence[Line], table: forms.Table, lexicon: Lexicon
) -> GivenReading | None:
    """Return what the given tables of a document say about a table of the form, all numbers explained.

    `lines` are those of the document. Nothing is guessed: None where the tables say nothing, where a number
    has no label, or where cells, labels and headers contradict each other. Where the form lacks a label or
    header of the page and the page one of the form, one may be the other's misspelling: None as well.
    """
    rows = [row for grid in grids(tables, lines, table.id) for row in data_rows(grid, lexicon)]
    reading = _values_of(rows, lexicon)
    if reading is None or not reading.cells:
        return None
    if reading.foreign and _lacks(reading, table):
        return None
    return reading


def _lacks(reading: GivenReading, table: forms.Table) -> bool:
    """Return whether a row of the form was not read, or not with all of its columns."""
    printed = {row for row, _ in reading.cells}
    replaced = {other for row in printed for other in table.row[row].stands_for}
    for row in table.rows:
        if row.id not in printed:
            may_lack = row.optional or row.may_be_left_out or row.id in replaced
            if not may_lack:
                return True
        elif any((row.id, column) not in reading.cells for column in row.columns):
            return True
    return False


def _values_of(rows: Sequence[DataRow], lexicon: Lexicon) -> GivenReading | None:
    """Return the cells of data rows in the order of the page; None where one of them contradicts another."""
    named: dict[str, list[DataRow]] = {}
    reading = GivenReading({}, [])
    for row in rows:
        name = _ONE_ROW if lexicon.table.one_row else row_of(row, lexicon)
        reading.foreign.extend(row.foreign)
        if name is not None:
            named.setdefault(name, []).append(row)
        elif row.labels:
            reading.foreign.extend(row.cells)
        elif row.numbers:
            return None
    for name, of_name in named.items():
        filled = [row for row in of_name if row.numbers] or of_name
        is_repeated = all(row.numbers == filled[0].numbers for row in filled)
        cells = _cells(filled[0], name, lexicon.table)
        if cells is None or not is_repeated:
            return None
        reading.cells.update(cells)
    return reading


def _cells(row: DataRow, name: str, table: forms.Table) -> dict[tuple[str, str], Token] | None:
    """Return what stands in the cells of a row of the form; None where cells and columns do not fit."""
    if row.by_name is None:
        return None
    fillings = {}
    for (row_above, column), cells in row.by_name.items():
        row_id = row_above or name
        filled = [cell for cell in cells if not cell.is_empty]
        is_of_row = row_id in table.row and column in table.row[row_id].columns
        if len(filled) > is_of_row:
            return None
        if is_of_row:
            filling = (filled or cells)[0].filling
            if filling is None:
                return None
            fillings[row_id, column] = filling
    return fillings
