"""Tells of a sum that does not hold: which one, what is printed, by how much it fails, and where."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from nlp.auditing.places import where
from nlp.auditing.words import said, words
from nlp.form.form import Relation, Table
from nlp.form.names import column_name, parts, row_name, table_of, table_title
from nlp.form.names import form_of as _form_of
from nlp.record.model import Blame, Check, Number, Report

_SPELT_OUT = 6
"""Of a sum with more terms, those that are 0 are only counted."""


class Printed(Struct, frozen=True):
    """A cell by its official name: what is printed there, in which state, on which line and page."""

    id: str
    name: str
    value: Number | None
    text: str | None
    state: str
    line: int | None
    page: int | None
    candidates: list[Number | None] = []


class BrokenSum(Struct, frozen=True):
    """A sum that does not hold; `message` says all of it in a sentence, `advice` who may be to blame."""

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
    """Return a broken check of a report in words; `cells` are those of the check."""
    assert check.left is not None
    assert check.right is not None
    id, relation, over = parts(check.id)
    form = _form_of(report.form)
    table = table_of(form, id)
    difference = _difference(check.left, check.right)
    place = where([report.cell(cell) for cell in check.cells], report.source.media_type)
    message = said(
        "sums",
        "broken",
        place=_place(table, relation, over),
        left=_side(cells[: _left(report, table, check)], check.left, table, relation),
        right=_side(cells[_left(report, table, check) :], check.right, table, relation),
        difference=shown(difference),
        where=said("where", "around", where=place) if place else "",
    )
    return BrokenSum(
        check.id,
        table_title(form, id),
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
    """Return a number as a sentence has it; without the 0 that binary fractions put behind it."""
    return words("cells")["empty"] if value is None else f"{value}"


def _difference(left: Number, right: Number) -> Number:
    apart = abs(Decimal(str(left)) - Decimal(str(right)))
    return int(apart) if apart == int(apart) else float(apart)


def _across(table: Table | None, relation: str) -> bool:
    return table is not None and relation in {one.id for one in table.across}


def _place(table: Table | None, relation: str, over: str) -> str:
    across = _across(table, relation)
    name = over if table is None else row_name(table, over) if across else column_name(table, over)
    return said("sums", "across" if across else "down", over=name)


def _left(report: Report, table: Table | None, check: Check) -> int:
    """Return how many of a check's cells stand on its left side."""
    id, name, _ = parts(check.id)
    relation = _relation(table, name)
    if table is None or relation is None:
        return 1
    if _across(table, name):
        return len(relation.left)
    return len(table.printed(relation.left, report.tables[id]))


def _relation(table: Table | None, name: str) -> Relation | None:
    known = (*table.across, *table.down) if table else ()
    return next((one for one in known if one.id == name), None)


def _side(cells: Sequence[Printed], total: Number, table: Table | None, relation: str) -> str:
    """Return one side of a sum: a cell and its value, or terms and what they amount to."""
    if len(cells) == 1:
        return said("sums", "one", name=_term(cells[0], table, relation), value=shown(cells[0].value))
    told = [cell for cell in cells if cell.value or len(cells) <= _SPELT_OUT]
    terms = [said("sums", "term", name=_term(c, table, relation), value=shown(c.value)) for c in told]
    if len(told) < len(cells):
        terms.append(said("sums", "zeros", count=len(cells) - len(told)))
    return said("sums", "many", terms=words("sums")["plus"].join(terms), total=shown(total))


def _term(cell: Printed, table: Table | None, relation: str) -> str:
    """Return what a term is called beside the row or column that its sum is over."""
    _, row, column = parts(cell.id)
    if table is None:
        return cell.name
    return column_name(table, column) if _across(table, relation) else row_name(table, row)
