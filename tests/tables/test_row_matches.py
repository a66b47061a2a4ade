"""Finding the form's rows in the label texts of a table."""

from __future__ import annotations

import pytest

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split


def rows(page: str, table: str = "requests", edition: str = "2021") -> list[str]:
    found = match_labels([token for line in split(page) for token in tokens(line)], lexicon(edition, table))
    return [match.row for match in found.rows]


NAMED = [
    ("（一）予以公开 1 0 0 0 0 0 1", ["granted"]),
    ("5.要求行政机关确认或重\n新出具已获取信息", ["rejected_reissue"]),
    ("（二）部分公开（区分处理的，只计这一情\n9 0 0 0 0 0 9\n形，不计其他情形）", ["partially_granted"]),
    ("（二）部分公开", ["partially_granted"]),
    ("（三）不予公开1.属于国家秘密", ["denied_state_secret"]),
    (  # the group's label, among its rows, may be a row itself
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n（六）其他处理\n"
        "2.申请人逾期未按收费通知要求缴纳费用\n3、\n0 0 0 0 0 0 0\n其他",
        ["other_no_correction", "other_fee_unpaid", "other_remaining"],
    ),
    (
        "（四）无 1.本机关不掌握相关政府信息\n法提供 2.没有现成信息需要另行制作",
        ["unavailable_not_held", "unavailable_needs_creation"],
    ),
    ("三\n、\n本\n年\n度\n办\n理\n结\n果\n（一）予以公开", ["granted"]),
    ("2.其他法律行政止公开", ["denied_prohibited_by_law"]),
    ("2.没有现成信息需要另 三、本年 0 0 0 0 0 0 0\n行制作", ["unavailable_needs_creation"]),
    (  # the group stands where its rows' lines are: its label is no row behind which none can come
        "2.申请人逾期未按收费通知要求缴纳费用\n（六）其他处理 0 0 0 0 0 0 0\n3.\n0 0 0 0 0 0 0\n其他",
        ["other_fee_unpaid", "other_remaining"],
    ),
    ("自然人 法人或其他组织 总计", []),
    (  # the headers once more on the top of a page
        "（六）其他处理 0 0 0 0 0 0 0\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n其他\n"
        "总计 0 0 0 0 0 0 0",
        ["other", "total"],
    ),
    ("商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他", []),
    (
        "2.申请人逾期未按收费通知要求缴纳费用\n3.其他\n（七）总计",
        ["other_fee_unpaid", "other_remaining", "total"],
    ),
    (  # pdftotext -layout: the group's pieces stand in the lines of the label
        "5.要求行政机关确认或重新出\n具已获取信息\n1.申请人无正当理由逾期不补\n"
        "正、行政机关不再处理其政府 0 0 0 0 0 0 0\n"
        "（六） 信息公开申请\n其他处 2.申请人逾期未按收费通知要",
        ["rejected_reissue", "other_no_correction", "other_fee_unpaid"],
    ),
    (  # the group's 处理 begins as the rest of the label does
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再 0 0 0 0 0 0 0\n处理    处理其政府信息公开申请",
        ["other_fee_unpaid"],
    ),
    ("2.\n没\n有\n现成信息\n需\n要\n另行制作", ["unavailable_needs_creation"]),
    ("一\n、\n" + "\n".join("本年新收政府信息公开申请数量"), ["new_received"]),
    ("（三）不予公开 1 . 属 于 国 家 秘 密 0 0 0 0 0 0 0", ["denied_state_secret"]),
    (  # 其他 of the group's 其他处理 stands before a row, and is none
        "1.申请人逾期不补正 0 0 0 0 0 0 0\n其他      2.逾期未缴费 0 0 0 0 0 0 0\n3.其他 0 0 0 0 0 0 0",
        ["other_no_correction", "other_fee_unpaid", "other_remaining"],
    ),
    (  # behind its group the row is known without its enumerator
        "2.申请人逾期未按收费通知要求缴纳费\n（六）其他处理\n用、行政机关不再处理其政府信息公开申请\n其他",
        ["other_fee_unpaid", "other_remaining"],
    ),
    (  # a page that begins within the last rows repeats the header: its 总计 is a column
        "4.无正当理由大量反复申请 0 0 0\n总计\n5.要求行政机关重新出具已获取信息 0 0 0\n（七）总计 0 0 0",
        ["rejected_excessive", "rejected_reissue", "total"],
    ),
    ("2.没有现成信息需要另 三、\n行制作", ["unavailable_needs_creation"]),
    ("注：以上数据含上年结转。", []),
    ("联系电话", []),
]


@pytest.mark.parametrize(("page", "expected"), NAMED)
def test_rows_named_on_a_page(page: str, expected: list[str]) -> None:
    assert rows(page) == expected


def test_rows_of_the_first_table() -> None:
    assert rows("信息内容 本年制发件数\n规章 1 0 4\n规范性文件 2 0 9\n行政许可 5", "disclosure") == [
        "regulations",
        "normative_documents",
        "licensing",
    ]


def test_the_columns_that_a_header_names() -> None:
    page = "自然人\t商业企业\t科研机构\t总计"
    found = match_labels(tokens(split(page)[0]), lexicon("2021", "requests"))
    assert [id for _, id in found.columns] == [
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "total",
    ]


def test_the_column_of_a_repeated_header_is_no_row_and_stands_where_it_is_printed() -> None:
    page = "3.其他 0 0 0\n总计\n（七）总计 0 0 0\n自然人\n四、结转下年度继续办理 0 0 0"
    found = match_labels(
        [token for line in split(page) for token in tokens(line)], lexicon("2021", "requests")
    )
    assert [match.row for match in found.rows] == ["other_remaining", "total", "carried_forward"]
    assert [id for _, id in found.columns] == ["total", "natural_person"]


def test_a_misspelt_label_is_less_sure() -> None:
    (match,) = match_labels(tokens(split("1.本机关不掌握相关政府信思")[0]), lexicon("2021", "requests")).rows
    assert 0.8 < match.similarity < 1


def test_a_label_whose_lines_a_tool_gives_in_turn_is_known_by_its_characters() -> None:
    """pdfplumber goes by height: the lines of a narrow cell that overlap are given character by character."""
    page = "2.其他法 止 律 公 行 开 政法规禁 4\n1.申请人无正当理由逾\n"
    page += "期 不 不 再 补 处 正 理 、 其 行 政 政 府 机 信 关 息 3\n公开申请\n3 他 .其 5"
    assert rows(page) == ["denied_prohibited_by_law", "other_no_correction", "other_remaining"]


def test_an_enumerator_in_a_line_of_its_own_belongs_to_the_short_name_below() -> None:
    page = "2.申请人逾期未按收费通知要求缴纳费用\n0 0 0 0 0 0 0\n"
    page += "3、\n1 0 0 0 0 0 1\n其他\n（七）总计 1 0 0 0 0 0 1"
    assert rows(page) == ["other_fee_unpaid", "other_remaining", "total"]


def test_a_remark_behind_a_number_parts_no_label() -> None:
    page = "行政\t3（其中联合发文2件）\t0\t1396\n许可"
    assert rows(page, "disclosure", "2019") == ["licensing"]
