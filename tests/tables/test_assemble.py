"""Rebuilding the tables of a page; tests/cases holds the pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.checking.confidence import CERTAIN
from nlp.form import form as forms
from nlp.reading.pdf import reading as pdf_reading
from nlp.record.model import TableCells
from nlp.tables.assemble import Assembly, assemble
from nlp.text.lines import split
from tests.reading.drawing import Drawing

PIECES = [
    "（一）予以公开",
    "（七）总计",
    "1",
    "0 0",
    "\t",
    " | ",
    "\n",
    "其他",
    "规章",
    "/",
    "3.5 万元",
    "总计",
]


def assembled(page: str, year: int | None = 2022) -> Assembly:
    lines = split(page)
    labels = [None if line.blank else "table_row" for line in lines]
    return assemble(lines, labels, {"requests": (1, len(lines))}, year)


def test_every_row_and_column_of_the_form_is_listed() -> None:
    assembly = assembled("（一）予以公开 1 0 0 0 0 0 1")
    assert assembly.form is not None
    for table in assembly.form.tables:
        for row in table.rows:
            if not row.optional:
                assert tuple(assembly.tables[table.id][row.id]) == row.columns


def test_a_table_that_is_not_there_is_missing() -> None:
    cells = assembled("（一）予以公开 1 0 0 0 0 0 1").tables["disclosure"]
    assert {cell.state for row in cells.values() for cell in row.values()} == {"missing"}


def test_rows_that_are_whole_are_read_as_rows_whatever_is_left_over() -> None:
    """A page's number among the headers is none of the table's."""
    form = forms.named("2021").table("requests")
    rows = [row.label + " 4 0 0 0 0 0 4" for row in form.rows if not row.optional]
    assembly = assembled("自然人\n7\n总计\n" + "\n".join(rows))
    assert assembly.evidence["requests"].layout == "rows"
    assert {cells["natural_person"].value for cells in assembly.tables["requests"].values()} == {4}


def test_a_text_that_names_several_columns_repeats_no_merged_cell() -> None:
    """`/` is one cell too many: where merged cells were repeated, the last two would be one."""
    headers = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
    form = forms.named("2021").table("requests")
    rows = {row.id: row.label + " 1 0 0 0 0 0 1" for row in form.rows if not row.optional}
    rows["granted"] = "（一）予以公开 / 0 0 0 0 0 40 40"
    granted = assembled("\n".join([headers, *rows.values()])).tables["requests"]["granted"]
    assert [granted[column].value for column in ("other_organization", "total")] == [40, 40]
    assert granted["natural_person"].state == "ambiguous"


def test_a_blank_total_is_in_doubt_only_where_a_number_is_left_over() -> None:
    rows = "（一）予以公开\t1\t0\t0\t0\t0\t0\t\n（七）总计\t1\t0\t0\t0\t0\t0\t1"
    alone, beside = (assembled(page).tables["requests"] for page in (rows, f"申请人情况\t9\n{rows}"))
    assert (alone["granted"]["total"].state, beside["granted"]["total"].state) == ("blank", "blank")
    assert alone["granted"]["total"].confidence > beside["granted"]["total"].confidence


def test_an_optional_row_is_listed_only_where_it_is_printed() -> None:
    assert "other" not in assembled("（一）予以公开 1 0 0 0 0 0 1").tables["requests"]
    assert "other" in assembled("（六）其他处理 1 0 0 0 0 0 1").tables["requests"]


def test_a_page_before_the_first_edition_has_no_tables() -> None:
    assembly = assembled("主动公开 12 条", 2012)
    assert (assembly.form, assembly.tables) == (None, {})


def test_a_misspelt_label_is_trusted_between_the_rows_that_stand_around_it_in_the_form() -> None:
    rows = "2.重复申请 1 0 0 0 0 0 1\n3.要提供公开出物 0 0 0 0 0 0 0\n4.无正当理由大量反复申请 0 0 0 0 0 0 0"
    in_turn = assembled(rows).tables["requests"]["rejected_publication"]["total"]
    alone = assembled(rows.split("\n", 1)[1]).tables["requests"]["rejected_publication"]["total"]
    assert (in_turn.value, alone.value) == (0, 0)
    assert alone.confidence < CERTAIN < in_turn.confidence


TURNED = (
    "自然人\n总计\n法人或其他组织\n总计 商业企业 科研机构 社会公益组织 其他 法律服务机构",
    "自然人 商业企业\n科研机构 社会公益组织 其他 法律服务机构 总计",
    "自然人\n商业企业\n科研机构\n社会公益组织\n其他\n法律服务机构\n总计",
)


@pytest.mark.parametrize("headers", TURNED)
def test_under_a_header_in_another_order_than_the_forms_none_goes_by_its_place(headers: str) -> None:
    row = assembled(f"{headers}\n一、本年新收政府信息公开申请数量 1 2 3 4 5 6 21").tables["requests"][
        "new_received"
    ]
    assert (row["legal_service_organization"].state, row["legal_service_organization"].value) != (
        "printed",
        5,
    )


DISCLOSURE = "行政规范性文件 1 0 1\n行政许可 2\n行政处罚 0\n行政强制 0\n行政事业性收费 0"
LEFT_OUT = {
    DISCLOSURE: ("regulations",),
    f"规章 0 0 0\n{DISCLOSURE}": (),
    f"规章\n{DISCLOSURE}": (),
    f"{DISCLOSURE}\n其他事项 3": (),
    DISCLOSURE.replace("2", "2 2"): (),
}


@pytest.mark.parametrize(("page", "left_out"), LEFT_OUT.items())
def test_a_row_that_few_agencies_need_is_left_out_where_nothing_else_is_amiss(
    page: str, left_out: tuple[str, ...]
) -> None:
    lines = split(page)
    assembly = assemble(lines, ["table_row"] * len(lines), {"disclosure": (1, len(lines))}, 2022)
    assert assembly.evidence["disclosure"].left_out == left_out


def test_a_line_that_was_taken_for_furniture_is_no_row_left_out() -> None:
    lines = split(f"第二十条第（一）项 | 规章 | 0 | 0 | 0\n{DISCLOSURE}")
    labels = ["furniture", *["table_row"] * 5]
    assembly = assemble(lines, labels, {"disclosure": (2, len(lines))}, 2022)
    assert assembly.evidence["disclosure"].left_out == ()


def test_a_blank_total_is_doubtful_where_a_number_stands_alone_that_is_no_tables() -> None:
    page = (
        "本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3\n上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t"
    )
    for more, sure in (("", True), ("\n1", False)):
        lines = split(page + more)
        labels = ["table_row", "table_row", "furniture"][: len(lines)]
        total = assemble(lines, labels, {}, 2022).tables["requests"]["carried_over"]["total"]
        assert (total.state, total.confidence > CERTAIN) == ("blank", sure)


def test_the_number_of_a_page_behind_a_whole_row_is_none_of_its_cells() -> None:
    page = "（一）予以公开 1 0 0 0 0 0 1\n3\n（二）部分公开 0 0 0 0 0 0 0"
    cells = assembled(page).tables["requests"]["granted"]
    assert [cell.value for cell in cells.values()] == [1, 0, 0, 0, 0, 0, 1]
    assert min(cell.confidence for cell in cells.values()) > 0.9


def test_a_number_that_something_sticks_to_leaves_no_blank_cell() -> None:
    """PyMuPDF, sorted: a piece of the group's vertical label stands behind the last number of a row."""
    labels = ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "（七）总计"]
    rows = [f"{label}{' ' * (20 - len(label))}{'0      ' * 6}0" for label in labels]
    cells = assembled("\n".join([*rows[:3], rows[3] + "号"])).tables["requests"]["total"]
    assert "blank" not in {cell.state for cell in cells.values()}


