"""Which lines hold which table."""

from __future__ import annotations

import pytest

from nlp.tables.page.regions import find_regions
from nlp.tables.page.tokens import Kind
from nlp.text.lines import split

PAGE = """二、主动公开政府信息情况
规章 1 0 4
三、收到和处理政府信息公开申请情况
（一）予以公开 2 0 0 0 0 0 2
四、政府信息公开行政复议、行政诉讼情况
结果维持 结果纠正 其他结果 尚未审结 总计
3 0 0 0 3 0 0 0 0 0 0 0 0 0 0"""
LABELS = ["heading", "table_row", "heading", "table_row", "heading", "table_row", "numeric_cell"]
SPANS = {"disclosure": (1, 2), "requests": (3, 4), "review_litigation": (5, 7)}


def lines_of(spans: dict[str, tuple[int, int]]) -> dict[str, list[int]]:
    found = find_regions(split(PAGE), LABELS, spans)
    return {table: sorted({token.line for token in region.tokens}) for table, region in found.items()}


def test_chapters_hold_their_tables() -> None:
    held = lines_of(SPANS)
    assert (held["disclosure"], held["requests"], held["review_litigation"]) == ([2], [4], [6, 7])


def test_without_headings_the_labels_tell() -> None:
    held = lines_of({})
    assert (held["disclosure"], held["requests"][0]) == ([2], 4)


def test_a_row_behind_the_words_of_the_next_page_belongs_to_the_headers_before_them() -> None:
    values = "\t".join(["0"] * 15)
    page = f"四、行政复议、行政诉讼情况\n行政复议\t行政诉讼\n五、存在的主要问题\n更新不够及时。\n{values}"
    labels = ["heading", "table_row", "heading", "narrative", "numeric_cell"]
    spans = {"review_litigation": (1, 2)}
    found = find_regions(split(page), labels, spans)["review_litigation"]
    assert [token.line for token in found.tokens] == [2, 2, *[5] * 15]
    twice = find_regions(split(f"{page}\n{values}"), [*labels, "numeric_cell"], spans)["review_litigation"]
    assert [token.line for token in twice.tokens] == [2, 2]
    short = find_regions(split(page[:-2]), labels, spans)["review_litigation"]
    assert [token.line for token in short.tokens] == [2, 2]


def test_narrative_with_numbers_is_no_table() -> None:
    found = find_regions(split("本年新收申请 12 件，予以公开 9 件。"), ["narrative"], {"requests": (1, 1)})
    assert not found or not found["requests"].tokens


def test_tables_behind_the_words_of_their_page_are_their_own_chapters() -> None:
    """pdfplumber: a page's words, then its tables; 三 goes on behind the headings of 四 and 五."""
    page = (
        "三、收到和处理政府信息公开申请情况\n（一）予以公开\t1\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题\n"
        "3.其他\t0\n（七）总计\t1\n行政复议\t行政诉讼\n0\t0\n更新不够及时。\n予以公开\t9"
    )
    labels = ["heading", "table_row", "heading", "heading", *["table_row"] * 4, "narrative", "table_row"]
    found = find_regions(split(page), labels, {"requests": (1, 2), "review_litigation": (3, 3)})
    lines = {table: sorted({token.line for token in region.tokens}) for table, region in found.items()}
    assert lines == {"requests": [2, 5, 6], "review_litigation": [7, 8]}
    assert found["requests"].elsewhere == [10], "a row that its own chapter has is another table's"


def test_the_beginning_of_a_vertical_label_is_no_blank_cell() -> None:
    page = "8.属于行政查询事项 0 0 0 0 0 0 0\n（\n四\n）\n无\n法\n提\n供\n1.本机关不掌握 / 0 0 0 0 0 0"
    lines = split(page)
    found = find_regions(lines, ["table_row"] * len(lines), {"requests": (1, len(lines))})
    assert [token.text for token in found["requests"].tokens if token.kind is Kind.PLACEHOLDER] == ["/"]


