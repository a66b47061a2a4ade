"""Labels to which the cells of their row are glued."""

from __future__ import annotations

import pytest

from nlp.tables.page.glued_labels import parted, unglued
from nlp.tables.page.tokens import Kind, Token

PARTED = [
    ("规章0", [("text", "规章"), ("value", "0")]),
    ("3.补正后申请内容仍不明确0件", [("text", "3.补正后申请内容仍不明确"), ("value", "0件")]),
    ("(二)部分公开(区分处理的,只计这12", [("text", "(二)部分公开(区分处理的,只计这"), ("value", "12")]),
    ("0度办理结", [("value", "0"), ("text", "度办理结")]),
    ("0年 法提供", [("value", "0"), ("text", "年 法提供")]),
    ("3 他 .其", [("text", "3 他 .其")]),
    ("3 . 其 他", [("text", "3 . 其 他")]),
    ("1.属于国家秘密", [("text", "1.属于国家秘密")]),
    ("3 .其", [("text", "3 .其")]),
    ("截至2022", [("text", "截至2022")]),
    ("0年", [("value", "0"), ("text", "年")]),
    ("2022年", [("text", "2022年")]),
    ("2022年度", [("text", "2022年度")]),
    ("5个工作日", [("text", "5个工作日")]),
    ("3.其他1/////1", [("text", "3.其他"), ("value", "1/////1")]),
    ("行政处罚/", [("text", "行政处罚"), ("placeholder", "/")]),
    ("政府集中采购00 万元", [("text", "政府集中采购"), ("value", "00 万元")]),
    ("行政事业性收费3件-18", [("text", "行政事业性收费"), ("value", "3件-18")]),
    ("行政许可4(含上年3件)", [("text", "行政许可"), ("value", "4(含上年3件)")]),
    ("4.无正当理由大量反复申请无", [("text", "4.无正当理由大量反复申请"), ("placeholder", "无")]),
    ("四、结下年度办理6000006", [("text", "四、结下年度办理6000006")]),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_a_number_is_parted_from_a_label_of_the_form(text: str, expected: list[tuple[str, str]]) -> None:
    token = Token(Kind.TEXT, 1, 7, 7 + len(text), text)
    parted = list(unglued(token))
    assert [(one.kind.value, one.text) for one in parted] == expected
    assert [(one.start, one.end) for one in parted] == _places(expected)


def _places(pieces: list[tuple[str, str]]) -> list[tuple[int, int]]:
    places, start = [], 7
    for _, text in pieces:
        places.append((start, start + len(text)))
        start += len(text)
    return places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "其他一、本年新收政府信息公开申请数量7000007",
            ["其他", "一、本年新收政府信息公开申请数量", "7000007"],
        ),
        ("规章0 件0 件1 件", ["规章", "0 件0 件1 件"]),
        ("行政事业性收费0 元", ["行政事业性收费", "0 元"]),
        ("行政许可0+21919", ["行政许可", "0+21919"]),
    ],
)
def test_headers_units_and_signs_may_be_glued_to_labels_and_numbers(text: str, expected: list[str]) -> None:
    assert [part.text for part in unglued(Token(Kind.TEXT, 1, 0, len(text), text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四、结下年度办理6000006", [("text", "四、结下年度办理"), ("value", "6000006")]),
        ("///////////////", [("value", "///////////////")]),
        ("第二十条第(一)项", [("text", "第二十条第(一)项")]),
        ("部分公开(区分处理的)", [("text", "部分公开(区分处理的)")]),
    ],
)
def test_on_a_glued_page_cells_are_parted_from_any_label(text: str, expected: list[tuple[str, str]]) -> None:
    found = parted(Token(Kind.TEXT, 1, 0, len(text), text))
    assert [(one.kind.value, one.text) for one in found] == expected
