"""Looks up the Chinese labels of table, row and cell ids in the official form."""

from __future__ import annotations

from functools import cache

from nlp.form.form import Table, editions

_SHORT = 22
"""The most characters of a label that is shown in a table."""

LEVELS = {
    "table": "table 表",
    "row": "row 行",
    "edition": "edition 版本",
    "tool": "source tool 来源工具",
    "noise": "noise kind 干扰",
}
"""What figures are broken down by."""


@cache
def label(id: str) -> str:
    """Return the label of a table, row or cell in the latest edition that has it; "" if none has.

    >>> label("requests.carried_forward"), label("review_litigation.review.total"), label("2021")
    ('四、结转下年度继续办理', '行政复议 · 总计', '')
    """
    table_id, *row_and_column = id.split(".")
    for form in reversed(editions()):
        for table in form.tables:
            if table.id == table_id:
                found = " · ".join(_labels(table, row_and_column))
                if found:
                    return found
    return ""


def titled(id: str) -> str:
    """Return an id followed by its label, cut off where it is long.

    >>> titled("review_litigation.review.total")
    'review_litigation.review.total 行政复议 · 总计'
    """
    return f"{id} {short(id)}".rstrip()


def short(id: str) -> str:
    """Return the label of an id, cut off where it is long.

    >>> short("requests.other_fee_unpaid")
    '2.申请人逾期未按收费通知要求缴纳费用、行…'
    """
    text = label(id)
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _labels(table: Table, row_and_column: list[str]) -> list[str]:
    """Return the title of the table, or the labels of the row and, if given, the column; [] if not found."""
    if not row_and_column:
        return [table.title]
    row, *columns = row_and_column
    if row not in table.row or any(column not in table.column for column in columns):
        return []
    return [table.row[row].label, *(table.column[column].label for column in columns)]
