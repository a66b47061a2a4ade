"""Names tables, rows and cells as the official form does."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form import form as forms
from nlp.form.form import Form, Row, Table

BETWEEN = "·"


def form_of(edition: str | None) -> Form | None:
    """Return an edition by its name; None where there is none, or where none of that name is known."""
    return next((form for form in forms.editions() if form.edition == edition), None)


def groups(table: Table, row: Row) -> tuple[str, ...]:
    """Return the groups that a row stands in, outermost first.

    Where some rows stand in no group, the first group holds all the others.

    >>> table = forms.named("2021").table("requests")
    >>> groups(table, table.row["denied_state_secret"])
    ('三、本年度办理结果', '（三）不予公开')
    """
    if not table.groups or table.one_row or all(one.group for one in table.rows):
        return (row.group,) if row.group else ()
    outermost = table.groups[0]
    if row.group is None:
        return (outermost,) if row.stands_for else ()
    return (outermost,) if row.group == outermost else (outermost, row.group)


def row_name(table: Table, row: str) -> str:
    """Return the official label of a row, its innermost group before it; the id where it has none.

    >>> row_name(forms.named("2021").table("review_litigation"), "litigation_direct")
    '行政诉讼·未经复议直接起诉'
    """
    known = table.row.get(row)
    if known is None:
        return row
    around = groups(table, known)
    nested = len(around) > 1 or (len(around) == 1 and known.group and around[0] != _outermost(table))
    return BETWEEN.join((around[-1], known.label)) if nested else known.label


def column_name(table: Table, column: str) -> str:
    """Return the official label of a column; the id where it has none."""
    known = table.column.get(column)
    return known.label if known else column


def cell_name(form: Form | None, id: str) -> str:
    """Return the official name of a cell; the id itself where there is no such form.

    >>> cell_name(forms.named("2021"), "requests.denied_state_secret.natural_person")
    '（三）不予公开·1.属于国家秘密·自然人'
    """
    table, row, column = parts(id)
    known = table_of(form, table)
    return BETWEEN.join((row_name(known, row), column_name(known, column))) if known else id


def parts(id: str) -> Sequence[str]:
    """Return the table, the row and the column of a cell's id, or what three an id of a sum has."""
    return (*id.split(".", 2), "", "")[:3]


def table_of(form: Form | None, id: str) -> Table | None:
    """Return a table of a form; None where the form has none such."""
    return next((table for table in form.tables if table.id == id), None) if form else None


def table_title(form: Form | None, id: str) -> str:
    """Return the official title of a table; its id where there is no such form."""
    known = table_of(form, id)
    return known.title if known else id


def _outermost(table: Table) -> str | None:
    """Return the group that holds all other groups, if one does."""
    return table.groups[0] if any(one.group is None for one in table.rows) and not table.one_row else None
