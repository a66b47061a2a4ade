"""Whose report it is, and for which year: title, preface, signature."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nlp.narrative.chapters.chapters import chapters
from nlp.narrative.identity.agency_candidates import agency_candidates
from nlp.narrative.identity.page import Page
from nlp.narrative.narrative import read_narrative
from nlp.narrative.paragraphs.prose import Prose
from nlp.text.lines import Line, split

BODY = "\n一、总体情况\n公开工作平稳。\n"
BUREAU = "云岭县水利局"
TITLES = """云岭县水利局2023年政府信息公开工作年度报告
云岭县水利局⏎2023年政府信息公开工作年度报告
云岭县水利局⏎2023年度⏎政府信息公开工作年度报告
云岭县水利局关于2023年政府信息公开工作年度报告
关于云岭县水利局2023年政府信息公开工作年度报告
2023年云岭县水利局政府信息公开工作年度报告
2023年度云岭县水利局政府信息公开年报
云岭县水利局政府信息公开工作年度报告（2023年）
云岭县水利局政府信息公开工作年度报告⏎（2023年度）
云岭县水利局二〇二三年政府信息公开工作年度报告
云岭县水利局 ２０２３ 年政府信息公开工作年度报告
云岭县水利局2023年度政府信息公开工作情况报告
云岭县水利局2023年政务公开年报
云岭县水利局2023年信息公开工作总结
云岭县水利局2023年政府信息公开⏎工作年度报告
云岭县水利局2023年政府信息公开工作年⏎度报告
《云岭县水利局2023年政府信息公开工作年度报告》
附件1：⏎云岭县水利局2023年政府信息公开工作年度报告
云岭县水利局2023年政府信息公开工作年度报告-云岭县人民政府
首页 > 政务公开 > 年报⏎云岭县水利局2023年政府信息公开工作年度报告⏎发布时间：2024-01-18
一、总体情况 二、主动公开⏎云岭县水利局2023年政府信息公开工作年度报告
2023年政府信息公开工作年度报告⏎云岭县水利局
云岭县水利局23年政府信息公开工作年度报告
23年度云岭县水利局政府信息公开年报"""
NAMES = """云岭县人民政府
云岭县
云岭县大河镇人民政府
云岭县大河街道办事处
云岭县退役军人事务局
中共云岭县委社会工作部
中共云岭县委机构编制委员会办公室
云岭经济技术开发区管理委员会
国家税务总局云岭县税务局
云岭县发展和改革局（云岭县粮食和物资储备局）
云岭大学
云岭市自来水有限公司"""
ODD_NAMES = """和顺县档案馆
和布克赛尔蒙古自治县审计局
日土县司法局
日照海关
从江县民政局
于洪区城市管理局
全南县龙源坝镇人民政府
月湖区住房和城乡建设局
向阳区信访局
对坊乡人民政府
年堆乡人民政府"""
TEXTS = {
    "现公布云岭县水利局2023年政府信息公开工作年度报告。": (BUREAU, 2023),
    "编制完成了云岭县水利局信息公开年度报告。统计期限为：2021年1月1日—2021年12月31日。": (BUREAU, 2021),
    "本报告由云岭县水利局根据条例编制，所列数据自2022年1月1日起至12月31日止。": (BUREAU, 2022),
    "由云岭县水利局编制了2022年度报告。": (BUREAU, 2022),
    "结合云岭县水利局实际，编制完成2023年度报告。": (BUREAU, 2023),
    "如有疑问，请与云岭县水利局办公室联系（电话：1234567）。": (BUREAU, None),
    "按照国务院办公厅关于年度报告的要求，编制本报告。请联系云岭县水利局政务公开办，电话1234567。": (
        BUREAU,
        None,
    ),
    "按照云岭县人民政府办公室通知要求，编制本报告。": (None, None),
    "2022年，云岭县水利局坚持公开为常态，全年平稳。": (BUREAU, 2022),
    "2022年，我局坚持公开为常态，全年平稳。": (None, 2022),
    "2022年，市水利局坚持公开为常态，全年平稳。": ("市水利局", 2022),
    "全年新收政府信息公开申请两件，动态调整政府信息公开目录。": (None, None),
    "依据《中华人民共和国政府信息公开条例》（2019年修订），形成如下报告。": (None, None),
    "发布时间：2024年1月15日": (None, None),
    "现将2022年主要工作情况汇报如下。": (None, 2022),
    "结合2022年政务公开工作的开展情况，形成本报告。": (None, 2022),
    "| 由云岭县水利局编制了 | | 2022 | 年度报告。 |": (BUREAU, 2022),
    "如有疑问，请与云岭县人民政府办公室政务公开科联系（电话：1234567）。": ("云岭县人民政府办公室", None),
    "工作平稳有序。2022年，云岭县水利局坚持公开为常态。": (BUREAU, 2022),
}


def read(text: str) -> tuple[str | None, int | None]:
    lines = split(text)
    return identity(lines, [None if line.blank else "narrative" for line in lines])


def identity(lines: list[Line], labels: Sequence[str | None]) -> tuple[str | None, int | None]:
    narrative = read_narrative(lines, labels)
    return narrative.identity.organization, narrative.identity.year


@pytest.mark.parametrize("title", TITLES.split("\n"))
def test_a_title_names_agency_and_year_in_many_ways(title: str) -> None:
    assert read(title.replace("⏎", "\n") + BODY) == (BUREAU, 2023)


@pytest.mark.parametrize("name", NAMES.split("\n"))
def test_agencies_of_every_kind_have_their_whole_name(name: str) -> None:
    assert read(f"{name}2023年政府信息公开工作年度报告{BODY}") == (name, 2023)


@pytest.mark.parametrize("name", ODD_NAMES.split("\n"))
def test_a_place_may_begin_with_a_word_that_leads_to_names(name: str) -> None:
    assert read(f"{name}2023年政府信息公开工作年度报告{BODY}") == (name, 2023)
    assert read(f"2023年{name}政府信息公开工作年度报告{BODY}") == (name, 2023)


@pytest.mark.parametrize("words", ["和档案馆", "全县司法局", "各乡镇人民政府", "对水利局", "全州县市水利局"])
def test_a_word_that_leads_to_names_is_none_without_its_place(words: str) -> None:
    assert read(f"{words}2023年政府信息公开工作年度报告{BODY}") == (None, 2023)


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_without_a_title_the_text_tells_or_nothing_does(
    text: str, expected: tuple[str | None, int | None]
) -> None:
    assert read(text + BODY) == expected


def test_the_year_of_publication_is_not_the_year_of_the_report() -> None:
    assert read(f"{BUREAU}2019年政府信息公开工作年度报告\n日期：2020-01-20{BODY}") == (BUREAU, 2019)
    assert read(f"{BUREAU}政府信息公开工作年度报告\n2020年1月20日{BODY}") == (BUREAU, None)


def test_a_school_year_is_no_year() -> None:
    assert read(f"云岭大学2022-2023学年信息公开年度报告{BODY}") == ("云岭大学", None)


def test_the_signature_names_the_agency() -> None:
    assert read(f"{BODY}\n六、其他需要报告的事项\n无。\n{BUREAU}\n2024年1月15日") == (BUREAU, None)


def test_a_notice_that_passes_a_report_on_names_the_one_it_is_about() -> None:
    title = f"云岭县人民政府办公室关于印发{BUREAU}2023年政府信息公开工作年度报告的通知"
    assert read(title + BODY) == (BUREAU, 2023)


def test_a_text_that_is_no_report_is_nobodys() -> None:
    assert read("今天天气很好，我们去公园。") == (None, None)
    assert read("") == (None, None)


def test_the_line_above_a_title_names_the_agency_whatever_its_label() -> None:
    text = f"{BUREAU}\n\n2023年政府信息公开工作年度报告{BODY}"
    lines = split(text)
    labels = ["furniture", None, "heading", "heading", "narrative", None]
    assert identity(lines, labels) == (BUREAU, 2023)
    site = split(text.replace(BUREAU, "云岭县人民政府"))
    assert identity(site, labels) == (None, 2023)


def test_a_signature_may_bear_a_month_alone() -> None:
    lines = split(f"2023年政府信息公开工作年度报告{BODY}{BUREAU}\n2024年1月")
    labels = ["heading", "heading", "narrative", "narrative", "narrative"]
    assert identity(lines, labels)[0] == BUREAU


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"“{BUREAU}发布”微信公众号发布25条。", BUREAU),
        (f"第三方评估结果显示，{BUREAU}得分85.2分。", BUREAU),
        (f"“{BUREAU}”微博发布2条。“云岭县统计局”微博转载1条。", None),
        ("“云岭县”微博发布2条。", None),
    ],
)
def test_the_only_agency_whose_accounts_and_marks_are_told_is_the_author(
    text: str, expected: str | None
) -> None:
    lines = split(f"2023年政府信息公开工作年度报告{BODY}{text}")
    labels = ["heading", "heading", "narrative", "narrative"]
    assert identity(lines, labels)[0] == expected


TOLD = {
    "2022年度收取信息处理费0元。": 2022,
    "2022年共举办培训3期，参加60人次。": 2022,
    "2022年，我局制发文件3件。2023年，我局将继续公开。": 2022,
    "2021年收到申请2件，2022年收到申请3件。": None,
    "下发2021年部门决算。": None,
}


@pytest.mark.parametrize(("text", "year"), TOLD.items())
def test_a_year_told_in_passing_is_believed_where_it_is_the_only_one(text: str, year: int | None) -> None:
    assert read(f"{BODY}六、其他需要报告的事项\n{text}")[1] == year


def test_what_is_told_of_the_problems_may_be_of_the_next_year() -> None:
    assert read(f"{BODY}五、存在的主要问题及改进情况\n2023年，我局以培训为重点。")[1] is None


def test_a_title_above_the_first_chapter_is_one_whatever_its_label() -> None:
    lines = split(f"首页\n{BUREAU}2023年政务公开年报{BODY}")
    labels = ["furniture", "furniture", "heading", "narrative", None]
    assert identity(lines, labels) == (BUREAU, 2023)
    older = split(f"{BUREAU}2022年政务公开年报\n首页{BODY}")
    assert identity(older, labels) == (None, None)


@pytest.mark.parametrize("label", ["narrative", "table_row", "numeric_cell"])
def test_a_page_in_one_line_has_its_title_there(label: str) -> None:
    prose = "公开工作平稳有序，群众满意。" * 8
    lines = split(
        f"{BUREAU}关于2023年政府信息公开工作的年度报告 本报告依照条例编制。 一、总体情况 {prose}\n"
        "二、主动公开政府信息情况\n规章 0"
    )
    labels = [label, "heading", "table_row"]
    assert identity(lines, labels) == (BUREAU, 2023)


def test_an_account_is_known_where_a_line_ends_inside_its_name() -> None:
    lines = split(f"2023年政府信息公开工作年度报告{BODY}“云岭县水\n利局发布”微信公众号发布25条。")
    labels = ["heading", "heading", "narrative", "narrative", "narrative"]
    assert identity(lines, labels)[0] == BUREAU


SOURCES = {
    "title": f"{BUREAU}2023年政府信息公开工作年度报告{BODY}",
    "line_below_title": f"2023年政府信息公开工作年度报告\n{BUREAU}{BODY}",
    "authorship": f"本报告由{BUREAU}编制。{BODY}",
    "signature": f"{BODY}无。\n{BUREAU}\n2024年1月15日",
    "contact": f"如有疑问，请与{BUREAU}联系（电话：1234567）。{BODY}",
    "unled_subject": f"本报告如下。{BUREAU}坚持公开为常态。{BODY}",
    "origin": f"信息来源：{BUREAU}{BODY}",
    "publisher": f"发布机构：{BUREAU}{BODY}",
    "own": f"“{BUREAU}发布”微信公众号发布25条。{BODY}",
}


@pytest.mark.parametrize(("source", "text"), SOURCES.items())
def test_each_source_names_the_agency_and_its_place(source: str, text: str) -> None:
    lines = split(text)
    prose = Prose(lines, [None if line.blank else "narrative" for line in lines])
    named = agency_candidates(Page(prose, chapters(prose)))
    spans = [candidate.span for candidate in named if candidate.source == source]
    start = text.index(BUREAU)
    assert spans[:1] == [(start, start + len(BUREAU))]
