"""Chapters and their parts: found by their words, kept apart by their order."""

from __future__ import annotations

import pytest

from nlp.narrative.chapters.chapters import chapters
from nlp.narrative.paragraphs.prose import Prose
from nlp.record.model import Section
from nlp.running_on.breaks import breaks
from nlp.text.lines import broken, split

TITLES = {
    "overview": """一、总体情况
一、工作总体情况
一、概述
一、2023年总体情况
一、政府信息公开工作总体情况
第一部分 总体情况
一．总体情况
1.总体情况
一、 总 体 情 况
一、基本情况
一 总体情况
一、我局政府信息公开工作总体情况
总体情况
## 一、总体情况
[bookmark: _Toc1234]一、总体情况
一、總體情況""",
    "disclosure": """二、主动公开政府信息情况
二、主动公开政府信息的情况
二、政府信息主动公开情况
二、主动公开政府信息情况统计表
主动公开政府信息情况
二、2022年主动公开政府信息情况""",
    "requests": """三、收到和处理政府信息公开申请情况
三、收到和办理政府信息公开申请情况
三、政府信息公开申请收到和处理情况
三、受理和处理政府信息公开申请情况
三、政府信息公开申请情况
三、依申请公开情况""",
    "review_litigation": """四、政府信息公开行政复议、行政诉讼情况
四、因政府信息公开工作被申请行政复议、提起行政诉讼情况
四、政府信息公开行政复议和行政诉讼情况
四、行政复议、行政诉讼情况
四、政府信息公开复议、诉讼情况""",
    "problems_and_improvements": """五、存在的主要问题及改进情况
五、存在的主要问题与改进情况
五、政府信息公开工作存在的主要问题及改进情况
五、存在问题及改进情况
五、存在的困难及下一步工作安排
五、主要问题及下步打算
五、问题与改进
五、存在问题、原因及改进措施
五、存在的主要问题
五、面临的主要问题及改进方向
七、存在的主要问题及改进情况""",
    "other_matters": """六、其他需要报告的事项
六、其他需要报告事项
六、其它需要报告的事项
六、需要报告的其他事项
六、其他应当报告的事项
六、其他事项
六、需要说明的其他情况
六、其他需要报告的事项：无""",
}
NO_TITLES = """四、结转下年度继续办理
二、上年结转政府信息公开申请数量
三、本年度办理结果
（七）总计
3.其他
其他
一、加强领导。成立了领导小组。
二、完善制度，规范流程
结果维持 结果纠正
申请人情况
本年度行政复议、行政诉讼情况如下：
我局主动公开政府信息情况良好，公开及时
（二）依申请公开情况
1.信访举报投诉类申请"""
WHOLE = """云岭县水利局2023年政府信息公开工作年度报告
根据条例要求，编制本报告。
一、总体情况
全年平稳。
二、主动公开政府信息情况
第二十条第（一）项
规章 0 0 0
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量 0
四、政府信息公开行政复议、行政诉讼情况
0 0 0
五、存在的主要问题及改进情况
无。
六、其他需要报告的事项
无。"""
LABELS = (
    "heading narrative heading narrative heading table_row table_row heading table_row heading numeric_cell"
)
KINDS = list(TITLES)


def read(text: str, labels: list[str | None] | None = None) -> list[Section]:
    lines = split(text)
    lines = broken(lines, breaks(lines))
    prose = Prose(lines, labels or [None if line.blank else "narrative" for line in lines])
    return [chapter.section for chapter in chapters(prose)]


def spans(found: list[Section]) -> dict[str, tuple[int, int]]:
    return {section.kind: section.lines for section in found}


@pytest.mark.parametrize(
    ("kind", "title"), [(kind, title) for kind, titles in TITLES.items() for title in titles.split("\n")]
)
def test_a_chapter_is_known_by_its_words(kind: str, title: str) -> None:
    assert [section.kind for section in read(f"{title}\n正文。") if section.kind != "preface"] == [kind]


@pytest.mark.parametrize("line", NO_TITLES.split("\n"))
def test_rows_of_the_form_and_enumerated_text_are_no_chapters(line: str) -> None:
    assert [section.kind for section in read(f"一、总体情况\n平稳。\n{line}\n正文。")] == ["overview"]


