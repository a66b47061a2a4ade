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
    ("3例", 3),
    ("“3”", 3),
    ("3(万件)", 30000),
    ("35(单位:百件)", 3500),
    ("1.2万件", 12000),
    ("12千件", 12000),
    ("1.2亿", 120000000),
    ("0.5万件", 5000),
    ("3万余件", None),
    ("3件(万)", None),
    ("1万2千", None),
    ("2人3件", None),
    ("353件(35万元)", None),
    ("叁拾伍件", 35),
    ("三件", 3),
    ("一百二", 120),
    ("一万两千件", 12000),
    ("三百三百", None),
    ("七八件", None),
    ("十七八件", None),
    ("百八十件", None),
    ("三", None),
    ("(一)项", None),
    ("百件", None),
    ("¥3", None),
    ("人民币3", None),
    ("净增2", None),
    ("同比增加5", None),
    ("同比5", None),
    ("5(减)", None),
    ("取消5项", None),
    ("持平", None),
    ("未增未减", None),
    ("<3", None),
    ("不足5件", None),
    ("超过100件", None),
    ("3(应为4)", None),
    ("3(有误)", None),
    ("3(上年数)", None),
    ("3(2022年数据)", None),
    ("3(估算)", None),
    ("累计3", None),
    ("同上", None),
    ("待定", None),
    ("×", None),
    ("√", None),
    ("见附件", None),
    ("无申请", None),
]
MULTIPLIED = [
    ("125", "千", 125000),
    ("1.25", "万", 12500),
    ("0.00005", "万", None),
    ("3万", "千", None),
    ("3件", "万", None),
    ("0件", "万", 0),
]
SIGNED = [
    ("+2", 2),
    ("-1", -1),
    ("0", 0),
    ("-1,200", -1200),
    ("(12)", None),
    ("▲3", None),
    ("△3", None),
    ("3▲", None),
    ("▼3", -3),
    ("5↓", -5),
    ("5↑项", 5),
    ("5(减)", -5),
    ("5(增加)", 5),
    ("5增", 5),
    ("减(5)", -5),
    ("(减少5)", -5),
    ("-5(减少)", -5),
    ("减-5", -5),
    ("+5(减)", None),
    ("净增2", 2),
    ("净减少2项", -2),
    ("同比增加5", 5),
    ("比上年减少5项", -5),
    ("较去年+5", 5),
    ("取消5项", -5),
    ("增加了5", 5),
    ("减:5", -5),
    ("减/5", -5),
    ("增/减5", None),
    ("增5减3", None),
    ("+5/-3", None),
    ("负5", -5),
    ("负五", -5),
    ("±0", 0),
    ("±5", None),
    ("持平", 0),
    ("增加5%", None),
    ("增加数5", None),
    ("增加到5", None),
    ("划转5", None),
    ("5-", None),
    ("-5(应为5)", None),
]
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
    ("0.00", 0, None),
    ("1.2亿", 12000, None),
    ("356千元", 35.6, None),
    ("35.6百元", 0.356, None),
    ("￥3500元", 0.35, None),
    ("¥35.60", 35.6, None),
    ("¥35.60", 0.00356, "元"),
    ("人民币35.6万元整", 35.6, None),
    ("叁拾伍万元整", 35, None),
    ("35.6万元/年", 35.6, None),
    ("35.60万元(353笔)", 35.6, None),
    ("353笔,35.60万元", 35.6, None),
    ("35.6万元(30.1万元)", None, None),
    ("35.6万元(应为36万元)", None, None),
    ("USD35", None, None),
    ("35,6", None, None),
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
