"""Whole pages on one line, as scrapers that collapse white space write them (NOISE 48)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.reading.text import decode
from nlp.record.model import Report
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.running_on.breaks import breaks
from nlp.text.lines import split
from training.scoring.cells import cells_by_id, judged_report

SAMPLES = sorted((folder("data") / "samples").glob("*.txt"))
IN_ORDER = [path for path in SAMPLES if "scrambled" not in path.name]
PLAIN = [path for path in IN_ORDER if "markdown" not in path.name]
"""Markdown has its rules: the reader of files parts its rows by them."""


@cache
def reader() -> Reader:
    return loaded(None)


def on_one_line(path: Path) -> str:
    return re.sub(r"\s+", " ", decode(path.read_bytes()).text).strip()


def read(text: str) -> Report:
    return reader().read(BytesInput("page.txt", content=text.encode()))


@pytest.mark.parametrize("path", IN_ORDER, ids=lambda path: path.stem)
def test_a_page_on_one_line_is_read_as_with_lines(path: Path) -> None:
    gold = json.loads((folder("data") / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    report = read(on_one_line(path))
    cells = judged_report(report, cells_by_id(gold))
    right = sum(cell.right for cell in cells)
    assert not [cell.id for cell in cells if cell.answered and not cell.right]
    assert right >= 0.8 * len(cells)
    assert (report.organization, report.year) == (gold["organization"], gold["year"])


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_its_places_are_those_of_the_text(path: Path) -> None:
    text = on_one_line(path)
    report = read(text)
    printed = [
        cell
        for rows in report.tables.values()
        for cells in rows.values()
        for cell in cells.values()
        if cell.span is not None
    ]
    assert printed
    assert all(cell.line == 1 for cell in printed)
    assert all(text[cell.span[0] : cell.span[1]] == cell.text for cell in printed if cell.span)
    assert {section.lines for section in report.sections} == {(1, 1)}


def test_no_number_of_a_scrambled_page_on_one_line_is_told_wrong() -> None:
    path = next(path for path in SAMPLES if path not in IN_ORDER)
    gold = json.loads((folder("data") / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    cells = judged_report(read(on_one_line(path)), cells_by_id(gold))
    assert not [cell.id for cell in cells if cell.answered and not cell.right]


def test_rows_of_other_rows_leave_blank_rows_in_doubt() -> None:
    zeros = "0" * 21
    page = (
        f"三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n四、结转下年度继续办理{zeros}"
    )
    rows = read(f"某县民政局2022年政府信息公开工作年度报告\n{page}\n").tables["requests"]
    assert rows["new_received"]["natural_person"].state == "ambiguous"


def test_a_list_of_chapters_in_a_sentence_is_none_of_their_headings() -> None:
    chapters = "一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况"
    preface = f"根据要求编制本报告，报告由以下部分组成：{chapters}。本报告的统计期限自2022年1月1日起。"
    assert breaks(split(preface * 2)) == []


@pytest.mark.parametrize(
    ("head", "is_doubtful"),
    [
        ("云岭县水利局2022年政府信息公开工作年度报告", False),
        ("云岭县公开网云岭县水利局2022年政府信息公开工作年度报告来源：本局", True),
        ("云岭县公开网 云岭县水利局2022年政府信息公开工作年度报告 来源：本局 ", False),
    ],
)
def test_a_name_that_nothing_parts_from_other_words_is_doubtful(head: str, is_doubtful: bool) -> None:
    chapters = "一、总体情况2022年，云岭县水利局主动公开信息9条。二、主动公开政府信息情况规章000"
    codes = {reason.code for reason in read(head + chapters).review}
    assert ("organization_doubtful" in codes) == is_doubtful