def test_a_chapter_goes_from_its_heading_to_the_line_before_the_next() -> None:
    found = read(WHOLE, [*LABELS.split(), *["heading", "narrative"] * 2])
    assert list(spans(found).values()) == [(2, 2), (3, 4), (5, 7), (8, 9), (10, 11), (12, 13), (14, 15)]
    assert [section.title for section in found[:2]] == ["", "一、总体情况"]


@pytest.mark.parametrize("label", ["narrative", "table_row", "heading"])
def test_one_label_for_all_lines_loses_no_chapter(label: str) -> None:
    found = read(WHOLE, [label] * 15)
    assert {kind: span for kind, span in spans(found).items() if kind != "preface"} == {
        kind: (3 + at * 2 + (at > 1), 4 + at * 2 + (at > 0)) for at, kind in enumerate(KINDS)
    }


def test_text_leaves_tables_and_page_numbers_out_and_joins_wrapped_lines() -> None:
    wrapped = [
        "2023年，我局共公开信息三百条，办理申请",
        "- 1 -",
        "两件，回应关切的问题四十余个，公开工作",
        "平稳有序。",
    ]
    text = "\n".join(["一、总体情况", *wrapped, "规章 0 0 0"])
    labels = ["heading", "narrative", "furniture", "narrative", "narrative", "table_row"]
    assert read(text, labels)[0].text == "".join([wrapped[0], *wrapped[2:]])


def test_numbering_that_restarts_leaves_the_overview_its_parts() -> None:
    parts = ["主动公开情况", "依申请公开情况", "政府信息管理情况", "平台建设", "监督保障"]
    text = "\n".join(
        [
            "2025年政府信息公开工作年度报告\n今年公开平稳。",
            *(f"{number}、{part}\n正文。" for number, part in zip("一二三四五", parts, strict=True)),
            "一、主动公开政府信息情况\n第二十条第（一）项\n规章 0",
            "二、存在的主要问题及改进情况\n无。",
        ]
    )
    labels = [*["heading", "narrative"] * 6, "heading", "table_row", "table_row", "heading", "narrative"]
    found = read(text, labels)
    assert spans(found) == {
        "overview": (2, 12),
        "disclosure": (13, 15),
        "problems_and_improvements": (16, 17),
    }
    assert [part.kind for part in found[0].sections] == [
        "proactive_disclosure",
        "disclosure_on_request",
        "information_management",
        "platforms",
        "oversight",
    ]


def test_parts_run_in_have_the_title_of_their_start() -> None:
    first = "一、总体情况\n平稳。\n（一）主动公开情况。全年三百条。\n2.是编号。"
    parts = read(f"{first}\n（二）**依申请公开情况：**两件。\n（三）其他工作。无。")[0].sections
    assert [(part.kind, part.title, part.lines) for part in parts] == [
        ("proactive_disclosure", "（一）主动公开情况", (3, 4)),
        ("disclosure_on_request", "（二）依申请公开情况", (5, 5)),
        ("other", "（三）其他工作", (6, 6)),
    ]
    assert [part.text for part in parts] == ["全年三百条。\n2.是编号。", "两件。", "无。"]


def test_sub_headings_of_the_fifth_chapter_are_its_parts_and_its_items_are_not() -> None:
    first = "五、存在的主要问题及改进情况\n（一）存在的主要问题\n1.目录不全。\n2.解读偏少。"
    parts = read(f"{first}\n（二）改进措施\n1.补齐目录。")[0].sections
    assert [(part.kind, part.lines) for part in parts] == [("problems", (2, 4)), ("improvements", (5, 6))]


def test_a_table_of_contents_is_no_report() -> None:
    contents = "\n".join(f"{title}......{page}" for page, title in enumerate(titles(WHOLE), 1))
    assert spans(read(f"目录\n{contents}\n{WHOLE}"))["overview"] == (10, 11)


def test_links_of_a_site_are_no_report() -> None:
    assert spans(read("\n".join(titles(WHOLE)) + "\n" + WHOLE))["overview"] == (9, 10)


def titles(text: str) -> list[str]:
    return [text.split("\n")[at] for at in (2, 4, 7, 9, 11, 13)]


