"""Repairs of a line, one character for one character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.text.folding import HOLE, STEPS, filled, fold, unified

REPAIRED = [
    ("１．属于国家秘密", "1.属于国家秘密"),
    ("（一）予以公开", "(一)予以公开"),
    ("总　计", "总 计"),
    ("170\u00a0条", "170 条"),
    ("－１", "-1"),
    ("— 5 —", "- 5 -"),
    ("1，234", "1,234"),
    ("规章│0│0", "规章|0|0"),
    ("规\u200b章\ufeff", "规章"),
    ("属\u00ad于", "属于"),
    ("規章", "规章"),
    ("上年結轉", "上年结转"),
    ("[bookmark: _GoBack]一是", "一是"),
    ("(一) **主动公开情况。**", "(一) 主动公开情况。"),
    ("## 一、总体情况", " 一、总体情况"),
    ("1\\.目录不全", "1.目录不全"),
    ("\\- 针对目录不全", "- 针对目录不全"),
    ("0\f", "0 "),
    ("0\r", "0 "),
    ('"规章","0",""', " 规章 \t 0 \t  "),
    ("「0」", " 0 "),
]

KEPT = [
    "12①",
    "三、本年度办理结果",
    "第二十条第",
    "“三安全一稳定”",
    "“三安全一稳定”、“一网通办”",
    "hzzwgk@example.org",
    "2 * 3",
    "a # b",
    "0\\0",
    "\\",
    "甲\\-乙",
]

CHARACTERS = st.one_of(
    st.characters(exclude_characters="\n", codec="utf-8"),
    st.sampled_from("０１２３４５６７８９0123456789（）()　\u200b\u00a0\ufeff"),
    st.sampled_from("*#[]<>bookmark:_GoBack规章總計—，．|\t\f\r"),
)
LINES = st.text(CHARACTERS, max_size=60)
WIDE = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９", "0123456789", strict=True)}


@pytest.mark.parametrize(("line", "read"), REPAIRED)
def test_line_is_read_as(line: str, read: str) -> None:
    assert filled(fold(line)) == read


@pytest.mark.parametrize("line", KEPT)
def test_line_is_left_alone(line: str) -> None:
    assert fold(line) == line


def test_the_repairs_of_a_line_add_up() -> None:
    assert filled(fold("（一）\u200b規章 **重点**")) == "(一)规章 重点"


@given(LINES)
def test_a_folded_line_is_as_long_as_the_line(line: str) -> None:
    assert len(fold(line)) == len(line)


@given(LINES, st.sampled_from(STEPS))
def test_every_step_keeps_the_length(line: str, step: object) -> None:
    assert len(step.repair(line)) == len(line)  # type: ignore[attr-defined]


@given(LINES)
def test_every_digit_survives(line: str) -> None:
    assert re.findall("[0-9]", filled(fold(line))) == re.findall("[0-9]", line.translate(WIDE))


@given(LINES)
def test_a_digit_stays_where_it_stands(line: str) -> None:
    folded = fold(line)
    wide = line.translate(WIDE)
    assert [(at, c) for at, c in enumerate(wide) if c in "0123456789"] == [
        (at, c) for at, c in enumerate(folded) if c in "0123456789"
    ]


@given(st.lists(st.sampled_from(["12", "０３", "4", "５６７", "8901"]), min_size=1, max_size=8))
def test_every_digit_sequence_of_a_row_survives(numbers: list[str]) -> None:
    row = "规章\u200b　" + "　".join(numbers)
    assert re.findall(r"\d+", filled(fold(row))) == [number.translate(WIDE) for number in numbers]


def test_a_hole_is_no_character_of_a_page() -> None:
    assert filled(HOLE + "1" + HOLE) == "1"


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("⼈⺠政府⼯作⻔⼾⽹⻚", "人民政府工作门户网页"), ("不⾏", "不行"), ("ﬁ №", "ﬁ №"), ("一是", "一是")],
)
def test_characters_that_unicode_has_twice_become_one(printed: str, typed: str) -> None:
    """Chromium's PDFs as pdfplumber, pdfminer and pypdf give them: radicals in the place of characters."""
    assert unified(printed) == typed
    assert fold(printed) == typed
