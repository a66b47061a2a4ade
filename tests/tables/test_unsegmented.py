"""Pages on which nothing parts the cells of a row, nor its label from them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nlp.checking.confidence import CERTAIN
from nlp.form import form as forms
from nlp.record.model import Cell, TableCells
from nlp.tables.assemble import assemble
from nlp.text.lines import split

REQUESTS = forms.named("2021").table("requests")
ROWS = [row for row in REQUESTS.rows if not row.optional]


def requests(rows: Mapping[str, str], zero: str = "0000000") -> str:
    return "".join(f"{row.label}{rows.get(row.id, zero)}\n" for row in ROWS)


def read(page: str, table: str = "requests", year: int = 2022) -> TableCells:
    """Return a table of a page of three chapters, each of which begins with a line of one character."""
    lines = split(page)
    starts = [line.n for line in lines if line.plain in ("二", "三", "四")]
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    chapters = {"二": "disclosure", "三": "requests", "四": "review_litigation"}
    spans = {chapters[lines[start - 1].plain]: (start, end) for start, end in zip(starts, ends, strict=True)}
    labels = ["heading" if line.n in starts else "table_row" for line in lines]
    return assemble(lines, labels, spans, year).tables[table]


def values(cells: Mapping[str, Cell]) -> list[object]:
    return [cell.candidates if cell.state == "ambiguous" else cell.value for cell in cells.values()]


def texts(cells: Mapping[str, Cell]) -> list[str | None]:
    return [cell.text for cell in cells.values()]


def test_the_total_of_a_row_tells_where_its_digits_are_cut() -> None:
    page = "三\n" + requests({"granted": "10820003113"})
    row = read(page)["granted"]
    assert values(row) == [108, 2, 0, 0, 0, 3, 113]
    assert [page[cell.span[0] : cell.span[1]] for cell in row.values() if cell.span] == texts(row)


def test_the_totals_of_the_columns_tell_it_where_that_of_the_row_does_not() -> None:
    two_ways = "120100013"
    alone = read("三\n" + requests({"granted": two_ways}))["granted"]
    assert values(alone) == [[1, 12], [2, 0], [0, 1], [10, 0], 0, 0, 13]
    rows = {"new_received": "11000011", "carried_over": "1010002", "granted": two_ways, "total": two_ways}
    assert values(read("三\n" + requests(rows))["granted"]) == [12, 0, 1, 0, 0, 0, 13]


def test_a_sum_that_the_agency_broke_leaves_the_numbers_as_they_are() -> None:
    assert values(read("三\n" + requests({"granted": "2000003"}))["granted"]) == [2, 0, 0, 0, 0, 0, 3]


def test_placeholders_part_cells() -> None:
    cells = read("三\n" + requests({"granted": "61////7"}, "///////"))
    assert values(cells["granted"]) == [6, 1, None, None, None, None, 7]
    assert texts(cells["other_remaining"]) == ["/"] * 7


def test_dashes_are_as_long_as_the_row_tells() -> None:
    assert texts(read("三\n" + requests({}, "--------------"))["granted"]) == ["--"] * 7


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("", [None] * 7),
        ("000000", [[0, None]] * 7),
        ("0000000", [0] * 7),
        ("1001", [[1, None], [0, None, 1], [0, None, 1], [0, None, 1], [0, None], [None, 0], 1]),
    ],
)
def test_blank_cells_that_leave_no_trace_may_be_any(string: str, expected: list[object]) -> None:
    row = read("三\n" + requests({"granted": string, "total": "00000"}))["granted"]
    assert [sorted(map(str, found)) if isinstance(found, list) else found for found in values(row)] == [
        sorted(map(str, found)) if isinstance(found, list) else found for found in expected
    ]


def test_a_blank_row_of_one_table_leaves_those_of_the_others_in_doubt() -> None:
    sure = "二\n规章000\n行政规范性文件100\n三\n" + requests({})
    assert values(read(sure, "disclosure")["normative_documents"]) == [1, 0, 0]
    blank = "二\n规章000\n行政规范性文件100\n三\n" + requests({}, "")
    assert values(read(blank, "disclosure")["normative_documents"]) == [
        [1, 10, 100, None],
        [0, None, 10, 100],
        [0, None, 100],
    ]


def test_a_row_that_can_be_cut_in_several_ways_lists_them() -> None:
    page = "二\n规章000\n行政规范性文件1607\n三\n" + requests({})
    assert values(read(page, "disclosure")["normative_documents"]) == [[1, 16], [60, 0], 7]


def test_a_row_with_a_misspelt_label_is_read() -> None:
    page = "三\n" + requests({}).replace("四、结转下年度继续办理0000000", "四、结下年度继办理6000006")
    assert values(read(page)["carried_forward"]) == [6, 0, 0, 0, 0, 0, 6]


def test_a_comma_of_thousands_and_a_remark_are_of_their_number() -> None:
    page = "二\n规章000\n行政许可3,725\n行政处罚144(其中修订1件)\n三\n" + requests({})
    cells = read(page, "disclosure")
    assert (cells["licensing"]["decisions"].value, cells["penalties"]["decisions"].value) == (3725, 144)


HEADERS = "行政复议行政诉讼\n结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉\n"


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("100013101500011", [1, 0, 0, 0, 1, 3, 1, 0, 1, 5, 0, 0, 0, 1, 1]),
        ("11--231116-1-12", [1, 1, None, None, 2, 3, 1, 1, 1, 6, None, 1, None, 1, 2]),
        ("------------------------------", [None] * 15),
    ],
)
def test_the_totals_of_its_groups_cut_the_one_row_of_a_table(string: str, expected: list[object]) -> None:
    cells = read("三\n" + requests({}) + "四\n" + HEADERS + string, "review_litigation")
    assert [value for row in cells.values() for value in values(row)] == expected


def test_a_table_of_one_row_without_a_cell_is_blank() -> None:
    cells = read("三\n" + requests({}) + "四\n" + HEADERS, "review_litigation")
    assert {cell.state for row in cells.values() for cell in row.values()} == {"blank"}


def test_a_row_on_a_line_of_its_own_below_its_label_is_read() -> None:
    page = "三\n" + requests({}).replace("1.申请人", "1.申请人\n", 1).replace("申请0", "申请\n0", 1)
    assert values(read(page)["new_received"]) == [0] * 7


def test_a_row_whose_digits_only_its_sum_cuts_is_in_doubt_where_the_columns_do_not_add_up() -> None:
    rows = {"new_received": "10820003113", "granted": "10820003113", "total": "10820003113"}
    assert read("三\n" + requests(rows))["granted"]["natural_person"].confidence > CERTAIN
    broken = {**rows, "total": "10920003114"}
    assert read("三\n" + requests(broken))["granted"]["natural_person"].confidence < CERTAIN


def test_where_no_total_holds_one_cell_may_be_blank() -> None:
    page = "三\n" + requests({}) + "四\n" + HEADERS
    cells = read(page + "831120000000000", "review_litigation")
    assert values(cells["review"])[-1] == [2, 12]
    assert cells["review"]["pending"].candidates == [1, None]
    assert values(cells["litigation_direct"]) == [0, 0, 0, 0, 0]


def test_dashes_are_signs_unless_a_row_shows_them_for_blank_cells() -> None:
    page = "二\n行政许可0-70\n行政处罚{}\n其他对外管理服务事项1008\n行政强制1008\n"
    signs = read(page.format("0110"), "disclosure", 2020)
    assert values(signs["licensing"]) == [0, -7, 0]
    dashes = read(page.format("---"), "disclosure", 2020)
    assert values(dashes["licensing"]) == [0, [None, -7], [70, 0]]


def test_a_page_with_numbers_parted_is_read_as_ever() -> None:
    page = "三\n" + requests({}, " 0 0 0 0 0 0 0").replace("（一）予以公开 0", "（一）予以公开 12")
    assert values(read(page)["granted"]) == [12, 0, 0, 0, 0, 0, 0]


def test_a_table_without_its_totals_whose_cells_say_their_columns_again_is_read() -> None:
    columns = REQUESTS.columns[:-1]
    header = "\t".join(column.label for column in columns)
    numbers = "\t".join(f"{column.label}：{17 + n}" for n, column in enumerate(columns))
    rows = read(f"三\n{header}\n" + "".join(f"{row.label}\t{numbers}\n" for row in ROWS))
    assert values(rows["granted"]) == [17, 18, 19, 20, 21, 22, None]
    assert rows["granted"]["total"].state == "missing"


def test_a_row_of_which_the_page_has_the_total_alone_is_no_string_of_all_columns() -> None:
    other = "二\n行政许可¦657\n行政强制¦16\n行政事业性收费¦18\n"
    rows = read(other + "三\n（七）总计¦总计¦1434\n四、结转下年度继续办理¦总计¦2\n")
    assert rows["carried_forward"]["total"].value == 2
    assert rows["carried_forward"]["natural_person"].state == "missing"