def test_of_two_reports_the_first_is_read() -> None:
    found = read(WHOLE + "\n" + WHOLE.replace("2023", "2022"))
    assert (spans(found)["overview"], spans(found)["other_matters"]) == ((3, 4), (14, 15))


def test_a_lost_heading_is_made_up_by_what_its_chapter_opens_with() -> None:
    lines = WHOLE.split("\n")
    rest = [line for line in lines if not line.startswith(("二、主动", "五、"))]
    rest[-3:-2] = ["（一）主要问题", "目录不全。"]
    found = spans(read("\n".join(rest)))
    assert (found["disclosure"], found["problems_and_improvements"]) == ((5, 6), (11, 12))


OPENINGS = {
    "| 第二十条第（一）项 |": "disclosure",
    "| 申请人情况 | （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） |": "requests",
    "| 复议 | 诉讼 |": "review_litigation",
    "行政\n复议| 行政\n诉讼": "review_litigation",
}


@pytest.mark.parametrize(("opening", "kind"), OPENINGS.items())
def test_a_lost_heading_is_made_up_by_how_its_table_begins(opening: str, kind: str) -> None:
    lines = WHOLE.split("\n")
    place = KINDS.index(kind)
    at = lines.index(titles(WHOLE)[place])
    lines[at] = opening
    assert spans(read("\n".join(lines)))[kind][0] == at + 1


@pytest.mark.parametrize(
    "heading", ["**一、总体情况** ", "一、2023 年总体情况 ", "一 、政府信息公开工作总体情况 "]
)
def test_a_heading_may_stand_behind_the_title_and_the_preface_on_their_line(heading: str) -> None:
    prose = "本报告依照条例编制。公开工作平稳。"
    found = read(WHOLE.replace("一、总体情况\n", f"**云岭县水利局2023年年度报告** {prose} {heading}"))
    (overview,) = [section for section in found if section.kind == "overview"]
    assert overview.title.endswith("总体情况")
    assert overview.text.startswith("全年")


def test_a_garbled_heading_is_known_by_what_is_left() -> None:
    assert spans(read(WHOLE.replace("收到和处理政府", "收到和处理府")))["requests"] == (8, 9)


def test_a_heading_may_be_wrapped() -> None:
    text = "一、总体情况\n平稳。\n四、因政府信息公开工作被申请行政复议、提起行政\n诉讼情况\n0 0 0"
    found = read(text)
    assert (found[1].kind, found[1].lines) == ("review_litigation", (3, 5))
    assert found[1].title == "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"


def test_headings_may_be_glued_into_one_line() -> None:
    found = read(WHOLE.replace("\n", " ").replace("二、主动", "。二、主动"))
    assert [section.kind for section in found] == ["preface", *KINDS]
    assert found[5].text == "无。"


def test_what_is_no_report_has_no_sections() -> None:
    assert read("今天天气很好。\n我们去公园，公园里有人下棋。") == []
    assert read("") == []


def test_the_text_of_the_fifth_chapter_keeps_titles_that_are_taken_for_furniture() -> None:
    page = "五、存在的主要问题及改进情况\n存在不足：\n1.图解偏少。\n整改措施：\n1.每月发布图解。"
    labels = ["heading", "furniture", "narrative", "furniture", "narrative"]
    (chapter,) = chapters(Prose(split(page), labels))
    assert chapter.section.text == "存在不足：\n1.图解偏少。\n整改措施：\n1.每月发布图解。"


BULLETED = """一、总体情况
{0}主动公开情况
全年公开三十条。
{0}信息管理
完善目录。
{0}监督保障
开展培训两次。
"""


@pytest.mark.parametrize("bullet", ["★", "● ", "➤"])
def test_parts_of_the_overview_may_open_with_bullets(bullet: str) -> None:
    (overview,) = read(BULLETED.format(bullet).strip())
    kinds = [(part.kind, part.lines) for part in overview.sections]
    assert kinds == [
        ("proactive_disclosure", (2, 3)),
        ("information_management", (4, 5)),
        ("oversight", (6, 7)),
    ]


def test_a_list_with_bullets_is_no_parts() -> None:
    (overview,) = read("一、总体情况\n全年开展了下列工作\n★主动公开\n★平台建设\n★监督保障\n各项工作平稳。")
    assert overview.sections == []
