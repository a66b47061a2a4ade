"""Chooses among the ways to cut a table's rows by the sums of its columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.solver.digit_cuts import Segmentation

_ROUNDS = 10
_MOST_SUMS = 20_000
"""Rows that can come to more sums tell nothing."""

Cuts = dict[str, list[Segmentation]]
Values = set[int]
Term = tuple[str, int]
"""A row and the side of the sum that it is on: 1 or -1."""


class Balance(Struct, frozen=True):
    """The ways to cut each row that the sums of the columns leave; whether all these may hold."""

    rows: Cuts
    holds: bool


def balanced(table: Table, rows: Mapping[str, list[Segmentation]], proven: Collection[str]) -> Balance:
    """Choose among the ways to cut the rows that are `proven` by the sums of the columns.

    A sum that is broken in some column, whatever the ways, tells nothing in the others either; nor does
    any where a row of the form is not there.
    """
    if not _is_whole(table, rows) or not all(rows.values()):
        return Balance(dict(rows), holds=False)
    sums = _sums(table, rows)
    width = min((len(cut) for cuts in rows.values() for cut in cuts), default=0)
    while sums:
        left = dict(rows)
        broken = _narrow(left, sums, width, proven)
        if broken is None:
            return Balance(left, holds=len(sums) == len(table.down))
        sums.remove(broken)
    return Balance(dict(rows), holds=False)


def _narrow(rows: Cuts, sums: Sequence[list[Term]], width: int, proven: Collection[str]) -> list[Term] | None:
    """Leave the ways to cut each row with which all sums may hold; return one that cannot."""
    for _ in range(_ROUNDS):
        before = sum(map(len, rows.values()))
        for terms in sums:
            for column in range(width):
                allowed = _allowed(terms, column, rows)
                if allowed is None:
                    return terms
                for row in allowed.keys() & set(proven):
                    rows[row] = [cut for cut in rows[row] if _value(cut, column) in allowed[row]]
        if sum(map(len, rows.values())) == before:
            break
    return None


def _is_whole(table: Table, rows: Mapping[str, object]) -> bool:
    """Tell whether every row of the form is there, or another that stands for it."""
    standing = {other for row in table.rows if row.id in rows for other in row.stands_for}
    return all(row.id in rows or row.id in standing or row.optional for row in table.rows)


def _sums(table: Table, rows: Mapping[str, object]) -> list[list[Term]]:
    return [
        [
            *((row, 1) for row in table.printed(relation.left, rows)),
            *((row, -1) for row in table.printed(relation.right, rows)),
        ]
        for relation in table.down
    ]


def _value(cut: Segmentation, column: int) -> int:
    return cut[column].value or 0


def _allowed(terms: Sequence[Term], column: int, rows: Cuts) -> dict[str, Values] | None:
    """Return the values with which the sum of a column may hold, for the rows that have more than one.

    None where it cannot hold.
    """
    values = [{side * _value(cut, column) for cut in rows[row]} for row, side in terms]
    if all(len(found) == 1 for found in values):
        return {} if not sum(min(found) for found in values) else None
    before = list(accumulate(values, _added, initial={0}))
    behind = list(accumulate(reversed(values), _added, initial={0}))[::-1]
    if max(map(len, (*before, *behind))) >= _MOST_SUMS:
        return {}
    if 0 not in before[-1]:
        return None
    allowed: dict[str, Values] = {}
    for n, (row, side) in enumerate(terms):
        if len(values[n]) > 1:
            rest = {-total for total in _added(before[n], behind[n + 1])}
            allowed[row] = {side * value for value in values[n] & rest}
    return allowed


def _added(one: Values, two: Values) -> Values:
    """Return the sums that two sets of numbers come to, or so many that they tell nothing."""
    if len(one) * len(two) > _MOST_SUMS:
        return set(range(_MOST_SUMS))
    return {first + second for first in one for second in two}
