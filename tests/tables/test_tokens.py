"""Cutting a table's line into tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.tables.page.tokens import Kind, tokens
from nlp.text.lines import split

T, V, P, E = Kind.TEXT, Kind.VALUE, Kind.PLACEHOLDER, Kind.EMPTY

PIECES = ["规章", "３", "12", "", "/", " 无", "1.属于", "（一）", "\u200b0"]

CUT = [
    ("规章 3 0 12", [(T, "规章"), (V, "3"), (V, "0"), (V, "12")]),
    ("规章\t3\t\t12", [(T, "规章"), (V, "3"), (E, ""), (V, "12")]),
    ("| 规章 | 3 | / |", [(T, "规章"), (V, "3"), (P, "/")]),
    ("|---|:--:|---|", []),
    ("\t1322", [(V, "1322")]),
    ("\t1.属于国家秘密", [(T, "1.属于国家秘密")]),
    ("政府集中采购 1 53.6 万元", [(T, "政府集中采购"), (V, "1"), (V, "53.6 万元")]),
    ("政府集中采购\t1\t251000元", [(T, "政府集中采购"), (V, "1"), (V, "251000元")]),
    ("行政许可 17 +2 1,234", [(T, "行政许可"), (V, "17"), (V, "+2"), (V, "1,234")]),
    ("行政许可 17 -1 1，234", [(T, "行政许可"), (V, "17"), (V, "-1"), (V, "1,234")]),
    ("规章 - — --", [(T, "规章"), (P, "-"), (P, "-"), (P, "--")]),
    ("行政许可 无", [(T, "行政许可"), (P, "无")]),
    ("规章　３　０", [(T, "规章"), (V, "3"), (V, "0")]),
    ("无    2.没有现成信息 0 / 0", [(T, "无"), (T, "2.没有现成信息"), (V, "0"), (P, "/"), (V, "0")]),
    ("3 . 其 他 0 0", [(T, "3 . 其 他"), (V, "0"), (V, "0")]),
    ("规章 0 2   ）   供", [(T, "规章"), (V, "0"), (V, "2"), (T, ")"), (T, "供")]),
    ("（  三 规章   13  0办 ）", [(T, "(  三 规章"), (V, "13"), (T, "0办 )")]),
    ("（ 四 ） 无", [(T, "( 四 ) 无")]),
    ("行政事业性收费 0. 35", [(T, "行政事业性收费"), (V, "0. 35")]),
    ("| 行政事业性收费 | 12. 5 |", [(T, "行政事业性收费"), (V, "12. 5")]),
    ("行政许可 3 万余件", [(T, "行政许可"), (V, "3 万余件")]),
    ("行政许可\t12 余件\t", [(T, "行政许可"), (V, "12 余件"), (E, "")]),
    ("行政许可\t31 35", [(T, "行政许可"), (V, "31"), (V, "35")]),
    ("（六）其他处理 1.申请人逾期不补正", [(T, "(六)其他处理"), (T, "1.申请人逾期不补正")]),
]


@pytest.mark.parametrize(("line", "expected"), CUT)
def test_line_is_cut_into(line: str, expected: list[tuple[Kind, str]]) -> None:
    assert [(token.kind, token.text) for token in tokens(split(line)[0])] == expected


NO_VALUES = [
    "（单位：万元，保留4位小数）",
    "本年收费金额（单位：万元，保留 4 位小数）",
    "第二十条第（一）项",
    "第20条第(5)项",
    "2022 年 12 月 31 日",
    "（其中修订 6 件）",
    "规章001",
    "3.其他",
    "12月31日",
]


@pytest.mark.parametrize("line", NO_VALUES)
def test_digits_of_words_are_no_values(line: str) -> None:
    assert all(token.kind is Kind.TEXT for token in tokens(split(line)[0]))


def test_a_remark_behind_a_number_leaves_the_number() -> None:
    found = tokens(split("行政规范性文件 13（其中修订 6 件） 4 85")[0])
    assert [token.text for token in found if token.kind is V] == ["13", "4", "85"]


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from("\t| "))
def test_every_token_points_at_its_text(pieces: list[str], mark: str) -> None:
    (line,) = split(mark.join(pieces))
    for token in tokens(line):
        assert line.folded[token.start : token.end].replace("\0", "") == token.text.replace("\0", "")
        assert token.line == 1


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=9), st.sampled_from(["\t", " ", "  ", " | "]))
def test_plain_numbers_are_values_in_their_order(numbers: list[int], mark: str) -> None:
    found = tokens(split("规章" + mark + mark.join(map(str, numbers)))[0])
    assert [int(token.text) for token in found if token.kind is Kind.VALUE] == numbers
