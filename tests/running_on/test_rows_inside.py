"""Tables all of whose rows run on in one line."""

from __future__ import annotations

import pytest

from nlp.running_on.rows_inside import rows_inside
from nlp.text.folding import fold

DISCLOSURE = (
    "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件302"
    "第二十条第（五）项信息内容本年处理决定数量行政许可12第二十条第（六）项信息内容本年处理决定数量行政处罚5行政强制0"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            DISCLOSURE,
            {"规章": "000", "行政规范性文件": "302", "行政许可": "12", "行政处罚": "5", "行政强制": "0"},
        ),
        (
            "规章 0 1204 7 行政规范性文件 1204 .1204 12 行政许可 58",
            {"规章 ": "0 1204 7", "行政规范性文件 ": "1204 .1204 12", "行政许可 ": "58"},
        ),
        (
            "三、本年度办理结果（一）予以公开3000003（二）部分公开0000000（三）不予公开1.属于国家秘密00000002.其他法律"
            "行政法规禁止公开1/////13.危及“三安全一稳定”",
            {
                "(一)予以公开": "3000003",
                "(二)部分公开": "0000000",
                "1.属于国家秘密": "0000000",
                "2.其他法律行政法规禁止公开": "1/////1",
            },
        ),
        (
            "上一年项目数量本年增/减处理决定数量行政许可8-2140其他对外管理服务事项000政府集中采购3120.5 万元",
            {"行政许可": "8-2140", "其他对外管理服务事项": "000", "政府集中采购": "3120.5 万元"},
        ),
        (
            "| 行政许可 | 7 | 减1204 | 12 | 行政处罚 | 3 | 1204增 | 58 | 行政强制 | 0 | 0 | 7 |",
            {"行政许可 | ": "7 | 减1204 | 12", "行政处罚 | ": "3 | 1204增 | 58", "行政强制 | ": "0 | 0 | 7"},
        ),
    ],
)
def test_each_row_has_its_label_and_the_string_of_its_cells(text: str, expected: dict[str, str]) -> None:
    folded = fold(text)
    rows = rows_inside(folded, 0, len(folded))
    assert {folded[row.label : row.cells]: folded[row.cells : row.end] for row in rows} == expected


@pytest.mark.parametrize(
    "text",
    [
        "全年制发规章0件、行政规范性文件3件，作出行政许可12件、行政处罚5件、行政强制0件。",
        "行政许可12",
        "  ---------- --------------- ---------------- -----------------------------------",
        "2022年，本机关共收到政府信息公开申请12件，予以公开3件，部分公开1件，其他处理2件。",
    ],
)
def test_words_about_rows_are_no_table(text: str) -> None:
    folded = fold(text)
    assert rows_inside(folded, 0, len(folded)) == []
