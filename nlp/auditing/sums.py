"""Describes in Chinese a sum that does not hold: the printed terms, the difference, the place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from nlp.auditing.places import where
from nlp.auditing.words import phrase, words
from nlp.form.form import Relation, Table
from nlp.form.names import column_name, form_of, parts, row_name, table_of, table_title
from nlp.record.model import MISSING, Blame, Check, Number, Report

_SPELT_OUT = 6
"""In a sum with more terms, those that are 0 are only counted."""


class Printed(Struct, frozen=True):
    """A cell by its official name: what is printed there, its state, its line and page (from 1)."""

    id: str
    name: str
    value: Number | None
    text: str | None
    state: str
    line: int | None
    page: int | None
    candidates: list[Number | None] = []


class BrokenSum(Struct, frozen=True):
    """A sum that does not hold.

    `table` and `kind` are its table's title and its kind in Chinese, `message` is the sum in a sentence,
    `advice` says who may be to blame, `where` on which pages or lines it stands.
    """

    id: str
    table: str
    kind: str
    message: str
    advice: str
    left: Number
    right: Number
    difference: Number
    blame: Blame | None
    where: str
    cells: list[Printed]


def broken_sum(report: Report, check: Check, cells: list[Printed]) -> BrokenSum:
    """Return a broken check of a report in Chinese; `cells` are those of the check, in its order.

    A record that others wrote may name cells that it does not have: they are missing.
    """
    assert check.left is not None
    assert check.right is not None
    table_id, relation, over = parts(check.id)
    form = form_of(report.form)
    table = table_of(form, table_id)
    left_count = _left_count(report, table, check)
    left_cells, right_cells = cells[:left_count], cells[left_count:]
    difference = _difference(check.left, check.right)
    known = dict(report.cells())
    place = where([known.get(id, MISSING) for id in check.cells], report.source.media_type)
    message = phrase(
        "sums",
        "broken",
        place=_row_or_column(table, relation, over),
        left=_side(left_cells, check.left, table, relation),
        right=_side(right_cells, check.right, table, relation),
        difference=shown(difference),
        where=phrase("where", "around", where=place) if place else "",
    )
    return BrokenSum(
        check.id,
        table_title(form, table_id),
        words("relations").get(relation, relation),
        message,
        words("blame").get(check.blame or "undecided", ""),
        check.left,
        check.right,
        difference,
        check.blame,
        place,
        cells,
    )


def shown(value: Number | None) -> str:
    """Return a number as a sentence has it.

    >>> shown(12), shown(0.5)
    ('12', '0.5')
    """
    return words("cells")["empty"] if value is None else str(value)


def _difference(left: Number, right: Number) -> Number:
    """Return how far apart two numbers are, in decimal arithmetic."""
    difference = abs(Decimal(str(left)) - Decimal(str(right)))
    return int(difference) if difference == int(difference) else float(difference)


def _is_across(table: Table | None, relation: str) -> bool:
    """Return whether a relation of a table sums the columns of a row, not the rows of a column."""
    return table is not None and any(across.id == relation for across in table.across)


def _row_or_column(table: Table | None, relation: str, over: str) -> str:
    """Return the name of the row or the column that a sum is over."""
    if table is None:
        return phrase("sums", "down", over=over)
    if _is_across(table, relation):
        return phrase("sums", "across", over=row_name(table, over))
    return phrase("sums", "down", over=column_name(table, over))


def _left_count(report: Report, table: Table | None, check: Check) -> int:
    """Return how many of a check's cells stand on its left side."""
    table_id, name, _ = parts(check.id)
    relation = _relation(table, name)
    if table is None or relation is None:
        return 1
    if _is_across(table, name):
        return len(relation.left)
    return len(table.printed(relation.left, report.tables.get(table_id, {})))


def _relation(table: Table | None, id: str) -> Relation | None:
    if table is None:
        return None
    for relation in (*table.across, *table.down):
        if relation.id == id:
            return relation
    return None


def _side(cells: Sequence[Printed], total: Number, table: Table | None, relation: str) -> str:
    """Return one side of a sum: a cell with its value, or the terms and their total."""
    if len(cells) == 1:
        name = _term_name(cells[0], table, relation)
        return phrase("sums", "one", name=name, value=shown(cells[0].value))
    spelt_out = cells
    if len(cells) > _SPELT_OUT:
        spelt_out = [cell for cell in cells if cell.value]
    terms = [
        phrase("sums", "term", name=_term_name(cell, table, relation), value=shown(cell.value))
        for cell in spelt_out
    ]
    if len(spelt_out) < len(cells):
        terms.append(phrase("sums", "zeros", count=len(cells) - len(spelt_out)))
    return phrase("sums", "many", terms=words("sums")["plus"].join(terms), total=shown(total))


def _term_name(cell: Printed, table: Table | None, relation: str) -> str:
    """Return the name of a term: its column's in a sum over a row, its row's in a sum over a column."""
    _, row, column = parts(cell.id)
    if table is None:
        return cell.name
    return column_name(table, column) if _is_across(table, relation) else row_name(table, row)
