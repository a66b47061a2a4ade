"""The tables of an edition as they are printed: boxes over rows and columns, some merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from nlp.form.form import Column, Row, Table
from nlp.form.names import groups


class Box(NamedTuple):
    """A box of a printed table: a label, or the value of `cell` (row and column)."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1
    cell: tuple[str, str] | None = None


def boxes(table: Table, printed: Collection[str]) -> list[Box]:
    """Return a table's boxes in reading order; of its rows only those that are printed.

    >>> from nlp.form import form as forms
    >>> boxes(forms.named("2021").table("review_litigation"), ("review",))[:3]  # doctest: +ELLIPSIS
    [Box(row=0, column=0, text='行政复议', ... across=5, cell=None), Box(row=1, ...
    """
    rows = [row for row in table.rows if row.id in printed]
    if not rows:
        return []
    if table.one_row:
        return sorted(_one_row(table, rows))
    return sorted(_shared_header(table, rows) if any(not row.group for row in rows) else _blocks(table, rows))


def _blocks(table: Table, rows: Sequence[Row]) -> Iterator[Box]:
    """A block for each group: a line for the group, a line of column names, a line a row."""
    width, at = 1 + max(len(row.columns) for row in rows), 0
    for group, block in groupby(rows, key=lambda row: (row.group, row.columns)):
        inside = list(block)
        yield Box(at, 0, group[0] or "", across=width)
        yield Box(at + 1, 0, table.headers[0])
        for start, across, column in _spread(inside[0].columns, width):
            yield Box(at + 1, start, _name(table.column[column]), across=across)
        for i, row in enumerate(inside, at + 2):
            yield Box(i, 0, row.label)
            for start, across, column in _spread(row.columns, width):
                yield Box(i, start, "", across=across, cell=(row.id, column))
        at += 2 + len(inside)


def _name(column: Column) -> str:
    """Return a column's label, with its unit where the label does not tell that."""
    told = column.unit is None or column.unit in column.label
    return column.label if told else f"{column.label}（{column.unit}）"


def _spread(columns: Sequence[str], width: int) -> Iterator[tuple[int, int, str]]:
    """Lay columns over those of the table, the last as wide as what is left: yield (start, width, column)."""
    for i, column in enumerate(columns, 1):
        yield i, 1 if i < len(columns) else width - i, column


def _shared_header(table: Table, rows: Sequence[Row]) -> Iterator[Box]:
    """Labels of up to three levels at the left, the applicants above."""
    yield from _applicants(table)
    for i, row in enumerate(rows):
        around = groups(table, row)
        above = groups(table, rows[i - 1]) if i else ()
        for depth, group in enumerate(around):
            if group not in above:
                yield Box(i + 3, depth, group, down=sum(group in groups(table, other) for other in rows))
        yield Box(i + 3, len(around), row.label, across=3 - len(around))
        for n, column in enumerate(row.columns, 3):
            yield Box(i + 3, n, "", cell=(row.id, column))


def _applicants(table: Table) -> Iterator[Box]:
    relation, applicants, organizations = table.headers[:3]
    first, *bodies, total = (column.label for column in table.columns)
    yield Box(0, 0, relation, down=3, across=3)
    yield Box(0, 3, applicants, across=len(table.columns))
    yield Box(1, 3, first, down=2)
    yield Box(1, 4, organizations, across=len(bodies))
    yield from (Box(2, i, body) for i, body in enumerate(bodies, 4))
    yield Box(1, 4 + len(bodies), total, down=2)


def _one_row(table: Table, rows: Sequence[Row]) -> Iterator[Box]:
    """All values in one row, under the names of the rows and those of the columns."""
    at = 0
    for group, inside in groupby(rows, key=lambda row: row.group):
        block = list(inside)
        start = at
        for row in block:
            if group is not None:
                yield Box(1, at, row.label, across=len(row.columns))
            for i, column in enumerate(row.columns, at):
                top = 1 if group is None else 2
                yield Box(top, i, table.column[column].label, down=3 - top)
                yield Box(3, i, "", cell=(row.id, column))
            at += len(row.columns)
        yield Box(0, start, group or block[0].label, across=at - start)
