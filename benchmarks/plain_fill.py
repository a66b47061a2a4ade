"""Fills the form's cells with the numbers of a tool's output in reading order, as a plain script would."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from benchmarks.pdfs import Cells
from nlp.form.form import Form

_BEGINS, _ENDS = "第二十条第", "存在的"
"""Text above the first table, and in the heading of the chapter after the last one."""
_NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?:件|个|项|宗|次|万元|元)?")
_EMPTY = ("/", "-", "—", "无")


def filled(tokens: Iterable[str], form: Form) -> Cells:
    """Return the value of each cell by its id, the cells being filled in order with numbers and placeholders.

    The edition is given, and units and thousands separators are understood, which is more than most such
    scripts know.

    >>> from nlp.form.form import named
    >>> pieces = ["2024", "第二十条第（一）项", "规章", "1", "/", "2件", "1.属于国家秘密"]
    >>> list(filled(pieces, named("2021")).values())[:4]
    [1, None, 2, None]
    """
    values = (_value(token) for token in _tokens_of_tables(list(tokens)) if _is_value(token))
    cells: Cells = {}
    for table in form.tables:
        for row in table.rows:
            if row.optional:
                continue
            for column in row.columns:
                cells[f"{table.id}.{row.id}.{column}"] = next(values, None)
    return cells


def _tokens_of_tables(tokens: Sequence[str]) -> Sequence[str]:
    """Return the tokens from the first table to the chapter after the last one.

    They begin with the first or end with the last token of all if that place is not found.
    """
    first, last = 0, len(tokens)
    for n, token in enumerate(tokens):
        if _BEGINS in token:
            first = n
            break
    for n in range(first + 1, len(tokens)):
        if _ENDS in tokens[n]:
            last = n
            break
    return tokens[first:last]


def _is_value(token: str) -> bool:
    return token in _EMPTY or _NUMBER.fullmatch(token) is not None


def _value(token: str) -> int | float | None:
    """Return the number of a token, None for a placeholder."""
    match = _NUMBER.fullmatch(token)
    if match is None:
        return None
    value = float(match[1].replace(",", ""))
    return int(value) if value.is_integer() else value
