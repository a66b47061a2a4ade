"""From a printed token to a number in the form's unit."""

from __future__ import annotations

import pytest

from nlp.form.form import Column
from nlp.record.model import Number
from nlp.tables.page.cell_values import number
from nlp.tables.page.units import CONTRADICTED

COUNT = Column("decisions", "本年处理决定数量")
CHANGE = Column("change", "本年增/减", signed=True)
MONEY = Column("amount", "采购总金额", unit="万元")

COUNTED = [
    ("0", 0),
    ("007", 7),
    ("1,234", 1234),
    ("12,345,678", 12345678),
    ("3 件", 3),
    ("2万", 20000),
    ("1.0", 1),
    ("1.5", None),
    ("-1", None),
    ("/", None),
    ("", None),
    ("件", None),
    ("↑47", None),
    ("增3", None),
    ("4万元", None),
    ("6元", None),
    ("7年", None),
    ("12%", None),
    ("9人", 9),
]
MULTIPLIED = [("125", "千", 125000), ("1.25", "万", 12500), ("0.00005", "万", None), ("3万", "千", None)]
SIGNED = [("+2", 2), ("-1", -1), ("0", 0), ("-1,200", -1200), ("(12)", None), ("▲3", None), ("▼3", -3)]
PAID = [
    ("0", 0, None),
    ("53.6318万元", 53.6318, None),
    ("53.6318 万元", 53.6318, None),
    ("251000元", 25.1, None),
    ("1.2亿元", 12000, None),
    ("12", 12, None),
    ("125000", 12.5, "元"),
    ("125000 万元", 125000, "元"),
    ("0.0001", 0.0001, None),
    ("1,000.5", 1000.5, None),
    ("-3", None, None),
]


@pytest.mark.parametrize(("text", "value"), COUNTED)
def test_a_column_that_counts(text: str, value: Number | None) -> None:
    assert number(text, COUNT) == value


@pytest.mark.parametrize(("text", "value"), COUNTED)
def test_a_count_is_an_integer(text: str, value: Number | None) -> None:
    assert isinstance(number(text, COUNT), int) is (value is not None)


@pytest.mark.parametrize(("text", "multiple", "value"), MULTIPLIED)
def test_a_column_that_counts_thousands(text: str, multiple: str, value: Number | None) -> None:
    assert number(text, COUNT, multiple) == value


def test_a_number_of_a_column_that_is_no_count_is_not_told_but_nought() -> None:
    assert number("5", CHANGE, CONTRADICTED) is None
    assert number("0", CHANGE, CONTRADICTED) == 0


@pytest.mark.parametrize(("text", "value"), SIGNED)
def test_a_column_of_changes(text: str, value: Number | None) -> None:
    assert number(text, CHANGE) == value


@pytest.mark.parametrize(("text", "value", "unit"), PAID)
def test_a_column_of_money_is_in_its_unit(text: str, value: Number | None, unit: str | None) -> None:
    assert number(text, MONEY, unit) == value
