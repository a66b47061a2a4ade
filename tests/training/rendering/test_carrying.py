"""Labels follow the characters of a report through what tools make of it."""

from __future__ import annotations

import pytest

from training.rendering.carrying import PAGE_END, carried, without_marks
from training.rendering.sources import Sources

SHORT = {"heading": "H", "table_row": "T", "numeric_cell": "0", "narrative": ".", "furniture": "F", "": " "}
REPORT = Sources(
    prose=(
        ("如东县教育局2023年政府信息公开工作年度报告", "heading"),
        ("一、总体情况", "heading"),
        ("全年办理行政许可1546件,行政处罚3件,依法公开年度预决算2条,群众满意。", "narrative"),
        ("三、收到和处理政府信息公开申请情况", "heading"),
        ("无。", "narrative"),
    ),
    labels=frozenset(
        [
            *("规章", "行政许可", "自然人", "商业企业", "其他", "总计", "三、本年度办理结果", "(一)予以公开"),
            *("2.其他法律行政法规禁止公开", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "1.其他"),
        ]
    ),
    values=frozenset(["0", "1546", "3", "27.6万元", "2"]),
    site=("首页", "2023年", "打印本页", "互动交流"),
    number=("- ", " -"),
)


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["一、总体情况", "三、收到和处理政府信息公开申请情况", "无。"], "HH."),
        (["如东县教育局2023年政府信息", "公开工作年度报告"], "HH"),
        (["全年办理行政许可1546件，行政处罚3件，依法公开年度预决算", "2条，群众", "满意。"], "..."),
        (["行政许可1546", "行政许可 1546", "| 行政许可 | 1546 |", "行政许可\t1546"], "TTTT"),
        (["0\t0\t3", "1546", "27.6 万元", "| 0 | 3 |", "/ / —"], "00000"),
        (["自", "然", "人", "其他", "总 计"], "TTTTT"),
        (["三、本年度办", "理结果", "本", "年", "度"], "TTTTT"),
        (["（二）部分公开（区分处理的，只计这一情形，", "0 0 0", "不计其他情形）"], "T0T"),
        (["2.其他法律行政 0 0 0 0", "法规禁止公开", "形） 0 0 0 0"], "TTT"),
        (["其他0 件0 件3 件", "规章0/0"], "TT"),
        (["无。", "（一）", "一、总体情况", "2", "无。", "规章", "2", "规章"], ".HH..T0T"),
        (["规章0153", "三、本年度办理结果（一）予以公开 0 0"], "TT"),
        (["|---|---|", "+----+---+", "├───┼───┤", "-----", "<tr>", '<tr class="odd">'], "FFFF F"),
        (["<td>0</td>", '<td colspan="2">规章</td>', "|  |  |"], "0TF"),
        (["**一、总体情况**", "## 一、总体情况", "# 三、收到和处理政府信息公开申请情况"], "HHH"),
        (["首页", "  • 2023年", "首页互动交流", "[打印本页]", "打印本页 首页"], "FFFFF"),
        (["⼀、总体情况", "⾏政许可 1546", "⾃然⼈"], "HTT"),
        (["", "  ", "一、 总 体 情 况"], "  H"),
    ],
)
def test_a_line_is_labelled_by_where_its_characters_come_from(lines: list[str], labels: str) -> None:
    assert "".join(SHORT[label] for label in carried("\n".join(lines), REPORT)) == labels


@pytest.mark.parametrize(
    ("pages", "labels"),
    [
        (["一、总体情况\n- 1 -", "0 0 0\n1\n3\n2\n3\n0\n- 2 -"], "HF000000F"),
        (["一、总体情况\n-1-", "规章\n2\n- -"], "HFTFF"),
        (["一、总体情况\n1\n", "2\n规章 0 3"], "HF FT"),
        (["规章\n--\n--\n一、总体情况\n无。\n自然人\n- 1 -", "规章\n- 2 -\n0 0\n0"], "T00H.TFTF00"),
    ],
)
def test_the_number_of_a_page_stands_where_the_page_ends(pages: list[str], labels: str) -> None:
    text = PAGE_END.join(pages)
    assert "".join(SHORT[label] for label in carried(text, REPORT)) == labels
    assert len(labels) == without_marks(text).count("\n") + 1


def test_the_name_of_an_agency_is_a_title_first_and_then_a_signature() -> None:
    name, end = ("如东县教育局", "heading"), ("如东县教育局", "narrative")
    signed = Sources((name, ("无。", "narrative"), end), frozenset(), frozenset(), (), None)
    assert carried("如东县教育局\n无。\n如东县教育局", signed) == ("heading", "narrative", "narrative")


def test_the_footer_of_a_word_document_is_its_last_line() -> None:
    assert carried("规章\n1\n一、总体情况\n\n1", REPORT)[-1] == "furniture"


def test_a_form_feed_begins_a_page() -> None:
    found = carried("一、总体情况\n1\n\f规章 0\n0\n0\n3\n0\n0\n2\n", REPORT)
    assert "".join(SHORT[label] for label in found) == "HFT00000F "


def test_a_number_of_a_page_parts_a_paragraph_where_no_page_ends_are_known() -> None:
    text = "全年办理行政许可1546件，行政处罚\n1\n3件，依法公开年度预决算2条，群众满意。\n规章\n2"
    assert "".join(SHORT[label] for label in carried(text, REPORT)) == ".F.T0"
