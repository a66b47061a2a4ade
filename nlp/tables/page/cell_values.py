"""Turns a printed token into a number in the form's unit."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.form.form import Column
from nlp.record.model import Number
from nlp.text.cells import MONEY, MULTIPLES

_NUMBER = re.compile(r"([+-]?)([\d,]+(?:\.\d+)?)\s*(\D*)$")
_IN_YUAN = {unit: Decimal(yuan) for unit, yuan in {**MONEY, **MULTIPLES}.items()}


def number(text: str, column: Column, header_unit: str | None = None) -> Number | None:
    """Return the value of a folded token in its column's unit; None where it cannot be one.

    A column that counts takes whole numbers alone, and below zero only where it is signed.
    `header_unit` is the unit that the page's own header prints for the column, where it prints one.

    >>> money = Column("amount", "采购总金额", unit="万元")
    >>> number("251000元", money), number("53.6318 万元", money), number("12", money)
    (25.1, 53.6318, 12)
    >>> count = Column("decisions", "本年处理决定数量")
    >>> number("1,234", count), number("1.5", count), number("-1", count)
    (1234, None, None)
    """
    if text.isdecimal() and not column.unit:
        return int(text)
    found = _NUMBER.match(text)
    if not found:
        return None
    sign, digits, unit = found.groups()
    value = Decimal(digits.replace(",", ""))
    if column.unit:
        return None if sign else _plain(_converted(value, unit or header_unit or column.unit, column.unit))
    if sign == "-" and not column.signed:
        return None
    value *= MULTIPLES.get(unit, 1)
    return int(-value if sign == "-" else value) if value == int(value) else None


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    return value * _IN_YUAN.get(unit, _IN_YUAN[wanted]) / _IN_YUAN[wanted]


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else float(value)
