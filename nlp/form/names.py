"""The names of tables, rows, columns and cells for people, made of the labels of the official form."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form import form as forms
from nlp.form.form import Form, Row, Table

SEPARATOR = "·"
"""Stands between the parts of a name: group, row and column."""


def form_of(edition: str | None) -> Form | None:
    """Return the edition with a name; None where there is none."""
    for form in forms.editions():
        if form.edition == edition:
            return form
    return None


def groups(table: Table, row: Row) -> tuple[str, ...]:
    """Return the labels of the groups that contain a row, the outermost first.

    In a table with rows in no group, the first group contains all the other groups.

    >>> table = forms.named("2021").table("requests")
    >>> groups(table, table.row["denied_state_secret"])
    ('三、本年度办理结果', '（三）不予公开')
    """
    outermost = _outermost_group(table)
    if outermost is None:
        return (row.group,) if row.group else ()
    if row.group is None:
        is_result = bool(row.stands_for)
        return (outermost,) if is_result else ()
    if row.group == outermost:
        return (outermost,)
    return outermost, row.group


def _outermost_group(table: Table) -> str | None:
    """Return the group that contains all the others; None where there is none such."""
    if not table.groups or table.one_row or all(row.group for row in table.rows):
        return None
    return table.groups[0]


def row_name(table: Table, row: str) -> str:
    """Return the label of a row, after that of its innermost group; the id of a row that the form lacks.

    The outermost group is left out.

    >>> row_name(forms.named("2021").table("review_litigation"), "litigation_direct")
    '行政诉讼·未经复议直接起诉'
    """
    form_row = table.row.get(row)
    if form_row is None:
        return row
    group = form_row.group
    if group is None or group == _outermost_group(table):
        return form_row.label
    return SEPARATOR.join((group, form_row.label))


def column_name(table: Table, column: str) -> str:
    """Return the label of a column; the id of a column that the form lacks."""
    form_column = table.column.get(column)
    return form_column.label if form_column else column


def cell_name(form: Form | None, id: str) -> str:
    """Return the name of the cell `table.row.column`; the id where the form, if any, lacks the table.

    >>> cell_name(forms.named("2021"), "requests.denied_state_secret.natural_person")
    '（三）不予公开·1.属于国家秘密·自然人'
    """
    table_id, row, column = parts(id)
    table = table_of(form, table_id)
    if table is None:
        return id
    return SEPARATOR.join((row_name(table, row), column_name(table, column)))


def parts(id: str) -> Sequence[str]:
    """Return the three parts of the id of a cell or a sum, empty strings for those that it lacks.

    >>> parts("requests.total.natural_person"), parts("requests")
    (('requests', 'total', 'natural_person'), ('requests', '', ''))
    """
    return (*id.split(".", 2), "", "")[:3]


def table_of(form: Form | None, id: str) -> Table | None:
    """Return the table of a form with an id; None without a form or such a table."""
    if form is None:
        return None
    for table in form.tables:
        if table.id == id:
            return table
    return None


def table_title(form: Form | None, id: str) -> str:
    """Return the official title of a table; its id without a form or such a table."""
    table = table_of(form, id)
    return table.title if table else id
