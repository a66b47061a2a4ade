"""What a plain script makes of a tool's output: its numbers in reading order, put into the form's cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmarks.pdfs import Cells
from nlp.form.form import Form

_BEGINS, _ENDS = "第二十条第", "存在的"
"""What stands above the first table, and in the heading of the chapter behind the last."""
_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?:件|个|项|宗|次|万元|元)?")
_EMPTY = ("/", "-", "—", "无")


def filled(tokens: Iterable[str], form: Form) -> Cells:
    """Return the cells of a form, filled one after the other with what is a number or stands for none.

    The edition is told, and units and thousands are known: more than most such scripts know.

    >>> from nlp.form.form import named
    >>> pieces = ["2024", "第二十条第（一）项", "规章", "1", "/", "2件", "1.属于国家秘密"]
    >>> list(filled(pieces, named("2021")).values())[:4]
    [1, None, 2, None]
    """
    values = iter([_value(token) for token in _tables(tokens) if _is_value(token)])
    return {
        f"{table.id}.{row.id}.{column}": next(values, None)
        for table in form.tables
        for row in table.rows
        if not row.optional
        for column in row.columns
    }


def _tables(tokens: Iterable[str]) -> list[str]:
    """Return the tokens from the first table to the chapter behind the last; all, where that is not found."""
    known = list(tokens)
    first = next((n for n, token in enumerate(known) if _BEGINS in token), 0)
    last = next((n for n, token in enumerate(known) if n > first and _ENDS in token), len(known))
    return known[first:last]


def _is_value(token: str) -> bool:
    return token in _EMPTY or _NUMBER.fullmatch(token) is not None


def _value(token: str) -> int | float | None:
    found = _NUMBER.fullmatch(token)
    if found is None:
        return None
    value = float(found[1].replace(",", ""))
    return int(value) if value.is_integer() else value
