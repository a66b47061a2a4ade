"""Reads a table of the form from the cells that the file gives: labels name rows, headers name columns."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon
from nlp.reading.document import GivenTable
from nlp.tables.given.grid import GivenReading, grids
from nlp.tables.given.one_row import values_of_one_row
from nlp.tables.given.rows import DataRow, data_rows
from nlp.text.lines import Line


def given_cells(
    tables: Sequence[GivenTable], lines: Sequence[Line], table: forms.Table, lexicon: Lexicon
) -> GivenReading | None:
    """Return what the given tables of a document say about a table of the form, all numbers explained.

    `lines` are those of the document. Nothing is guessed: None where the tables say nothing, where a number
    has no label, or where cells, labels and headers contradict each other. Where the form lacks a label or
    header of the page and the page one of the form, one may be the other's misspelling: None as well.
    """
    document_grids = list(grids(tables, lines, table.id))
    if table.one_row:
        reading = values_of_one_row(document_grids, lexicon)
    else:
        reading = _values_of_rows(data_rows(document_grids, lexicon), lexicon)
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


def _values_of_rows(rows: Sequence[DataRow], lexicon: Lexicon) -> GivenReading | None:
    """Return the cells of data rows in the order of the page; None where one of them contradicts another."""
    named: dict[str, list[DataRow]] = {}
    reading = GivenReading({}, [])
    for row in rows:
        name = row.name(lexicon)
        reading.foreign.extend(row.foreign)
        if name is not None:
            named.setdefault(name, []).append(row)
        elif row.labels:
            reading.foreign.extend(row.cells)
        elif row.numbers:
            return None
    for name, of_name in named.items():
        filled = [row for row in of_name if row.numbers]
        is_repeated = all(row.numbers == filled[0].numbers for row in filled)
        columns = (filled or of_name)[0].columns_of(lexicon.table.row[name])
        if columns is None or not is_repeated:
            return None
        for column, cell in columns.items():
            if cell.filling is None:
                return None
            reading.cells[name, column] = cell.filling
    return reading
