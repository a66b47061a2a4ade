"""Puts corrections of cells into tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nlp.form.form import Form
from nlp.record.corrections import Correction
from nlp.record.model import MISSING, Cell, Number, OnPage, TableCells, Tables


class Content(NamedTuple):
    """What a page has in the place of a cell; `state` is None where only the value was noted."""

    state: OnPage | None
    value: Number | None

    def is_that_of(self, other: Content) -> bool:
        """Return whether two contents are the same, as far as both are known."""
        same_state = None in (self.state, other.state) or self.state == other.state
        return same_state and self.value == other.value


class CorrectedCell(NamedTuple):
    """A cell as it was decided, and whether that was of another reading than this one."""

    cell: Cell
    is_stale: bool


def corrected(cell: Cell, correction: Correction) -> CorrectedCell:
    """Return a cell, as it was read, with a correction.

    A correction to what is now read confirms the cell. A correction or confirmation of another reading
    stands, and is stale.

    >>> read = Cell(5, "5", "printed", 41, (7, 8), 0.8)
    >>> id, field = "0123456789abcdef", "tables.requests.total.total"
    >>> decided = corrected(read, Correction(id=id, field=field, read=5, value=7))
    >>> decided.cell.state, decided.cell.value, decided.cell.read == read, decided.is_stale
    ('corrected', 7, True, False)
    >>> corrected(read, Correction(id=id, field=field, read=4, value=7)).is_stale
    True
    """
    now = content_of(cell)
    was = noted(correction.read)
    decision = _decided(correction)
    if decision.is_that_of(now):
        return CorrectedCell(_confirmed(cell), False)
    is_stale = was is not None and not was.is_that_of(now)
    return CorrectedCell(_with(cell, decision), is_stale)


def content_of(cell: Cell) -> Content:
    """Return what a page has in the place of a cell, as it stands in the record."""
    return Content(cell.on_page, cell.value)


def noted(read: Any) -> Content | None:
    """Return what a correction says was read; None where it does not say.

    It is a number, null, or an object with `state` and `value` as those of a cell.
    """
    if read is UNSET:
        return None
    if isinstance(read, dict):
        return Content(read.get("state"), read.get("value"))
    return Content(None if read is None else "printed", read)


def as_noted(cell: Cell) -> dict[str, Any]:
    """Return what a correction of a cell notes as `read`: what was read, and where.

    >>> as_noted(Cell(5, "5", "printed", 41, (7, 8), 0.8))
    {'state': 'printed', 'value': 5, 'text': '5', 'line': 41, 'span': (7, 8)}
    """
    read = cell.as_read
    note: dict[str, Any] = {"state": read.state, "value": read.value}
    for name in ("text", "line", "span", "page"):
        place = getattr(read, name)
        if place not in (None, UNSET):
            note[name] = place
    return note


def as_read(tables: Tables, added_rows: Iterable[str]) -> Tables:
    """Return tables without any correction: `added_rows`, `table.row`, are taken out again."""
    added = set(added_rows)
    return {
        table: {
            row: {column: cell.as_read for column, cell in cells.items()}
            for row, cells in rows.items()
            if f"{table}.{row}" not in added
        }
        for table, rows in tables.items()
    }


def empty_tables(form: Form) -> Tables:
    """Return the tables of an edition with every cell missing, without the optional rows."""
    return {
        table.id: {row.id: dict.fromkeys(row.columns, MISSING) for row in table.rows if not row.optional}
        for table in form.tables
    }


def with_row(form: Form, table: str, row: str, rows: TableCells) -> TableCells:
    """Return the rows of a table with one more of the form's, all of its cells missing, in its place."""
    wider: TableCells = {}
    for form_row in form.table(table).rows:
        if form_row.id in rows:
            wider[form_row.id] = rows[form_row.id]
        elif form_row.id == row:
            wider[row] = dict.fromkeys(form_row.columns, MISSING)
    return wider


def _decided(correction: Correction) -> Content:
    if correction.state == "missing":
        return Content("missing", None)
    if correction.state == "confirmed":
        confirmed = noted(correction.read)
        return confirmed if confirmed is not None else Content(None, None)
    value = None if isinstance(correction.value, UnsetType) else correction.value
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return Content("blank" if value is None else "printed", value)


def _confirmed(cell: Cell) -> Cell:
    return replace(cell, state="confirmed", confidence=1.0, decided=cell.on_page, read=cell)


def _with(cell: Cell, decision: Content) -> Cell:
    state = decision.state or "blank"
    return Cell(decision.value, None, "corrected", None, None, 1.0, decided=state, read=cell)
