"""The layout of the form's tables as they are printed: header, label and value cells with their spans."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from nlp.form.form import Column, Row, Table
from nlp.form.names import groups


class PrintedCell(NamedTuple):
    """A cell of a printed table: a label, or an empty cell for the value of a cell of the form.

    `row` and `column` are its place in the grid, from 0; `down` and `across` are the rows and columns that
    it spans; `cell` is the row and the column id of the value, None for a label.
    """

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1
    cell: tuple[str, str] | None = None


def printed_cells(table: Table, printed: Collection[str]) -> list[PrintedCell]:
    """Return the cells of a table by rows; of the form's rows only those whose ids are in `printed`.

    >>> from nlp.form import form as forms
    >>> printed_cells(forms.named("2021").table("review_litigation"), ("review",))[:3]  # doctest: +ELLIPSIS
    [PrintedCell(row=0, column=0, text='行政复议', ... across=5, cell=None), PrintedCell(row=1, ...
    """
    rows = [row for row in table.rows if row.id in printed]
    if not rows:
        return []
    if table.one_row:
        return sorted(_one_row(table, rows))
    if all(row.group for row in rows):
        return sorted(_blocks(table, rows))
    return sorted(_under_one_header(table, rows))


def _blocks(table: Table, rows: Sequence[Row]) -> Iterator[PrintedCell]:
    """Yield a block for each group: a line with its label, a line of column labels, a line for each row."""
    width = 1 + max(len(row.columns) for row in rows)
    line = 0
    for (group, columns), block in groupby(rows, key=lambda row: (row.group, row.columns)):
        yield PrintedCell(line, 0, group or "", across=width)
        yield PrintedCell(line + 1, 0, table.headers[0])
        for start, across, column in _spread(columns, width):
            yield PrintedCell(line + 1, start, _column_label(table.column[column]), across=across)
        line += 2
        for row in block:
            yield PrintedCell(line, 0, row.label)
            for start, across, column in _spread(columns, width):
                yield PrintedCell(line, start, "", across=across, cell=(row.id, column))
            line += 1


def _column_label(column: Column) -> str:
    """Return the label of a column, with its unit where the label does not name it."""
    if column.unit is None or column.unit in column.label:
        return column.label
    return f"{column.label}（{column.unit}）"


def _spread(columns: Sequence[str], width: int) -> Iterator[tuple[int, int, str]]:
    """Yield the place in the grid, the span and the id of each column; the last one fills the width."""
    for start, column in enumerate(columns, 1):
        is_last = start == len(columns)
        yield start, width - start if is_last else 1, column


def _under_one_header(table: Table, rows: Sequence[Row]) -> Iterator[PrintedCell]:
    """Yield three columns of group and row labels, and the values under the header of applicants."""
    yield from _applicants(table)
    above: tuple[str, ...] = ()
    for line, row in enumerate(rows, 3):
        around = groups(table, row)
        for depth, group in enumerate(around):
            if group not in above:
                down = sum(group in groups(table, other) for other in rows)
                yield PrintedCell(line, depth, group, down=down)
        yield PrintedCell(line, len(around), row.label, across=3 - len(around))
        for place, column in enumerate(row.columns, 3):
            yield PrintedCell(line, place, "", cell=(row.id, column))
        above = around


def _applicants(table: Table) -> Iterator[PrintedCell]:
    """Yield the three lines of the header: applicants, people and organisations, kinds of organisations."""
    relation, applicants, organizations = table.headers[:3]
    people, *bodies, total = (column.label for column in table.columns)
    yield PrintedCell(0, 0, relation, down=3, across=3)
    yield PrintedCell(0, 3, applicants, across=len(table.columns))
    yield PrintedCell(1, 3, people, down=2)
    yield PrintedCell(1, 4, organizations, across=len(bodies))
    for place, body in enumerate(bodies, 4):
        yield PrintedCell(2, place, body)
    yield PrintedCell(1, 4 + len(bodies), total, down=2)


def _one_row(table: Table, rows: Sequence[Row]) -> Iterator[PrintedCell]:
    """Yield one line of all values, under the labels of groups, rows and columns."""
    place = 0
    for group, block in groupby(rows, key=lambda row: row.group):
        grouped = list(block)
        start = place
        for row in grouped:
            if group is not None:
                yield PrintedCell(1, place, row.label, across=len(row.columns))
            for column in row.columns:
                label = table.column[column].label
                if group is None:
                    yield PrintedCell(1, place, label, down=2)
                else:
                    yield PrintedCell(2, place, label, down=1)
                yield PrintedCell(3, place, "", cell=(row.id, column))
                place += 1
        yield PrintedCell(0, start, group or grouped[0].label, across=place - start)
