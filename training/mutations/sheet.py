"""A filled form before it is written: its tables as the agency ordered them, and what each cell says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from nlp.form.form import Column, Form, Table

Number = int | float
Key = tuple[str, str, str]
"""Table, row and column of the form."""

UNREADABLE = -0.5
"""The value of a cell of which nobody can tell what it says: a number or a blank given for it is wrong.

No number of the form is a fraction below 0.
"""
ZERO_OR_BLANK = -0.25
"""The value of a cell that shares a 0 with the one before it: it may be given as 0, and as blank."""
LEFT, ABOVE, GONE = "<", "^", "~"
"""The text of a cell that is one with the cell to its left, with the one above, and of one that is lost."""

AGENCIES = ("云岭县水利局", "柏川市民政局", "青禾区审计局", "石桥县自然资源局", "白鹭市统计局")
_SUMS_OF_REQUESTS = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What stands above the labels of the table of requests."""
_AMOUNTS = (0, 0, 3, 12.5, 192.14, 192.14, 1921.4)
"""Amounts of money in the form's unit."""
_NAMES_UNIT = 0.8
"""The share of reports by the form of 2019 that print the unit of their amounts."""
_BUSY, _FILLED = 0.8, 0.3
"""The share of agencies that had requests, and of their cells that are not sure to be 0."""


@dataclass(frozen=True)
class Cell:
    """A cell as printed: its text, and what a reader must make of it.

    `value` is the number that it says, None for a blank cell. `key` is its place in the form, None for a cell
    that the form does not have.
    """

    text: str
    key: Key | None = None
    value: Number | None = None


@dataclass(frozen=True)
class PrintedRow:
    """A row of a table: its labels from the left, an outer group's first, and its cells."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """Rows under headers of their own: `headers` are lines of (text, columns that it stands over).

    The first text of each line stands over the rows' labels, but for a table of one row. `before` and `after`
    are the lines around it.
    """

    title: str
    headers: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[PrintedRow, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A report: agency, year, edition, and the blocks of each of its tables.

    `untold` are cells of the form of which the page does not say what they hold.
    """

    agency: str
    year: int
    form: Form
    tables: dict[str, tuple[Block, ...]]
    oddities: tuple[str, ...] = ()
    untold: frozenset[Key] = frozenset()

    def cells(self) -> Iterator[Cell]:
        """Yield every cell that the form has."""
        for blocks in self.tables.values():
            for block in blocks:
                for row in block.rows:
                    yield from (cell for cell in row.cells if cell.key)

    @property
    def truth(self) -> dict[str, Number | None]:
        """What the cells of the form say, by their ids."""
        truth = {".".join(cell.key): cell.value for cell in self.cells() if cell.key}
        return truth | {".".join(key): UNREADABLE for key in self.untold}

    def with_blocks(self, table: str, blocks: Sequence[Block], oddity: str) -> Sheet:
        """Return the sheet with other blocks for a table."""
        return replace(self, tables={**self.tables, table: tuple(blocks)}, oddities=(*self.oddities, oddity))


def filled_sheet(form: Form, year: int, rng: Random) -> Sheet:
    """Return a form filled with numbers whose sums hold, as an agency would send it in."""
    tables: dict[str, tuple[Block, ...]] = {}
    for table in form.tables:
        if table.one_row:
            tables[table.id] = (_one_row(table, rng),)
        elif table.across:
            tables[table.id] = (_requests(table, rng),)
        else:
            tables[table.id] = tuple(_disclosure(table, rng))
    return Sheet(rng.choice(AGENCIES), year, form, tables)


def cell(table: str, row: str, column: str, value: Number | None) -> Cell:
    """Return a cell that prints its number plainly."""
    return Cell("" if value is None else str(value), (table, row, column), value)


def _small(rng: Random) -> int:
    return rng.choice([0, 0, 0, 0, 1, 2, 3, 5, 8, 13, 40])


def _disclosure(table: Table, rng: Random) -> Iterator[Block]:
    """Yield a block for each item of the article: its number, the names of its columns, its rows."""
    groups = dict.fromkeys(row.group or "" for row in table.rows)
    for group in groups:
        rows = [row for row in table.rows if row.group == group]
        columns = rows[0].columns
        names = tuple((_header(table.column[id], rng), 1) for id in columns)
        printed = []
        for row in rows:
            values: list[Number] = [rng.choice([0, 1, 2, 7, 12, 58, 1204]) for _ in columns]
            if table.column[columns[-1]].unit:
                values[-1] = rng.choice(_AMOUNTS)
            cells = tuple(cell(table.id, row.id, *pair) for pair in zip(columns, values, strict=True))
            printed.append(PrintedRow((row.label,), cells))
        yield Block(group, ((("信息内容", 1), *names),), tuple(printed))


def _header(column: Column, rng: Random) -> str:
    """Return a column's label; the form of 2019 names no unit of its amounts, its reports mostly do."""
    lacks_unit = column.unit is not None and column.unit not in column.label
    return f"{column.label}（{column.unit}）" if lacks_unit and rng.random() < _NAMES_UNIT else column.label


def _requests(table: Table, rng: Random) -> Block:
    """Return the table of requests, its sums down and across made to hold."""
    columns = [column.id for column in table.columns]
    parts = [id for id in columns if id != table.total]
    rows = [row for row in table.rows if not row.optional]
    busy = rng.random() < _BUSY
    values: dict[str, dict[str, int]] = {}
    for row in rows:
        values[row.id] = {}
        for column in parts:
            filled = busy and rng.random() < _FILLED
            values[row.id][column] = _small(rng) if filled else 0
    for column in parts:
        _balance(table, values, column)
    for amounts in values.values():
        amounts[str(table.total)] = sum(amounts[id] for id in parts)
    printed = []
    for row in rows:
        labels = (row.group, row.label) if row.group else (row.label,)
        cells = tuple(cell(table.id, row.id, id, values[row.id][id]) for id in columns)
        printed.append(PrintedRow(labels, cells))
    names = tuple((table.column[id].label, 1) for id in columns)
    width = max(len(row.labels) for row in printed)
    return Block("", (((_SUMS_OF_REQUESTS, width), *names),), tuple(printed))


def _balance(table: Table, values: dict[str, dict[str, int]], column: str) -> None:
    """Set the total of a column to what it adds up, and what came in to what went out."""
    summed = [row for row in table.summed_rows if row in values]
    done = sum(values[row][column] for row in summed)
    values[str(table.total_row)][column] = done
    inflow, carried, _, forward = "new_received", "carried_over", table.total_row, "carried_forward"
    came = done + values[forward][column]
    values[carried][column] = min(values[carried][column], came)
    values[inflow][column] = came - values[carried][column]


def _one_row(table: Table, rng: Random) -> Block:
    """Return the table of reviews: all values in one row, under the names of groups and columns."""
    cells = []
    for row in table.rows:
        parts = [_small(rng) for _ in table.columns[:-1]]
        values = [*parts, sum(parts)]
        cells += [cell(table.id, row.id, *pair) for pair in zip(row.columns, values, strict=True)]
    width = len(table.columns)
    names = tuple((column.label, 1) for _ in table.rows for column in table.columns)
    groups = tuple((row.label, width) for row in table.rows)
    return Block("", (groups, names), (PrintedRow((), tuple(cells)),))
