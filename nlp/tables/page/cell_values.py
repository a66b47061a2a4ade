"""Turns a printed token into a number in the form's unit."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.form.form import Column
from nlp.record.model import Number
from nlp.tables.page.tokens import Token
from nlp.text.cell_text import CellText, read_cell
from nlp.text.cells import COUNTED, MONEY, MULTIPLES, NUMBERS

_IN_BRACKETS = re.compile(r"\(\d[\d,]*\)")
"""A number in brackets, by which accounts print one below zero."""
_COUNTING = Column("", "")
"""Stands for any column whose numbers are counts, as those of all tables with sums are."""
WHOLE_MONEY = {unit for unit, value in MONEY.items() if value == 1}
"""The units of an amount with the sign of a currency (￥3500): no multiples."""
_YUAN = {**MONEY, **MULTIPLES}
_MULTIPLES = {**COUNTED, **MULTIPLES}


def number(text: str, column: Column, header_unit: str = "") -> Number | None:
    """Return the value of a folded token in its column's unit; None where it cannot be one.

    A column that counts takes whole numbers alone, no amounts of money, and a sign only where it is signed.
    `header_unit` is the unit that the page's own header prints for the column, "" where it prints none: of
    money, or how many of what is counted.

    >>> money = Column("amount", "采购总金额", unit="万元")
    >>> number("251000元", money), number("53.6318 万元", money), number("12", money)
    (25.1, 53.6318, 12)
    >>> count = Column("decisions", "本年处理决定数量")
    >>> number("1,234", count), number("1.5", count), number("-1", count)
    (1234, None, None)
    >>> number("12.5", count, "千"), number("3", count, "万"), number("4万元", count)
    (12500, 30000, None)
    """
    cell = read_cell(text)
    if cell.value is None:
        return None
    if not column.unit:
        return _count(cell, text, column.signed, header_unit)
    return None if cell.sign else _plain(_converted(cell.value, cell.unit or header_unit, column.unit))


def is_of_money(text: str) -> bool:
    """Return whether a cell prints the sign or the name of a currency."""
    return not text.isdecimal() and any(mark in text for mark in NUMBERS["currency"])


def count(token: Token | None) -> Number | None:
    """Return the count that a token prints; None for no token, and for one that is no count."""
    return None if token is None else number(token.text, _COUNTING)


def _count(cell: CellText, text: str, is_signed: bool, multiple: str) -> int | None:
    """Return the count that a cell is; its column's numbers are in a `multiple` (千) of what is counted."""
    if cell.unit in MONEY or (cell.sign and not is_signed):
        return None
    if not cell.value:
        return 0
    if is_of_money(text):
        return None
    if is_signed and (any(mark in text for mark in NUMBERS["two_ways"]) or _IN_BRACKETS.fullmatch(text)):
        return None
    if multiple and (multiple not in COUNTED or cell.unit):
        return None
    value = cell.value
    if cell.unit or multiple:
        value = value * _MULTIPLES.get(cell.unit, 1) * COUNTED.get(multiple, 1)
    return int(value) if value == int(value) else None


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    """Return an amount in the wanted unit; one without a unit of money is in it already."""
    return value * _YUAN.get(unit, _YUAN[wanted]) / _YUAN[wanted]


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else float(value)
