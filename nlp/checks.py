"""The form's sums, assessed on the printed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from nlp.forms import Form, Relation, Row, Table
from nlp.report import MISSING, Blame, Cell, Check, Number, Outcome, TableCells, Tables

_CERTAIN = 0.9
"""From this confidence on a cell's place is certain without the sums."""


def assess(form: Form, tables: Tables) -> list[Check]:
    """Return every check of a form, in its order.

    A broken one is blamed on the source where each of its cells is certain without it, else it is
    undecided.
    """
    return [check for table in form.tables for check in _table(table, tables[table.id])]


def _table(table: Table, cells: TableCells) -> Iterator[Check]:
    for relation in table.across:
        for row in table.rows:
            if row.id in cells:
                yield _across(table, relation, row, cells)
    for relation in table.down:
        for column in table.columns:
            yield _down(table, relation, column.id, cells)


def _across(table: Table, relation: Relation, row: Row, cells: TableCells) -> Check:
    left, right = ([f"{row.id}.{column}" for column in side] for side in (relation.left, relation.right))
    return _check(table, f"{relation.id}.{row.id}", relation.rule, left, right, cells)


def _down(table: Table, relation: Relation, column: str, cells: TableCells) -> Check:
    left, right = (
        [f"{row}.{column}" for row in table.printed(side, cells)] for side in (relation.left, relation.right)
    )
    return _check(table, f"{relation.id}.{column}", relation.rule, left, right, cells)


def _check(table: Table, id: str, rule: str, left: list[str], right: list[str], cells: TableCells) -> Check:
    named = {name: _cell(name, cells) for name in (*left, *right)}
    ids = [f"{table.id}.{name}" for name in named]
    values = {name: cell.value for name, cell in named.items() if cell.value is not None}
    if len(values) < len(named):
        return Check(f"{table.id}.{id}", rule, None, None, "not_assessable", None, ids)
    one, other = (_sum([values[name] for name in side]) for side in (left, right))
    outcome: Outcome = "holds" if one == other else "broken"
    blame = _blame(named.values()) if outcome == "broken" else None
    return Check(f"{table.id}.{id}", rule, one, other, outcome, blame, ids)


def _cell(name: str, cells: TableCells) -> Cell:
    row, column = name.split(".")
    return cells.get(row, {}).get(column, MISSING)


def _sum(values: list[Number]) -> Number:
    if all(isinstance(value, int) for value in values):
        return sum(values)
    total = sum(Decimal(str(value)) for value in values)
    return int(total) if total == int(total) else float(total)


def _blame(cells: Iterable[Cell]) -> Blame:
    return "source" if all(cell.confidence >= _CERTAIN for cell in cells) else "undecided"
