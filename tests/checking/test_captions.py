"""Captions, headings and notes of tables: which of them say that the numbers are none of the report's."""

from __future__ import annotations

import pytest

from nlp.checking.caption_words import is_caption_against, is_note_against
from nlp.checking.captions import captions_against
from nlp.narrative.identity.identity import Identity
from nlp.record.model import Cell, Tables
from nlp.text.lines import split

WHOSE = Identity("平武县水利局", year=2023)

AGAINST = [
    "(2022年数据)",
    "二〇二二年度",
    "22年度",
    "2022-2023年",
    "2024年计划",
    "截至2023年9月",
    "截至2023年11月30日",
    "2023年7-12月",
    "2023年1月1日至2023年6月30日",
    "统计时段:2022.1.1-2022.12.31",
    "前三季度",
    "上年同期数",
    "各乡镇汇总数",
    "全市合计",
    "局属各单位所属数据",
    "平武县统计局",
    "填表单位:平武县教育局",
    "数据来源:某某市司法局",
    "三、平武县民政局收到和处理政府信息公开申请情况",
    "模板示意",
    "单位:箱",
]
HARMLESS = [
    "(2023年度)",
    "2023年1-12月",
    "统计期限:2023年1月1日至2023年12月31日",
    "统计时段:2023.1.1-2023.12.31",
    "截至2023年12月31日",
    "截至2023年底",
    "填报日期:2024年1月15日",
    "制表日期:2024-01-12",
    "(按2021年新版格式填写)",
    "国办公开办函〔2021〕30号",
    "填报单位(盖章):平武县水利局办公室",
    "填报单位:县水利局",
    "填报单位:办公室",
    "填表人:张三审核人:李四",
    "单位:件、万元",
    "计量单位:份",
    "表二收到和处理政府信息公开申请情况",
    "二、平武县水利局主动公开政府信息情况",
    "平武县人民政府",
    "全局汇总",
    "本年累计",
    "全县水利系统",
    "含下属单位",
]


@pytest.mark.parametrize("caption", AGAINST)
def test_a_caption_of_another_time_body_or_unit_speaks_against_a_table(caption: str) -> None:
    assert is_caption_against(caption, WHOSE)


@pytest.mark.parametrize("caption", HARMLESS)
def test_one_of_the_reports_own_does_not(caption: str) -> None:
    assert not is_caption_against(caption, WHOSE)


def test_a_government_speaks_for_the_whole_of_its_place_alone() -> None:
    government = Identity("平武县人民政府", year=2023)
    assert not is_caption_against("全县汇总", government)
    assert is_caption_against("全市汇总", government)


NOTES_AGAINST = [
    "注:此表数据取自全市汇总。",
    "备注:以上数据由平武县民政局提供。",
    "*本表为示例数据",
    "注:上表系各部门数据",
]
HARMLESS_NOTES = [
    "备注:数据由局办公室统计。",
    "注:数据不含各乡镇。",
    "注:现行有效件数为历年累计数。",
    "注:均为本年累计。",
]


@pytest.mark.parametrize("note", NOTES_AGAINST)
def test_a_note_of_other_bodies_or_no_real_numbers_speaks_against_a_table(note: str) -> None:
    assert is_note_against(note, WHOSE)


@pytest.mark.parametrize("note", HARMLESS_NOTES)
def test_a_note_of_what_is_counted_does_not(note: str) -> None:
    assert not is_note_against(note, WHOSE)


def against(page: str, row: int) -> list[str]:
    """Return the lines of a page that speak against its table, whose one number stands on line `row`."""
    lines = split(page)
    tables: Tables = {"disclosure": {"licensing": {"decisions": Cell(3, "3", "printed", row, (0, 1), 0.99)}}}
    spans = {"disclosure": (1, len(lines))}
    return [line.raw for line in captions_against(lines, spans, tables, WHOSE)]


def test_sentences_above_a_table_and_headers_of_its_columns_are_no_captions() -> None:
    prose = "2023年我局办理许可3件，比\n2022年增加一件\n较上年有所上升。"
    assert against(f"二、主动公开政府信息情况\n{prose}\n上一年项目数量\t处理决定数量\n行政许可\t3", 6) == []
    assert against(f"二、主动公开政府信息情况\n{prose}\n（2022年）\n行政许可\t3", 6) == ["（2022年）"]


def test_a_heading_that_was_not_known_as_one_is_heard() -> None:
    lines = split("二、去年主动公开情况\n\n信息内容\t本年处理决定数量\n行政许可\t3")
    tables: Tables = {"disclosure": {"licensing": {"decisions": Cell(3, "3", "printed", 4, (0, 1), 0.99)}}}
    found = captions_against(lines, {"disclosure": (3, 4)}, tables, WHOSE)
    assert [line.n for line in found] == [1]
