"""Markdown that holds a whole report in one cell of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.pipeline import Reader
from nlp.reading.html.reading import read_markdown
from nlp.reading.inputs import Input
from nlp.reading.kinds import MARKDOWN, TEXT, media_type
from nlp.reading.markdown import is_folded, unfolded

WIDE = "|  |  |  |  |  |  |  |  | | --- | --- | --- | --- | --- | --- | --- | --- | | "
TABLES = {
    "a label begins a row": (
        "|  |  | | --- | --- | | 规章 | 3 | | 行政规范性文件 | 1 |",
        ["| 规章 | 3 |", "| 行政规范性文件 | 1 |"],
    ),
    "a label goes on into merged columns": (
        WIDE + "一、本年新收 | | 1 | 0 | 0 | 0 | 0 | 1 | | 二、上年结转 | | 0 | 0 | 0 | 0 | 0 | 0 |",
        ["| 一、本年新收 | | 1 | 0 | 0 | 0 | 0 | 1 |", "| 二、上年结转 | | 0 | 0 | 0 | 0 | 0 | 0 |"],
    ),
    "a full row of numbers begins behind the last label": (
        "|  |  |  | | --- | --- | --- | | 结果维持 | 结果纠正 | 总计 | | 1 | 0 | 1 |",
        ["| 结果维持 | 结果纠正 | 总计 |", "| 1 | 0 | 1 |"],
    ),
    "a blank cell is no row's end": (
        "|  |  |  | | --- | --- | --- | | 规章 |  | 3 | | 其他 | 2 |  |",
        ["| 规章 |  | 3 |", "| 其他 | 2 |  |"],
    ),
    "a number with its unit is no label": (
        "|  |  | | --- | --- | | 行政事业性收费 | | 3 万元 | |",
        ["| 行政事业性收费 | | 3 万元 | |"],
    ),
}
PROSE = {
    "white space parts paragraphs": ("年度报告  　　本年如下。 一、总体情况 本局公开。", 4),
    "white space beside a number parts none": ("2021 年发布 3 条信息，办结 12 件。", 1),
    "a chapter behind its title": ("某某县水利局2021年政府信息公开工作年度报告一、总体情况 无。", 3),
    "a chapter and its enumerator": ("第一部分 总体情况 本局公开。", 2),
}


@pytest.mark.parametrize(("cell", "expected"), TABLES.values(), ids=TABLES)
def test_rows_are_those_that_were_written(cell: str, expected: list[str]) -> None:
    found = unfolded(f"| 二、主动公开情况  {cell}  |")
    assert [line for line in found if "---" not in line and line.strip("| ")] == [
        "二、主动公开情况",
        *expected,
    ]


@pytest.mark.parametrize(("prose", "count"), PROSE.values(), ids=PROSE)
def test_paragraphs_are_those_that_were_written(prose: str, count: int) -> None:
    found = unfolded(f"| {prose}  |  | | --- | | 0 |  |")
    assert found.index("|  |") == count


def test_only_a_rule_behind_other_words_tells_that_a_report_is_in_one_cell() -> None:
    folded = "| 无。 |  | | --- | | 0 |  |"
    table = "| 规章 | 0 |\n| --- | --- |\n| 其他 | 1 |"
    assert is_folded(folded)
    assert media_type(folded.encode()) == MARKDOWN
    assert not any(map(is_folded, table.split("\n")))
    assert media_type(table.encode()) == TEXT


def test_a_report_that_begins_in_the_head_of_a_table_gets_its_paragraphs_back() -> None:
    head = "某某县水利局2023年政府信息公开工作年度报告 本报告依照条例编制。 一、总体情况 " + "公开平稳。" * 70
    page = f"首页\n{head} | 第二十条\n---  \n规章| 3| 7| 26\n"
    assert media_type(page.encode()) == MARKDOWN
    lines = read_markdown(page.encode()).text.split("\n")
    assert lines[1:4] == [
        "某某县水利局2023年政府信息公开工作年度报告",
        "本报告依照条例编制。",
        "一、总体情况",
    ]
    assert media_type("一、总体情况\n---\n规章| 3".encode()) == TEXT


def test_the_numbers_of_a_report_in_one_cell_are_read(tmp_path: Path) -> None:
    table = "|  |  |  |  | | --- | --- | --- | --- | | 第二十条第（一）项 | | | | "
    rows = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | | 规章 | 2 | 0 | 7 | "
    others = "| 行政规范性文件 | 5 | 1 | 30 | | 行政许可 | 41 | | | "
    title = "某某县水利局2023年政府信息公开工作年度报告  一、总体情况  无。  二、主动公开政府信息情况  "
    file = tmp_path / "page.md"
    file.write_text(
        f"|  |\n| --- |\n| {title}{table}{rows}{others} 三、收到和处理政府信息公开申请情况  无。 |", "utf-8"
    )
    report = Reader().read(Input(str(file)))
    assert report.organization == "某某县水利局"
    values = {
        row: [cell.value for cell in cells.values()] for row, cells in report.tables["disclosure"].items()
    }
    assert values["regulations"] == [2, 0, 7]
    assert values["normative_documents"] == [5, 1, 30]
    assert values["licensing"] == [41]
