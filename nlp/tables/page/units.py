"""Finds the unit of money that a page prints for the amounts of a table, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from nlp.form.form import Table
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import MONEY_UNIT, UNIT
from nlp.text.lines import Line

UNKNOWN = ""
"""The unit of an amount for which neither the page nor the form's own label has one."""
THE_FORMS = "form"
"""The unit of an amount for which the page has none, and the form's own label of the column has."""
CONTRADICTED = "?"
"""The unit of an amount for which the page prints two."""

_ABOVE = 4
"""So many lines above a table's first label may print the unit of all of it."""
_BELOW = 5
"""So many lines below a table's last label may, its numbers among them."""


def units_of(
    table: Table, tokens: Sequence[Token], rows: dict[str, int], lines: Sequence[Line]
) -> dict[tuple[str, str], str]:
    """Return the unit of each cell of money, by its row and column.

    It stands in the header above its row or in the row's label, else in the lines above and below the table,
    else anywhere among the table's texts. `rows` maps each row to the index of its label's last token.
    The unit is `CONTRADICTED` where more than one is printed, `THE_FORMS` or `UNKNOWN` where none is.
    """
    units: dict[tuple[str, str], str] = {}
    anywhere = [token.text for token in tokens if token.kind is Kind.TEXT]
    around = _around(tokens, rows, lines)
    for row in table.rows:
        for column in (table.column[id] for id in row.columns):
            if not column.unit:
                continue
            near = _units_in(_header_of(tokens, rows[row.id])) if row.id in rows else set()
            printed = near or _units_in(around) or _units_in(anywhere)
            of_form = THE_FORMS if _units_in([column.label]) else UNKNOWN
            units[row.id, column.id] = _only(printed) if printed else of_form
    return units


def _only(units: set[str]) -> str:
    return CONTRADICTED if len(units) > 1 else next(iter(units))


def _header_of(tokens: Sequence[Token], label: int) -> list[str]:
    """Return the texts between the number before a row's label and the end of the label."""
    start = max((at for at in range(label) if tokens[at].kind is Kind.VALUE), default=-1) + 1
    return [token.text for token in tokens[start : label + 1] if token.kind is Kind.TEXT]


def _around(tokens: Sequence[Token], rows: dict[str, int], lines: Sequence[Line]) -> list[str]:
    """Return the lines that say `单位` from a few above a table to its first label, and below its last."""
    if not rows:
        return []
    first, last = tokens[min(rows.values())].line, tokens[max(rows.values())].line
    start = max(0, tokens[0].line - 1 - _ABOVE)
    around = [*lines[start:first], *lines[last : last + _BELOW]]
    return [line.folded for line in around if "单位" in line.folded]


def _units_in(texts: Iterable[str]) -> set[str]:
    """Return the units of money that texts name as a unit: by 单位, alone in brackets, or behind a slash.

    >>> _units_in(["本年收费金额(单位:万元,保留4位小数)"]), _units_in(["采购总金额(元)"]), _units_in(["元旦"])
    ({'万元'}, {'元'}, set())
    >>> _units_in(["单位:件、元"]), _units_in(["收费金额/元"]), _units_in(["注:金额以千元为单位。"])
    ({'元'}, {'元'}, {'千元'})
    """
    joined = "".join("".join(text.split()) for text in texts)
    return {unit for match in _pattern().finditer(joined) for unit in match.groups() if unit}


@cache
def _pattern() -> re.Pattern[str]:
    unit = rf"(?:人民币)?({MONEY_UNIT})"
    behind = rf"单位(?:为|是)?[:：]?\(?(?:{UNIT}[、,/])*{unit}"
    return re.compile(rf"{behind}|\({unit}[,)]|额/{unit}|以{unit}为单位")
