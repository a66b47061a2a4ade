"""What counts points in running text, and what only looks so."""

from __future__ import annotations

import pytest

from nlp.narrative.paragraphs.enumerators import enumerators, leading

COUNTS = {
    "一是甲;二是乙。": [("is", 1), ("is", 2)],
    "主要表现在一是甲;二是乙": [("is", 1), ("is", 2)],
    "一要甲,二要乙,三要丙": [("is", 1), ("is", 2), ("is", 3)],
    "首先,甲。其次,乙。最后,丙。": [("order", 1), ("order", 2), ("order", 8)],
    "第一,甲;第二,乙": [("ordinal", 1), ("ordinal", 2)],
    "1.甲\n2、乙\n3.丙": [("arabic", 1), ("arabic", 2), ("arabic", 3)],
    "(1)甲;(2)乙": [("paren_arabic", 1), ("paren_arabic", 2)],
    "①甲②乙": [("circled", 1), ("circled", 2)],
    "- 甲\n- 乙": [("bullet", None), ("bullet", None)],
    "(二)目前存在的问题": [("paren_chinese", 2)],
    "问题一:甲": [("problem", 1)],
    "➤ 甲\n➤ 乙": [("bullet", None), ("bullet", None)],
    "1 甲\n2 乙": [("spaced", 1), ("spaced", 2)],
    "Ⅰ.甲\nIV.乙": [("roman", 1), ("roman", 4)],
    "有:a.甲;b.乙": [("letter", 1), ("letter", 2)],
}
COUNTS_NOTHING = (
    "唯一是人员不足",
    "第二十条第(一)项",
    "公开1.5万条",
    "截至2023.12.31",
    "一、二季度",
    "统一要求",
    "第一时间公开",
    "甲,2.乙",
    "收到\n3 公民申请",
    "1 月甲\n2 月乙",
    "见附件:a.doc",
)


@pytest.mark.parametrize(("text", "expected"), COUNTS.items())
def test_points_are_counted(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert [(mark.style, mark.number) for mark in enumerators(text)] == expected


@pytest.mark.parametrize("text", COUNTS_NOTHING)
def test_words_and_numbers_count_no_points(text: str) -> None:
    assert enumerators(text) == []


@pytest.mark.parametrize(
    ("text", "end"), [("(一) 主动公开", 4), ("1.5万元", None), ("12、乙", 3), ("甲", None)]
)
def test_a_line_opens_with_its_enumerator(text: str, end: int | None) -> None:
    mark = leading(text)
    assert (mark.end if mark else None) == end
