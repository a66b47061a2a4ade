"""Units that a page prints for counts and amounts: read where their rows are named, asked about elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.record.model import Number, Report
from tests.tables.printing import CHAPTERS, cell_of, html, markdown, read
from tests.tables.reading_text import Read, reading_into

COUNTS = {"normative_documents.in_force": "59", "licensing.decisions": "3", "penalties.decisions": "41"}
FILLED = {**COUNTS, "fees.amount": "35.6"}
HEADER = "本年处理决定数量"
FEES = "本年收费金额（单位：万元）"
TITLE = CHAPTERS["disclosure"]
NEXT_TITLE = CHAPTERS["requests"]


def values(report: Report) -> list[Number | None]:
    """Return the numbers of the cells that are filled, None for those that are not told."""
    return [cell_of(report, name).value for name in FILLED]


def page(change: Callable[[str], str], write: Callable[[dict[str, str]], bytes] = html) -> Report:
    """Return the record of a report whose page is changed."""
    return read(change(write(FILLED).decode()).encode())


def with_caption(caption: str) -> Callable[[str], str]:
    return lambda text: text.replace(TITLE, f"{TITLE}</p><p>{caption}", 1)


def with_note(note: str) -> Callable[[str], str]:
    return lambda text: text.replace(NEXT_TITLE, f"{note}</p><p>{NEXT_TITLE}", 1)


def renamed(label: str, unit: str) -> Callable[[str], str]:
    return lambda text: text.replace(label, label + unit, 1)


OF_NO_ROW = [
    "（行政许可单位：万件，其余单位：件）",
    "单位：万件、万元",
    "（行政许可单位：万件）",
    "单位：万件（行政许可）",
    "说明：行政许可数量以万件计",
    "（单位：千件）",
    "单位：万（件）",
    "（单位：万）",
]


@pytest.mark.parametrize("caption", OF_NO_ROW)
def test_counts_are_asked_about_where_a_multiple_above_the_table_names_no_row_of_its_own(
    caption: str,
) -> None:
    assert values(page(with_caption(caption))) == [None, None, None, 35.6]


@pytest.mark.parametrize(
    "note", ["注：许可、处罚数量单位为万件", "注：行政许可数量为万件", "备注：行政许可按万件统计"]
)
def test_counts_are_asked_about_where_a_note_below_says_thousands(note: str) -> None:
    assert values(page(with_note(note))) == [None, None, None, 35.6]


def test_a_note_says_nothing_of_the_table_of_the_next_chapter() -> None:
    text = html({**FILLED, "new_received.total": "4"}).decode()
    report = read(with_note("注：行政许可数量以万件计")(text).encode())
    assert cell_of(report, "new_received.total").value == 4


def test_a_title_may_name_it_as_well() -> None:
    assert values(page(renamed(TITLE, "（行政许可单位：万件）"))) == [None, None, None, 35.6]


def test_it_is_so_beside_a_column_that_the_form_does_not_have() -> None:
    strange = page(
        lambda text: with_caption("单位：百件")(text).replace(HEADER, f"{HEADER}</td><td>上年数", 1)
    )
    assert values(strange) == [None, None, None, 35.6]


@pytest.mark.parametrize("caption", ["单位：件、万元", "（单位：件/万元）", "（计数单位：件）", "单位：万元"])
def test_the_forms_own_units_above_a_table_say_nothing_new(caption: str) -> None:
    report = page(with_caption(caption))
    assert values(report) == [59, 3, 41, 35.6]
    assert not report.review


@pytest.mark.parametrize(
    "unit", ["（万件）", "（单位：万件）", "/万件", "单位：万件", "（以万件计）", "（万 件）", "（万）"]
)
@pytest.mark.parametrize("write", [html, markdown])
def test_a_unit_in_a_header_is_of_its_rows_alone(unit: str, write: Callable[[dict[str, str]], bytes]) -> None:
    report = page(renamed(HEADER, unit), write)
    assert values(report) == [59, 30000, 41, 35.6]
    assert not report.review


@pytest.mark.parametrize("label", ["行政许可", "第二十条第（五）项"])
def test_a_unit_behind_a_label_is_of_its_row_and_behind_a_group_of_its_rows(label: str) -> None:
    assert values(page(renamed(label, "（单位：万件）"))) == [59, 30000, 41, 35.6]


@pytest.mark.parametrize("note", ["注：收费金额单位为元", "（表中金额均为元）", "*收费金额按元填报"])
def test_an_amount_is_asked_about_where_a_note_contradicts_its_header(note: str) -> None:
    assert values(page(with_note(note))) == [59, 3, 41, None]


@pytest.mark.parametrize(
    ("unit", "amount"),
    [("（百元）", 0.356), ("（千元）", 3.56), ("（人民币元）", 0.00356), ("（人民币：元）", 0.00356)],
)
def test_an_amount_is_in_the_unit_of_its_header(unit: str, amount: float) -> None:
    report = page(lambda text: text.replace(FEES, "本年收费金额" + unit))
    assert values(report) == [59, 3, 41, amount]


@pytest.mark.parametrize(("header", "amount"), [(FEES, None), ("本年收费金额（元）", 0.00356)])
def test_the_sign_of_a_currency_is_no_unit_under_a_header_of_ten_thousands(
    header: str, amount: float | None
) -> None:
    report = page(lambda text: text.replace(FEES, header).replace("35.6", "￥35.6"))
    assert values(report) == [59, 3, 41, amount]


@pytest.fixture(scope="module", name="read_text")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder: Path = tmp_path_factory.mktemp("units")
    return reading_into(folder)


IN_LINES = [
    ("行政许可 20 减 5 35", [20, -5, 35]),
    ("行政许可 20 净增5 35", [20, 5, 35]),
    ("行政许可 20 5↓ 35", [20, -5, 35]),
    ("行政许可 20 比上年减少5项 35", [20, -5, 35]),
    ("行政许可 20 5（增） 3（万件）", [20, 5, 30000]),
    ("行政许可 20 0 35 （单位：百件）", [20, 0, 3500]),
    ("行政许可 20 0 35 （应为36）", [20, 0, None]),
    ("行政许可 20 0 35　（联合发文2件）", [20, 0, 35]),
    ("行政许可 20 0 ＞35", [20, 0, None]),
    ("行政许可 20 ±0 1.2万件", [20, 0, 12000]),
    ("行政许可 20 减5 5 减", [20, -5, None]),
]


@pytest.mark.parametrize(("row", "expected"), IN_LINES)
def test_values_between_spaces_are_read_with_their_words(
    row: str, expected: list[Number | None], read_text: Read
) -> None:
    report = read_text(
        "\n".join(
            [
                "青禾县水务局2020年政府信息公开工作年度报告",
                "二、主动公开政府信息情况",
                "第二十条第（五）项",
                "信息内容 上一年项目数量 本年增/减 处理决定数量",
                row,
                "其他对外管理服务事项 7 0 2",
                "",
            ]
        )
    )
    cells = report.tables["disclosure"]
    assert [cell.value for cell in cells["licensing"].values()] == expected
    assert [cell.value for cell in cells["other_services"].values()] == [7, 0, 2]


def test_a_label_torn_before_its_bracket_is_no_number(read_text: Read) -> None:
    rows = [
        "第二十条第",
        "（一）项",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 0 0 5",
        "行政规范性文件 1 0 9",
    ]
    title = "青禾县水务局2023年政府信息公开工作年度报告"
    report = read_text("\n".join([title, "二、主动公开政府信息情况", *rows, ""]))
    assert "numbers_left_over" not in [review.code for review in report.review]


def test_a_unit_of_money_broken_over_lines_is_no_multiple_of_counts(read_text: Read) -> None:
    cells = [
        "信息内容",
        "本年处理决定数量",
        "行政许可",
        "3",
        "信息内容",
        "本年收费金额(单位:万",
        "元)",
        "行政事业性收费",
        "35.6",
    ]
    title = "青禾县水务局2023年政府信息公开工作年度报告"
    table = read_text("\n".join([title, "二、主动公开政府信息情况", *cells, ""])).tables["disclosure"]
    assert table["licensing"]["decisions"].value == 3
    assert table["fees"]["amount"].value == 35.6