def test_a_blank_cell_says_which_placeholder_it_prints() -> None:
    page = "（一）予以公开 1 / 0 无 0 0 1"
    cells = assembled(page).tables["requests"]["granted"]
    blank = [cell for cell in cells.values() if cell.state == "blank"]
    assert [cell.text for cell in blank] == ["/", "无"]
    assert [page[slice(*cell.span)] for cell in blank if cell.span] == ["/", "无"]
    assert [cell.value for cell in blank] == [None, None]


def test_spans_point_into_the_text() -> None:
    page = "（一）予以公开　１２ 0 0 0 0 0 １２"
    cell = assembled(page).tables["requests"]["granted"]["natural_person"]
    assert cell.span is not None
    assert (page[slice(*cell.span)], cell.text, cell.value) == ("１２", "１２", 12)


@pytest.mark.parametrize("mark", ["\t", " ", " | ", "    ", "\n", "\n\t"])
@pytest.mark.parametrize("edition", ["2019", "2021"])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_full_table_reads_as_it_was_printed(mark: str, edition: str, data: st.DataObject) -> None:
    table = forms.named(edition).table("requests")
    rows = [row for row in table.rows if not row.optional]
    number = st.one_of(st.just(0), st.integers(0, 99), st.integers(0, 99999))
    values = {row.id: [data.draw(number) for _ in table.columns] for row in rows}
    page = "\n".join(mark.join([row.label, *map(str, values[row.id])]) for row in rows)
    read = assembled(page, 2020 if edition == "2019" else 2022).tables["requests"]
    assert {id: [cell.value for cell in cells.values()] for id, cells in read.items()} == values


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_page_is_read_without_a_word(pieces: list[str]) -> None:
    page = "".join(pieces)
    for rows in assembled(page).tables.values():
        for cell in (cell for row in rows.values() for cell in row.values() if cell.span):
            assert cell.span is not None
            assert page[slice(*cell.span)] == cell.text


