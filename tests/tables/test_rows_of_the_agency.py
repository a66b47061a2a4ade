"""Rows that the form does not have keep their numbers, whatever they are called."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.tables.reading_text import Read, reading_into

TITLE = "青禾县水务局2023年政府信息公开工作年度报告\n"
NUMBERS = (4, 1, 0, 0, 2, 0, 7)
BLANK = ("",) * 7
ROWS: Sequence[tuple[str, Sequence[object]]] = (
    ("一、本年新收政府信息公开申请数量", (5, 1, 2, 0, 3, 4, 15)),
    ("二、上年结转政府信息公开申请数量", (0,) * 7),
    ("（一）予以公开", (3, 1, 0, 0, 1, 2, 7)),
    ("7.属于行政执法案卷", (0, 0, 1, 0, 0, 0, 1)),
    ("8.属于行政查询事项", BLANK),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return reading_into(tmp_path_factory.mktemp("pages"))


def requests(label: str, mark: str) -> str:
    """Return a page whose chapter three has a row of the agency's own below a blank one."""
    rows = [*ROWS, (label, NUMBERS), ("1.本机关不掌握相关政府信息", (1, 0, 0, 0, 0, 0, 1))]
    printed = [mark.join(map(str, [text, *cells])) for text, cells in rows]
    return "\n".join([TITLE, "三、收到和处理政府信息公开申请情况", *printed, ""])


@pytest.mark.parametrize("mark", ["\t", " | ", "\n"])
@pytest.mark.parametrize("label", ["9.其他", "9、其他情形", "合计", "9.撤回申请"])
def test_a_row_of_the_agency_keeps_its_numbers_from_the_blank_one_above(
    read: Read, label: str, mark: str
) -> None:
    report = read(requests(label, mark))
    cells = report.tables["requests"]["denied_administrative_queries"]
    assert not [cell.value for cell in cells.values() if cell.state == "printed" and cell.value]
    assert "rows_unknown" in {reason.code for reason in report.review}


@pytest.mark.parametrize("mark", ["\t", " | ", "\n"])
@pytest.mark.parametrize("label", ["地方性法规", "政府文件", "其他"])
def test_a_row_of_the_agency_straight_under_the_header_keeps_its_numbers(
    read: Read, label: str, mark: str
) -> None:
    rows = [
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        (label, 2, 1, 31),
        ("规章", "", "", ""),
        ("行政规范性文件", 7, 3, 8),
    ]
    printed = [mark.join(map(str, row)) for row in rows]
    report = read("\n".join([TITLE, "二、主动公开政府信息情况", "第二十条第（一）项", *printed, ""]))
    cells = report.tables["disclosure"]["regulations"]
    assert not [cell.value for cell in cells.values() if cell.state == "printed" and cell.value]
    assert report.tables["disclosure"]["normative_documents"]["issued"].value == 7
