"""Faults that a reader may make, planted into one table of a right report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Generic, TypeVar

from nlp.form.form import Form, Table
from nlp.record.model import Number

T = TypeVar("T")
Contents = dict[str, dict[str, T]]
"""What stands in each cell of a table: row id, column id."""


@dataclass(frozen=True)
class Hand(Generic[T]):
    """How the contents of a cell are read and written: a cell of a record, or a figure on a page."""

    value: Callable[[T], Number | None]
    written: Callable[[T, Number], T]

    def values(self, cells: dict[str, T]) -> list[Number | None]:
        return [self.value(cell) for cell in cells.values()]


Fault = Callable[[Contents[T], Table, Hand[T], Random], Contents[T] | None]
"""Returns the contents with the fault, None where the table has no room for it; a row left out is lost."""


def plant(
    fault: Fault[T], tables: dict[str, Contents[T]], form: Form, hand: Hand[T], rng: Random
) -> tuple[dict[str, Contents[T]], set[str]] | None:
    """Plant a fault into one of the tables; return them with the ids of the cells that changed."""
    for table in rng.sample(form.tables, len(form.tables)):
        before = tables.get(table.id, {})
        after = fault(before, table, hand, rng) if before else None
        changed = set(_changed(table.id, before, after, hand)) if after is not None else set()
        if after is not None and changed:
            return {**tables, table.id: after}, changed
    return None


def _changed(table: str, before: Contents[T], after: Contents[T], hand: Hand[T]) -> Iterator[str]:
    for row, cells in before.items():
        for column, cell in cells.items():
            if row not in after or hand.value(after[row][column]) != hand.value(cell):
                yield f"{table}.{row}.{column}"


def _some(cells: Contents[T], hand: Hand[T], rng: Random) -> tuple[str, str, int] | None:
    """Choose a whole number that is not 0."""
    found = [
        (row, column, value)
        for row, columns in cells.items()
        for column, cell in columns.items()
        if isinstance(value := hand.value(cell), int) and value > 0
    ]
    return rng.choice(found) if found else None


def _set(cells: Contents[T], row: str, column: str, value: Number, hand: Hand[T]) -> Contents[T]:
    return {**cells, row: {**cells[row], column: hand.written(cells[row][column], value)}}


def digit_changed(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """One digit of a number is misread."""
    found = _some(cells, hand, rng)
    if found is None:
        return None
    row, column, value = found
    digits = list(str(value))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return _set(cells, row, column, int("".join(digits)), hand)


def read_as_zero(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """A number is read as 0."""
    found = _some(cells, hand, rng)
    return _set(cells, found[0], found[1], 0, hand) if found else None


def row_shifted(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """The numbers of a row stand one column to the right of their own; the last of them is lost."""
    rows = [row for row, columns in cells.items() if len(columns) > 1 and any(hand.values(columns))]
    if not rows:
        return None
    row = rng.choice(rows)
    columns, contents = list(cells[row]), list(cells[row].values())
    moved = [hand.written(contents[0], 0), *contents[:-1]]
    return {**cells, row: dict(zip(columns, moved, strict=True))}


def row_dropped(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """A row is not read at all."""
    if table.one_row or len(cells) < 2:
        return None
    lost = rng.choice(list(cells))
    return {row: columns for row, columns in cells.items() if row != lost}


def rows_swapped(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """Two rows hold each other's numbers."""
    pairs = [
        (one, other)
        for one, other in combinations(cells, 2)
        if list(cells[one]) == list(cells[other]) and hand.values(cells[one]) != hand.values(cells[other])
    ]
    return _exchanged(cells, *rng.choice(pairs)) if pairs else None


def _exchanged(cells: Contents[T], one: str, other: str) -> Contents[T]:
    return {**cells, one: cells[other], other: cells[one]}


def columns_swapped(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """Two columns, neither of them 总计, hold each other's numbers in every row."""
    wide = {row: columns for row, columns in cells.items() if table.total in columns}
    pairs = [
        (one, other)
        for one, other in combinations(table.parts, 2)
        if any(hand.value(columns[one]) != hand.value(columns[other]) for columns in wide.values())
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    swapped = {row: {**columns, one: columns[other], other: columns[one]} for row, columns in wide.items()}
    return {**cells, **swapped}


def received_swapped(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """本年新收 and 上年结转 hold each other's numbers: every sum of the form still holds."""
    rows = ("new_received", "carried_over")
    if any(row not in cells for row in rows):
        return None
    return _exchanged(cells, *rows)


def block_moved_down(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """From some row on, two rows or more hold the numbers of the row above; the first of them holds 0."""
    rows = [row for row in cells if table.total in cells[row]]
    if table.one_row or len(rows) < 4:
        return None
    first = rng.randrange(len(rows) - 2)
    last = rng.randrange(first + 2, len(rows))
    block = rows[first : last + 1]
    zeros = {column: hand.written(cell, 0) for column, cell in cells[block[0]].items()}
    moved = [zeros, *(cells[row] for row in block[:-1])]
    return {**cells, **dict(zip(block, moved, strict=True))}


def total_swapped(cells: Contents[T], table: Table, hand: Hand[T], rng: Random) -> Contents[T] | None:
    """The 总计 of a row and one of its parts hold each other's number."""
    total = table.total
    if total is None:
        return None
    pairs = [
        (row, column)
        for row, columns in cells.items()
        if total in columns
        for column, cell in columns.items()
        if hand.value(cell) != hand.value(columns[total])
    ]
    if not pairs:
        return None
    row, column = rng.choice(pairs)
    columns = cells[row]
    return {**cells, row: {**columns, column: columns[total], total: columns[column]}}
