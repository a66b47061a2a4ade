"""The Chinese labels of ids, as the official form has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nlp.form.form import Table, editions

_SHORT = 22
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
    """Return the label of a table, row or cell; empty where no edition has such.

    >>> label("requests.carried_forward"), label("review_litigation.review.total"), label("2021")
    ('四、结转下年度继续办理', '行政复议 · 总计', '')
    """
    for form in reversed(editions()):
        for table in form.tables:
            if found := " · ".join(_labels(table, id)):
                return found
    return ""


def titled(id: str) -> str:
    """Return an id with its label behind it.

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


def _labels(table: Table, id: str) -> Iterator[str]:
    named, *parts = id.split(".")
    if named != table.id:
        return
    if not parts:
        yield table.title
    elif parts[0] in table.row and (len(parts) < 2 or parts[1] in table.column):
        yield table.row[parts[0]].label
        yield from (table.column[part].label for part in parts[1:])