def disclosed(page: str) -> TableCells:
    lines = split(page)
    labels = [None if line.blank else "table_row" for line in lines]
    return assemble(lines, labels, {"disclosure": (1, len(lines))}, 2022).tables["disclosure"]


def test_numbers_near_rows_of_a_table_that_do_not_fit_are_not_told() -> None:
    """pdftotext: boxes of labels, the last column's numbers behind those of the next section."""
    rows = disclosed(
        "行政规范性文件\n信息内容\n行政许可\n\n本年制发件数\n本年废止件数\n14\n\n现行有效件数\n5\n\n0\n\n"
        "本年处理决定数量\n291\n\n信息内容\n\n本年处理决定数量\n\n行政处罚\n行政强制\n\n2\n3"
    )
    found = [rows[row]["decisions"] for row in ("licensing", "penalties", "coercion")]
    assert {cell.state for cell in found} == {"ambiguous"}


def test_numbers_of_no_row_beside_one_with_blank_cells_may_be_its_own() -> None:
    """pdftotext -layout: a cell of three lines, the row's label beside the second."""
    full = {"规章": "7", "规范性文件": "9", "其他对外管理服务": "3", "行政强制": "2"}
    page = "".join(f"{label:　<10}    0           0           {number}\n" for label, number in full.items())
    page += f"{'':　<10}                            580（其中修订 89\n"
    page += f"{'行政许可':　<10}    0          +18\n{'':　<10}                            件）\n"
    lines = split(page)
    labels = [None if line.blank else "table_row" for line in lines]
    rows = assemble(lines, labels, {"disclosure": (1, len(lines))}, 2020).tables["disclosure"]
    assert {cell.state for cell in rows["licensing"].values()} == {"ambiguous"}
    assert [cell.value for cell in rows["other_services"].values()] == [0, 0, 3]


def test_a_table_of_labels_alone_is_blank_as_far_as_one_can_see() -> None:
    rows = assembled("（一）予以公开\n（七）总计").tables["requests"]
    assert {cell.state for cell in rows["granted"].values()} == {"blank"}
    assert all(cell.confidence < CERTAIN for cell in rows["granted"].values())


def test_numbers_before_the_labels_of_the_one_row_are_anothers() -> None:
    headers = (
        "行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n"
        + "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n" * 3
    )
    lines = split("905\n" + headers + "0\n" * 15)
    labels = [None if line.blank else "table_row" for line in lines]
    assembly = assemble(lines, labels, {"review_litigation": (1, len(lines))}, 2022)
    cells = [cell for row in assembly.tables["review_litigation"].values() for cell in row.values()]
    assert {(cell.state, cell.value) for cell in cells} == {("printed", 0)}
    assert [token.text for token in assembly.evidence["review_litigation"].unassigned] == ["905"]


def test_a_page_break_may_tear_a_row_of_given_cells() -> None:
    drawing = Drawing(at=130)
    label = "2.其他法律行政\n法规禁止公开"
    drawing.table(
        [["（一）予以公开", *"1230006"], [label, *"4000004"], ["（七）总计", *"5230010"]],
        (90, *[40] * 7),
        torn={1: 1},
    )
    document = pdf_reading.read(drawing.pdf())
    lines = split(document.text)
    spans = {"requests": (1, len(lines))}
    assembly = assemble(lines, ["table_row"] * len(lines), spans, 2022, document.tables)
    row = assembly.tables["requests"]["denied_prohibited_by_law"]
    assert [cell.value for cell in row.values()] == [4, 0, 0, 0, 0, 0, 4]


def test_a_zero_in_words_that_was_taken_for_furniture_is_a_cell() -> None:
    """One cell a line with its border; the 5 is a page's number."""
    headers = ["行政复议 |", "未经复议直接起诉 |", "复议后起诉 |"]
    headers += ["结果维持 |", "结果纠正 |", "其他结果 |", "尚未审结 |", "总计 |"] * 3
    values = ["0", "1", "40", "8", "49", "8", "8", "〇", "0", "16", "5", "1", "40", "13", "59"]
    cells = [f"{value} |" for value in values]
    cells.insert(8, "5")
    lines = split("\n".join([*headers, *cells]))
    labels = ["furniture" if line.plain.startswith("〇") else "numeric_cell" for line in lines]
    labels[: len(headers)] = ["table_row"] * len(headers)
    tables = assemble(lines, labels, {"review_litigation": (1, len(lines))}, 2022).tables
    other = tables["review_litigation"]["litigation_direct"]["other"]
    assert (other.state, other.value) != ("printed", 5)
