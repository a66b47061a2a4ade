"""What stands round a line is said of the right line."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.labelling.encoding import Scene, columns, kinds, names, scene
from nlp.labelling.line_features import FEATURES
from nlp.labelling.line_statistics import page
from nlp.labelling.neighbour_features import KINDS
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


def seen(text: str) -> Scene:
    return scene([line for line in split(text) if not line.blank])


def said(text: str, n: int) -> set[str]:
    """Name the features of the n-th line (from 0) that is not blank."""
    named = names()
    return {named[column] for column in columns(seen(text))[n].tolist()}


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
def test_a_first_look_tells_the_kind_of_a_line(text: str, kind: str) -> None:
    seen_page = page(split(text))
    said = {feature.name: feature.ask(seen_page) for feature in FEATURES}
    assert KINDS[kinds(seen_page, said)[0]] == kind


def test_a_line_hears_of_its_neighbours_with_blank_lines_left_out() -> None:
    heard = said(PAGE, 4)
    assert {"-1 topic=disclosure", "-2 closing=。", "+1 values=number", "+2 label=row"} <= heard


def test_there_is_an_edge_before_the_first_line_and_after_the_last() -> None:
    assert {"-1 edge", "-2 edge"} <= said(PAGE, 0)
    assert {"+1 edge", "+2 edge"} <= said(PAGE, 7)


def test_the_last_title_above_tells_what_chapter_a_line_is_in() -> None:
    topics = {name for n in (2, 5) for name in said(PAGE, n) if name.startswith("topic_above")}
    assert len(topics) == 2


def test_blank_lines_before_and_after_are_counted() -> None:
    assert any(name.startswith("gap_before") and name.endswith(" 1") for name in said(PAGE, 1))
    assert any(name.startswith("gap_after") and name.endswith(" 0") for name in said(PAGE, 1))


def test_a_run_of_eight_values_is_told_from_one_of_seven() -> None:
    seven, eight = ("\n".join("0" * count) for count in (7, 8))
    assert said(f"总计\n{seven}", 7) != said(f"总计\n{eight}", 7)
    runs = [name for name in said(f"总计\n{eight}", 8) if name.startswith("value_run")]
    assert runs == ["value_run value 23"]


def test_lines_that_are_alike_are_looked_at_once() -> None:
    found = seen("0\n0\n规章\n0")
    assert [line.n for line in found.distinct] == [1, 3]
    assert found.which.tolist() == [0, 0, 1, 0]


def test_every_column_has_a_name_of_its_own() -> None:
    assert len(set(names())) == len(names())
    assert int(columns(seen(PAGE)).max()) < len(names())
    assert columns(seen(PAGE)).dtype == np.int32
