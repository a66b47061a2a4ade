"""Headers that name no column of the form: what stands below them is not told by its place."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from nlp.record.model import Report
from tests.tables.reading_text import Read, reading_into

TITLE = "青禾县水务局2023年政府信息公开工作年度报告\n一、总体情况\n我局依法公开信息。\n"
DISCLOSURE = "二、主动公开政府信息情况\n第二十条第（一）项\n"
REQUESTS = "三、收到和处理政府信息公开申请情况\n"
LITIGATION = "四、政府信息公开行政复议、行政诉讼情况\n"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（七）总计",
    "四、结转下年度继续办理",
)
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return reading_into(tmp_path_factory.mktemp("pages"))


def codes(report: Report) -> set[str]:
    return {reason.code for reason in report.review}


def row(cells: Iterable[object]) -> str:
    return " | ".join(map(str, cells)) + "\n"


def disclosure(headers: Iterable[str], numbers: Iterable[int]) -> str:
    return TITLE + DISCLOSURE + row(["信息内容", *headers]) + row(["行政规范性文件", *numbers])


def requests(headers: Iterable[str]) -> str:
    numbers = ([5, 1, 2, 0, 3, 4, 15], [0] * 7, [3, 1, 0, 0, 1, 2, 7], [5, 1, 2, 0, 3, 4, 15], [0] * 7)
    rows = [row([label, *cells]) for label, cells in zip(ROWS, numbers, strict=True)]
    return TITLE + REQUESTS + row(["申请人情况", *headers]) + "".join(rows)


def litigation(outcomes: Iterable[str]) -> str:
    headers = [*OUTCOMES, *outcomes, *OUTCOMES]
    groups = ["行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    values = [1, 0, 0, 2, 3, 0, 4, 0, 0, 4, 0, 0, 0, 0, 0]
    return TITLE + LITIGATION + row(groups) + row(headers) + row(values)


@pytest.mark.parametrize(
    "headers",
    [
        ("本年制发件数", "历年累计", "现行有效件数"),
        ("本年制发件数", "本年修订件数", "现行有效件数"),
        ("本年制发件数", "上年废止件数", "现行有效件数"),
        ("网上办理数量", "本年废止件数", "现行有效件数"),
    ],
)
def test_a_column_in_the_place_of_one_of_the_forms_is_none_of_it(
    read: Read, headers: tuple[str, ...]
) -> None:
    report = read(disclosure(headers, (3, 7, 20)))
    cells = report.tables["disclosure"]["normative_documents"]
    assert "columns_unknown" in codes(report)
    lacking = "issued" if "本年制发件数" not in headers else "repealed"
    assert cells[lacking].state in ("ambiguous", "missing")
    assert cells["in_force"].value == 20


@pytest.mark.parametrize(
    ("headers", "repealed"),
    [(("本年制发件数", "现行有效件数", "废止数"), 20), (("本年制发数", "目前有效件数", "本年废止数"), 20)],
)
def test_a_header_in_other_words_still_tells_the_order(
    read: Read, headers: tuple[str, ...], repealed: int
) -> None:
    cells = read(disclosure(headers, (3, 7, 20))).tables["disclosure"]["normative_documents"]
    assert (cells["repealed"].value, cells["in_force"].value) == (repealed, 7)


@pytest.mark.parametrize("stranger", ["媒体", "港澳台居民", "占比（%）", "小计"])
@pytest.mark.parametrize("place", [3, 4, 6])
def test_an_applicant_that_the_form_does_not_have_asks_for_a_review(
    read: Read, stranger: str, place: int
) -> None:
    headers = [*COLUMNS[:place], stranger, *COLUMNS[place + 1 :]]
    assert "columns_unknown" in codes(read(requests(headers)))


@pytest.mark.parametrize("stranger", ["上年数", "占比（%）"])
def test_a_column_beyond_all_those_of_the_form_takes_no_place_of_theirs(read: Read, stranger: str) -> None:
    text = requests([*COLUMNS, stranger])
    for label in ROWS:
        text = "".join(
            line.rstrip("\n") + " | 9\n" if line.startswith(label) else line for line in text.splitlines(True)
        )
    report = read(text)
    assert "columns_unknown" not in codes(report)
    assert report.tables["requests"]["new_received"]["total"].value == 15


def test_an_applicant_in_other_words_is_read_by_its_place_in_the_header(read: Read) -> None:
    headers = ["自然人", "商业企业", "科研机构", "社会公益组织", "其他组织", "法律服务机构", "总计"]
    cells = read(requests(headers)).tables["requests"]["new_received"]
    assert (cells["other_organization"].value, cells["legal_service_organization"].value) == (3, 4)


@pytest.mark.parametrize("outcome", ["驳回", "撤诉", "不予受理"])
def test_an_outcome_that_the_form_does_not_have_is_none_of_it(read: Read, outcome: str) -> None:
    report = read(litigation(["结果维持", outcome, "其他结果", "尚未审结", "总计"]))
    assert "columns_unknown" in codes(report)
    assert report.tables["review_litigation"]["litigation_direct"]["corrected"].state == "ambiguous"


def test_an_outcome_in_other_words_is_read_by_its_place_in_the_header(read: Read) -> None:
    report = read(litigation(["结果更正", "结果维持", "其他结果", "尚未审结", "总计"]))
    cells = report.tables["review_litigation"]["litigation_direct"]
    assert (cells["corrected"].value, cells["upheld"].value) == (0, 4)


@pytest.mark.parametrize("mark", [" | ", "\n"])
def test_a_unit_of_one_column_says_nothing_of_those_beside_it(read: Read, mark: str) -> None:
    headers = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量（万件）")
    rows = [headers, ("行政许可", 28, 3, 5), ("其他对外管理服务事项", 7, 0, 2)]
    printed = [mark.join(map(str, row)) for row in rows]
    page = "\n".join(
        [TITLE.replace("2023", "2019"), "二、主动公开政府信息情况", "第二十条第（五）项", *printed, ""]
    )
    cells = read(page).tables["disclosure"]["licensing"]
    assert (cells["previous_items"].value, cells["decisions"].value) == (28, 50_000)
