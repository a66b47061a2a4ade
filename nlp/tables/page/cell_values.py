"""Turns a printed token into a number in the form's unit."""

from __future__ import annotations

from decimal import Decimal

from nlp.form.form import Column
from nlp.record.model import Number
from nlp.text.cell_text import read_cell
from nlp.text.cells import MONEY, MULTIPLES

_YUAN = {**MONEY, **MULTIPLES}


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
    cell = read_cell(text)
    if cell.value is None:
        return None
    if column.unit:
        unit = cell.unit or header_unit or ""
        return None if cell.sign else _plain(_converted(cell.value, unit, column.unit))
    if cell.sign < 0 and not column.signed:
        return None
    value = cell.value * MULTIPLES.get(cell.unit, 1)
    return int(value) if value == int(value) else None


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    """Return an amount in the wanted unit; one without a unit of money is in it already."""
    return value * _YUAN.get(unit, _YUAN[wanted]) / _YUAN[wanted]


def _plain(value: Decimal) -> Number:
    return int(value) if value == int(value) else float(value)
