"""Rebuilding the tables of a page; tests/cases holds the pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import forms
from nlp.lines import split
from nlp.report import TableCells
from nlp.tables.assembling import Assembly, assemble

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
    assert alone.confidence < 0.9 < in_turn.confidence


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


def test_a_table_of_labels_alone_is_not_told_to_be_blank() -> None:
    rows = assembled("（一）予以公开\n（七）总计").tables["requests"]
    assert {cell.state for cell in rows["granted"].values()} == {"ambiguous"}


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
    assert [token.text for token in assembly.evidence["review_litigation"].orphans] == ["905"]
