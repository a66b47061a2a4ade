"""The features of a line's neighbours are counted for the right line."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.labelling.encoding import FeatureMatrix, columns, feature_matrix, line_kinds, names
from nlp.labelling.line_features import FEATURES
from nlp.labelling.line_statistics import line_statistics
from nlp.labelling.neighbour_features import LINE_KINDS
from nlp.text.lines import split

PAGE = """某某市统计局2023年政府信息公开工作年度报告

一、总体情况
2023年，我局认真贯彻落实条例，工作有序开展。
二、主动公开政府信息情况

行政许可
12
行政处罚
0
"""


def matrix(text: str) -> FeatureMatrix:
    return feature_matrix([line for line in split(text) if not line.blank])


def features_of(text: str, n: int) -> set[str]:
    """Return the names of the features of the n-th line (from 0) that is not blank."""
    all_names = names()
    return {all_names[column] for column in columns(matrix(text))[n].tolist()}


KIND = (
    ("12", "value"),
    ("0 0 0", "values"),
    ("/", "placeholder"),
    ("||||", "borders"),
    ("- 4 -", "page"),
    ("行政许可", "label"),
    ("行政许可 | 0 | 0 | 0", "row"),
    ("打印 关闭 分享到", "site"),
    ("五、存在的主要问题", "title"),
    ("度办", "piece"),
    ("工作有序开展。", "prose"),
    ("府信息公开条例认真贯彻落实国家的有关决策部署和工作要求", "flowing"),
)


@pytest.mark.parametrize(("text", "kind"), KIND)
def test_rules_tell_a_rough_kind_of_a_line(text: str, kind: str) -> None:
    statistics = line_statistics(split(text))
    answers = {feature.name: feature.ask(statistics) for feature in FEATURES}
    assert LINE_KINDS[line_kinds(statistics, answers)[0]] == kind


def test_a_line_has_the_features_of_its_neighbours_with_blank_lines_left_out() -> None:
    neighbours = features_of(PAGE, 4)
    assert {"-1 topic=disclosure", "-2 closing=。", "+1 values=number", "+2 label=row"} <= neighbours


def test_there_is_an_edge_before_the_first_line_and_after_the_last() -> None:
    assert {"-1 edge", "-2 edge"} <= features_of(PAGE, 0)
    assert {"+1 edge", "+2 edge"} <= features_of(PAGE, 7)


def test_the_last_title_above_tells_what_chapter_a_line_is_in() -> None:
    topics = {name for n in (2, 5) for name in features_of(PAGE, n) if name.startswith("topic_above")}
    assert len(topics) == 2


def test_blank_lines_before_and_after_are_counted() -> None:
    assert any(name.startswith("gap_before") and name.endswith(" 1") for name in features_of(PAGE, 1))
    assert any(name.startswith("gap_after") and name.endswith(" 0") for name in features_of(PAGE, 1))


def test_a_run_of_eight_values_is_told_from_one_of_seven() -> None:
    seven, eight = ("\n".join("0" * count) for count in (7, 8))
    assert features_of(f"总计\n{seven}", 7) != features_of(f"总计\n{eight}", 7)
    runs = [name for name in features_of(f"总计\n{eight}", 8) if name.startswith("value_run")]
    assert runs == ["value_run value 23"]


def test_equal_lines_are_encoded_once() -> None:
    features = matrix("0\n0\n规章\n0")
    assert [line.n for line in features.distinct] == [1, 3]
    assert features.inverse.tolist() == [0, 0, 1, 0]


def test_every_column_has_a_name_of_its_own() -> None:
    assert len(set(names())) == len(names())
    assert int(columns(matrix(PAGE)).max()) < len(names())
    assert columns(matrix(PAGE)).dtype == np.int32
