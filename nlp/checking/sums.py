"""Assesses the sums of the form on the printed values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from nlp.checking.blame import blame, reconsidered
from nlp.checking.digits import Terms
from nlp.form import form as forms
from nlp.form.form import Form, Relation, Table
from nlp.form.sums import added
from nlp.record.model import MISSING, Cell, Check, Number, TableCells, Tables

_PAGES = 64
"""For so many sets of printed rows the sums are kept ready; nearly all pages print the same rows."""


class Sum(Struct, frozen=True):
    """A sum over cells of a page; `cells` are the ids (`table.row.column`) of all its terms."""

    id: str
    rule: str
    left: Terms
    right: Terms
    cells: list[str]


def assess(form: Form, tables: Tables) -> list[Check]:
    """Return the outcome of every sum of a form on the cells of a document, in the form's order.

    A sum over ambiguous cells is assessed only if all their readings give the same total.
    """
    checks: list[Check] = []
    for table in form.tables:
        rows = tables[table.id]
        sums = sums_of(form, table, rows)
        table_checks = [_check(sum, rows, table) for sum in sums]
        sides = {sum.id: (sum.left, sum.right) for sum in sums}
        checks += reconsidered(table_checks, sides, rows)
    return checks


def sums_of(form: Form, table: Table, rows: TableCells) -> tuple[Sum, ...]:
    """Return the sums of a table of a form over the rows that a page prints, in the form's order.

    >>> form = forms.named("2021")
    >>> [sum.id for sum in sums_of(form, form.table("review_litigation"), {"review": {}})]
    ['review_litigation.row_total.review']
    """
    return _sums(form.edition, table.id, tuple(rows))


@lru_cache(maxsize=_PAGES)
def _sums(edition: str, table_id: str, printed: tuple[str, ...]) -> tuple[Sum, ...]:
    """Return the sums of a table of which a page prints the rows `printed`."""
    table = forms.named(edition).table(table_id)
    return (*_sums_across(table, printed), *_sums_down(table, printed))


def _sums_across(table: Table, printed: Collection[str]) -> Iterator[Sum]:
    """Yield the sums over columns, one for each printed row."""
    for relation in table.across:
        for row in table.rows:
            if row.id in printed:
                left = tuple((row.id, column) for column in relation.left)
                right = tuple((row.id, column) for column in relation.right)
                yield _sum(table, relation, row.id, left, right)


def _sums_down(table: Table, printed: Collection[str]) -> Iterator[Sum]:
    """Yield the sums over rows, one for each column."""
    for relation in table.down:
        left_rows = table.printed(relation.left, printed)
        right_rows = table.printed(relation.right, printed)
        for column in table.columns:
            left = tuple((row, column.id) for row in left_rows)
            right = tuple((row, column.id) for row in right_rows)
            yield _sum(table, relation, column.id, left, right)


def _sum(table: Table, relation: Relation, over: str, left: Terms, right: Terms) -> Sum:
    terms = dict.fromkeys((*left, *right))  # each once
    cells = [f"{table.id}.{row}.{column}" for row, column in terms]
    return Sum(f"{table.id}.{relation.id}.{over}", relation.rule, left, right, cells)


def _check(sum: Sum, rows: TableCells, table: Table) -> Check:
    left_cells = _cells(sum.left, rows)
    right_cells = _cells(sum.right, rows)
    left = _total(left_cells)
    right = _total(right_cells)
    if left is None or right is None:
        return Check(sum.id, sum.rule, None, None, "not_assessable", None, sum.cells)
    if left == right:
        return Check(sum.id, sum.rule, left, right, "holds", None, sum.cells)
    to_blame = blame([*left_cells, *right_cells], rows, table)
    return Check(sum.id, sum.rule, left, right, "broken", to_blame, sum.cells)


def _cells(terms: Terms, rows: TableCells) -> list[Cell]:
    return [rows[row].get(column, MISSING) for row, column in terms]


def _total(cells: Sequence[Cell]) -> Number | None:
    """Return the sum of some cells; None if a cell has no number or two readings give different sums."""
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) == len(cells):
        return added(values)
    first = _values_of_reading(0, cells)
    second = _values_of_reading(1, cells)
    if first is None or second is None:
        return None
    total = added(first)
    return total if total == added(second) else None


def _values_of_reading(n: int, cells: Sequence[Cell]) -> list[Number] | None:
    """Return the values of cells, of ambiguous ones candidate `n` of the two; None if a cell has none."""
    values: list[Number] = []
    for cell in cells:
        value = cell.value
        if cell.state == "ambiguous" and cell.candidates and len(cell.candidates) == 2:
            value = cell.candidates[n]
        if value is None:
            return None
        values.append(value)
    return values
