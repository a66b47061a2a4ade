"""Computes the totals that a page left blank, from the sums of the form."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.checking.sums import Sum, assess, sums_of
from nlp.form.form import Form
from nlp.form.sums import added
from nlp.record.claims import Derived
from nlp.record.model import Cell, Check, Number, Tables

_Values = dict[str, Number | None]
"""Values by the ids of cells; None where the page has no number, or which cannot be told."""


def derived(form: Form, tables: Tables) -> list[Derived]:
    """Return every blank total that a sum of the form gives, those of printed parts before the others.

    A total whose parts are blank in part is given with blanks as 0, and marked; one whose parts are all
    blank is not given. Parts that are missing or ambiguous give nothing.
    """
    sums = [sum for table in form.tables for sum in sums_of(form, table, tables[table.id])]
    totals = [sum for sum in sums if len(sum.left) == 1 and _is_blank(sum.cells[0], tables)]
    if not totals:
        return []
    values = _values(tables)
    given = _given(totals, values, blank=set())
    blank = {id for id, cell in _cells(tables).items() if cell.on_page == "blank"}
    blank -= {one.cell for one in given}
    return given + _given(totals, values, blank)


def _given(totals: Sequence[Sum], values: _Values, blank: set[str]) -> list[Derived]:
    """Return the totals that are given where the cells `blank` are 0, and put them among `values`.

    A total may be a part of another one: sums are gone through until they give no more.
    """
    found: list[Derived] = []
    count = -1
    while len(found) > count:
        count = len(found)
        for sum in totals:
            total = sum.cells[0]
            if values[total] is not None:
                continue
            amount = _amount(sum, values, blank)
            if amount is not None:
                values[total] = amount
                found.append(Derived(total, amount, sum.id, sum.rule, blanks_as_zero=bool(blank)))
    return found


def _amount(sum: Sum, values: _Values, blank: set[str]) -> Number | None:
    """Return what the parts of a sum come to; None where one is not known, or all are blank."""
    parts = sum.cells[1:]
    known = [value for value in map(values.get, parts) if value is not None]
    unknown = [id for id in parts if values.get(id) is None]
    if not known or not blank.issuperset(unknown):
        return None
    return added(known)


def _cells(tables: Tables) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for table, rows in tables.items():
        for row, columns in rows.items():
            for column, cell in columns.items():
                found[f"{table}.{row}.{column}"] = cell
    return found


def _values(tables: Tables) -> _Values:
    return {id: cell.value for id, cell in _cells(tables).items()}


def _is_blank(id: str, tables: Tables) -> bool:
    table, row, column = id.split(".")
    cell = tables[table][row].get(column)
    return cell is not None and cell.on_page == "blank"


def assessed_with_blanks_as_zero(form: Form, tables: Tables) -> list[Check]:
    """Return the sums of a form with every blank cell as 0: a second reading, not what is printed."""
    filled: Tables = {}
    for table, rows in tables.items():
        filled[table] = {}
        for row, columns in rows.items():
            filled[table][row] = {
                column: replace(cell, value=0) if cell.on_page == "blank" else cell
                for column, cell in columns.items()
            }
    return assess(form, filled)