@pytest.mark.parametrize(("pages", "values"), [("第{}页", ["9", "0", "4"]), ("{}", ["0", "4"])])
def test_a_bare_number_is_none_of_pages_whose_own_are_dressed(pages: str, values: list[str]) -> None:
    first, second = (pages.format(page) for page in (1, 2))
    lines = split(f"无。\n{first}\n\n无。\n{second}\n\n规章\n0 4\n9\n行政许可")
    furniture = {2, 5, 9}
    labels = ["furniture" if line.n in furniture else None if line.blank else "table_row" for line in lines]
    found = find_regions(lines, labels, {"disclosure": (7, 10)})["disclosure"]
    assert sorted(token.text for token in found.tokens if token.kind is Kind.VALUE) == sorted(values)


def test_the_number_of_a_page_is_no_value_and_another_one_is() -> None:
    """The line model takes any number alone in a line for a page's own."""
    page = ["二、主动公开", "行政处罚", "2", "行政强制", "1", "", "五、问题", "无。", "2", "", "六、其他"]
    labels = ["heading", "table_row", "furniture", "table_row", "furniture", None]
    labels += ["heading", "narrative", "furniture", None, "heading"]
    found = find_regions(split("\n".join(page)), labels, {"disclosure": (1, 6)})
    values = [token.text for token in found["disclosure"].tokens if token.kind is Kind.VALUE]
    assert values == ["2"]


def test_a_number_alone_is_a_value_where_no_page_bears_a_number() -> None:
    page = ["二、主动公开", "行政处罚", "1", "行政强制", "五、问题", "无。"]
    labels = ["heading", "table_row", "furniture", "table_row", "heading", "narrative"]
    found = find_regions(split("\n".join(page)), labels, {"disclosure": (1, 4)})
    assert [token.text for token in found["disclosure"].tokens if token.kind is Kind.VALUE] == ["1"]
    numbered = find_regions(split("\n".join([*page, "2"])), [*labels, "furniture"], {"disclosure": (1, 4)})
    assert not [token for token in numbered["disclosure"].tokens if token.kind is Kind.VALUE]


def test_a_short_piece_of_a_header_stays_in_its_table() -> None:
    """其他 and 尚未 stand far apart above 结果 and 审结: 其他 alone is a label of another table."""
    page = "三、申请\n（一）予以公开 1 0 0 0 0 0 1\n四、复议诉讼\n"
    page += "结果 结果    其他    尚未\n维持 纠正    结果    审结\n1 0 0 0 1"
    labels = ["heading", "table_row", "heading", "table_row", "table_row", "numeric_cell"]
    found = find_regions(split(page), labels, {"requests": (1, 2), "review_litigation": (3, 6)})
    assert {token.line for token in found["review_litigation"].tokens} == {4, 5, 6}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("|     | 无   | 2.没有现成信息需要另行制作 | 0   | 0   |", Kind.TEXT),
        ("|     | 无   | 2.没有现成信息需要另行制作 |     |     |", Kind.PLACEHOLDER),
        ("| 2.没有现成信息需要另行制作 | 无   | 0   |", Kind.PLACEHOLDER),
    ],
)
def test_a_none_before_a_label_and_its_numbers_is_a_piece_of_the_groups_label(line: str, kind: Kind) -> None:
    found = find_regions(split(line), ["table_row"], {"requests": (1, 1)})
    assert [token.kind for token in found["requests"].tokens if token.text == "无"] == [kind]


def test_a_line_that_is_nothing_but_a_number_in_words_is_a_cell_whatever_its_label() -> None:
    """A cell a line, with a number of the page among them: left out, the page's would take its place."""
    page = "三、收到和处理政府信息公开申请情况\n2.重复申请 |\n0 |\n共0件 |\n5\n计有2012件。"
    labels = ["heading", "table_row", "numeric_cell", "narrative", "furniture", "narrative"]
    tokens = find_regions(split(page), labels, {"requests": (1, 6)})["requests"].tokens
    assert [token.line for token in tokens if token.kind is Kind.VALUE] == [3, 4, 5]
