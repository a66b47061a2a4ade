"""The form's sums, assessed on the printed values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from nlp.checking.blame import blame, reconsidered
from nlp.form import form as forms
from nlp.form.form import Form, Relation, Table
from nlp.form.sums import added
from nlp.record.model import MISSING, Cell, Check, Number, TableCells, Tables

_PAGES = 64
"""For so many sets of printed rows the sums are kept ready; nearly all pages print the same rows."""

Terms = tuple[tuple[str, str], ...]
"""The row and column of each term of one side."""


class Sum(Struct, frozen=True):
    """A sum over cells of a page; `cells` are the ids of all of them."""

    id: str
    rule: str
    left: Terms
    right: Terms
    cells: list[str]


def assess(form: Form, tables: Tables) -> list[Check]:
    """Return every check of a form, in its order.

    A sum over ambiguous cells is assessed where all readings come to the same.
    """
    checks: list[Check] = []
    for table in form.tables:
        rows = tables[table.id]
        found = [_check(sum, rows, table) for sum in _sums(form.edition, table.id, tuple(rows))]
        checks += reconsidered(found, rows)
    return checks


@lru_cache(maxsize=_PAGES)
def _sums(edition: str, table: str, printed: tuple[str, ...]) -> tuple[Sum, ...]:
    """Return the sums of a table of which a page has some rows."""
    of = forms.named(edition).table(table)
    return tuple(chain(_across(of, printed), _down(of, printed)))


def _across(table: Table, printed: Collection[str]) -> Iterator[Sum]:
    for relation in table.across:
        for row in (row.id for row in table.rows if row.id in printed):
            sides = (tuple((row, column) for column in side) for side in (relation.left, relation.right))
            yield _sum(table, relation, row, *sides)


def _down(table: Table, printed: Collection[str]) -> Iterator[Sum]:
    for relation in table.down:
        sides = [table.printed(side, printed) for side in (relation.left, relation.right)]
        for column in (column.id for column in table.columns):
            yield _sum(table, relation, column, *(tuple((row, column) for row in side) for side in sides))


def _sum(table: Table, relation: Relation, over: str, left: Terms, right: Terms) -> Sum:
    cells = [f"{table.id}.{row}.{column}" for row, column in dict.fromkeys((*left, *right))]
    return Sum(f"{table.id}.{relation.id}.{over}", relation.rule, left, right, cells)


def _check(sum: Sum, rows: TableCells, table: Table) -> Check:
    left, right = _cells(sum.left, rows), _cells(sum.right, rows)
    one, other = _total(left), _total(right)
    if one is None or other is None:
        return Check(sum.id, sum.rule, None, None, "not_assessable", None, sum.cells)
    if one == other:
        return Check(sum.id, sum.rule, one, other, "holds", None, sum.cells)
    blamed = blame([*left, *right], rows, table)
    return Check(sum.id, sum.rule, one, other, "broken", blamed, sum.cells)


def _cells(terms: Terms, rows: TableCells) -> list[Cell]:
    return [rows[row].get(column, MISSING) for row, column in terms]


def _total(cells: Sequence[Cell]) -> Number | None:
    """Return the sum of some cells; None where one of them holds no number, or it cannot be told."""
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) < len(cells):
        one, two = (_reading(n, cells) for n in (0, 1))
        return added(one) if one and two and added(one) == added(two) else None
    return added(values)


def _reading(n: int, cells: Sequence[Cell]) -> list[Number] | None:
    """Return what the `n`th of two readings puts into some cells."""
    values: list[Number] = []
    for cell in cells:
        candidates = cell.candidates or ()
        value = candidates[n] if cell.state == "ambiguous" and len(candidates) == 2 else cell.value
        if value is None:
            return None
        values.append(value)
    return values
