"""Each feature says of a line what its name promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.labelling.line_features import FEATURES
from nlp.labelling.line_statistics import line_statistics
from nlp.text.lines import split

TABLE = (
    ("length", "规章", ">=2"),
    ("length", "0", "<1"),
    ("numbers", "规章\t0\t1,322\t0.5", ">=3"),
    ("opening", "一、总体情况", "chapter"),
    ("opening", "（一）主动公开情况", "part"),
    ("opening", "1.属于国家秘密", "point"),
    ("opening", "1.5", "number"),
    ("opening", "一是加强学习", "ordinal"),
    ("opening", "第二十条第（一）项", "article"),
    ("opening", "针对更新不及时的问题，", "aimed"),
    ("opening", "注：含上年度结转数量。", "note"),
    ("opening", "2023年，我局", "date"),
    ("opening", "==== Page 2 ====", "markup"),
    ("opening", "| 规章 | 0 |", "border"),
    ("opening", "我局", "plain"),
    ("closing", "工作有序开展。", "。"),
    ("closing", "存在以下问题：", ":："),
    ("closing", "一、总体情况", "况"),
    ("closing", "- 4 -", "other"),
    ("closing", "政" * 200 + "。", "。"),
    ("sentences", "一句。", "0"),
    ("sentences", "一句。两句", "1"),
    ("borders", "规章\t0", "tab"),
    ("borders", "规章\t0\t0\t0", "tabs"),
    ("borders", "规章 | 0", "pipe"),
    ("borders", "规章      0   0   0", "wides"),
    ("borders", "规章 0", "space"),
    ("borders", "规章", "none"),
    ("indent", "\t\t0", "tab"),
    ("indent", "　　规章", "space"),
    ("label", "行政许可\t322", "row"),
    ("label", "（区别处理的，只计这一情形，不计", "piece"),
    ("label", "结果维持\t结果纠正\t其他结果", "start"),
    ("label", "第二十条第（五）项", "group"),
    ("label", "我局高度重视", "none"),
    ("topic", "五、存在的主要问题及改进情况", "problems"),
    ("topic", "（二）改进措施", "improvements"),
    ("topic", "某某县统计局2023年政府信息公开工作年度报告", "report"),
    ("topic", "行政许可", "none"),
    ("page", "- 4 -", "marked"),
    ("page", "— 12 —", "marked"),
    ("page", "第 3 页 共 9 页", "marked"),
    ("page", "3/9", "marked"),
    ("page", "4", "alone"),
    ("page", "共4件", "no"),
    ("site", "【打印】 【关闭】", "2"),
    ("site", "我局", "0"),
    ("values", "0", "number"),
    ("values", "0 0 0 0 0 0 0", "numbers"),
    ("values", "0 | 0 | 0 | ||", "numbers"),
    ("values", "\t1，234\t-1\t+2", "numbers"),
    ("values", "53.6318 万元", "numbers"),
    ("values", "251000元", "number"),
    ("values", "/", "placeholder"),
    ("values", "无", "placeholder"),
    ("values", "空 | 空 | 空 | 空", "placeholders"),
    ("values", "| | |", "borders"),
    ("values", "1.属于国家秘密", "no"),
    ("values", "无。", "no"),
    ("remark", "（其中修订 6 件）", "whole"),
    ("remark", "（二）部分公开（区分处理的，只计这一情", "open"),
    ("remark", "形，不计其他情形）", "closed"),
    ("remark", "（一）予以公开", "balanced"),
)


@pytest.mark.parametrize(("feature", "text", "expected"), TABLE)
def test_a_feature_answers(feature: str, text: str, expected: str) -> None:
    asked = next(each for each in FEATURES if each.name == feature)
    assert asked.values[asked.ask(line_statistics(split(text)))[0]] == expected


characters = "第一二、（1）. \t|。-无0政府信息公开行政许可，\u200b\U00020000"
texts = st.lists(st.text(characters, min_size=1), min_size=1)


@given(texts)
def test_every_answer_is_one_of_the_feature_s_values(texts: list[str]) -> None:
    lines = [line for text in texts for line in split(text) if not line.blank]
    for feature in FEATURES if lines else ():
        answers = feature.ask(line_statistics(lines))
        assert answers.shape == (len(lines),)
        assert all(0 <= answer < len(feature.values) for answer in answers.tolist())


@given(texts)
def test_a_line_s_own_features_do_not_depend_on_the_lines_round_it(texts: list[str]) -> None:
    lines = [line for text in texts for line in split(text) if not line.blank]
    for feature in FEATURES if lines else ():
        alone = [int(feature.ask(line_statistics([line]))[0]) for line in lines]
        assert np.array_equal(feature.ask(line_statistics(lines)), alone)


def test_feature_names_and_their_values_are_unique() -> None:
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
    assert all(len(set(feature.values)) == len(feature.values) for feature in FEATURES)
