"""Faults that a reader may make, planted into one table of a right report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from random import Random
from typing import Generic, TypeVar

from nlp.form.form import Form, Table
from nlp.record.model import Number

T = TypeVar("T")
"""What stands in a cell: a number, a cell of a record, or a figure on a page."""
Contents = dict[str, dict[str, T]]
"""What stands in each cell of a table: row id, column id."""


@dataclass(frozen=True)
class Access(Generic[T]):
    """How cells of one sort are read and written.

    `value(cell)` is its number, None where it has none; `written(cell, number)` is the cell with a number.
    """

    value: Callable[[T], Number | None]
    written: Callable[[T, Number], T]

    def values(self, cells: dict[str, T]) -> list[Number | None]:
        """Return the numbers of a row."""
        return [self.value(cell) for cell in cells.values()]


Fault = Callable[[Contents[T], Table, Access[T], Random], Contents[T] | None]
"""Returns the contents with the fault, None where the table has no place for it; a lost row is left out."""


def plant(
    fault: Fault[T], tables: dict[str, Contents[T]], form: Form, access: Access[T], rng: Random
) -> tuple[dict[str, Contents[T]], set[str]] | None:
    """Plant a fault into one of the tables; return the tables and the ids of the cells that changed.

    Tables are tried in random order; None where none has a place for the fault.
    """
    for table in rng.sample(form.tables, len(form.tables)):
        before = tables.get(table.id)
        if not before:
            continue
        after = fault(before, table, access, rng)
        if after is None:
            continue
        changed = set(_changed_cells(table.id, before, after, access))
        if changed:
            return {**tables, table.id: after}, changed
    return None


def _changed_cells(table: str, before: Contents[T], after: Contents[T], access: Access[T]) -> Iterator[str]:
    for row, cells in before.items():
        for column, cell in cells.items():
            if row not in after or access.value(after[row][column]) != access.value(cell):
                yield f"{table}.{row}.{column}"


def _random_count(cells: Contents[T], access: Access[T], rng: Random) -> tuple[str, str, int] | None:
    """Draw a whole number above 0; return its row, its column and the number."""
    counts = []
    for row, columns in cells.items():
        for column, cell in columns.items():
            value = access.value(cell)
            if isinstance(value, int) and value > 0:
                counts.append((row, column, value))
    return rng.choice(counts) if counts else None


def _with_value(cells: Contents[T], row: str, column: str, value: Number, access: Access[T]) -> Contents[T]:
    changed = access.written(cells[row][column], value)
    return {**cells, row: {**cells[row], column: changed}}


def digit_changed(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """One digit of a number is misread."""
    count = _random_count(cells, access, rng)
    if count is None:
        return None
    row, column, value = count
    digits = list(str(value))
    position = rng.randrange(len(digits))
    digits[position] = rng.choice([digit for digit in "123456789" if digit != digits[position]])
    return _with_value(cells, row, column, int("".join(digits)), access)


def read_as_zero(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """A number is read as 0."""
    count = _random_count(cells, access, rng)
    if count is None:
        return None
    row, column, _ = count
    return _with_value(cells, row, column, 0, access)


def row_shifted(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """The numbers of a row stand one column to the right of their own; the last of them is lost."""
    rows = [row for row, columns in cells.items() if len(columns) > 1 and any(access.values(columns))]
    if not rows:
        return None
    row = rng.choice(rows)
    contents = list(cells[row].values())
    shifted = [access.written(contents[0], 0), *contents[:-1]]
    return {**cells, row: dict(zip(cells[row], shifted, strict=True))}


def row_dropped(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """A row is not read at all."""
    if table.one_row or len(cells) < 2:
        return None
    lost = rng.choice(list(cells))
    return {row: columns for row, columns in cells.items() if row != lost}


def rows_swapped(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """Two rows hold each other's numbers."""
    pairs = []
    for first, second in combinations(cells, 2):
        same_columns = list(cells[first]) == list(cells[second])
        if same_columns and access.values(cells[first]) != access.values(cells[second]):
            pairs.append((first, second))
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    return {**cells, first: cells[second], second: cells[first]}


def columns_swapped(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """Two columns, neither of them 总计, hold each other's numbers in every row."""
    rows = {row: columns for row, columns in cells.items() if table.total in columns}
    pairs = []
    for first, second in combinations(table.parts, 2):
        if any(access.value(columns[first]) != access.value(columns[second]) for columns in rows.values()):
            pairs.append((first, second))
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    swapped = dict(cells)
    for row, columns in rows.items():
        swapped[row] = {**columns, first: columns[second], second: columns[first]}
    return swapped


def received_swapped(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """本年新收 and 上年结转 hold each other's numbers: every sum of the form still holds."""
    if "new_received" not in cells or "carried_over" not in cells:
        return None
    return {**cells, "new_received": cells["carried_over"], "carried_over": cells["new_received"]}


def block_moved_down(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """From some row on, two rows or more hold the numbers of the row above; the first of them holds 0."""
    rows = [row for row in cells if table.total in cells[row]]
    if table.one_row or len(rows) < 4:
        return None
    first = rng.randrange(len(rows) - 2)
    last = rng.randrange(first + 2, len(rows))
    block = rows[first : last + 1]
    moved = dict(cells)
    moved[block[0]] = {column: access.written(cell, 0) for column, cell in cells[block[0]].items()}
    for above, row in pairwise(block):
        moved[row] = cells[above]
    return moved


def total_swapped(cells: Contents[T], table: Table, access: Access[T], rng: Random) -> Contents[T] | None:
    """The 总计 of a row and one of its parts hold each other's number."""
    total = table.total
    if total is None:
        return None
    pairs = []
    for row, columns in cells.items():
        if total not in columns:
            continue
        total_value = access.value(columns[total])
        pairs += [(row, column) for column, cell in columns.items() if access.value(cell) != total_value]
    if not pairs:
        return None
    row, column = rng.choice(pairs)
    columns = cells[row]
    return {**cells, row: {**columns, column: columns[total], total: columns[column]}}
