"""Tables of the form from given cells: headers name columns, labels name rows, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from nlp.form import form as forms
from nlp.form.labels.lexicon import lexicon
from nlp.form.printed import PrintedCell, printed_cells
from nlp.reading.html.reading import read
from nlp.tables.cell_writer import CellWriter
from nlp.tables.given.cells import given_cells
from nlp.tables.given.grid import GivenReading
from nlp.tables.judge import shipped
from nlp.tables.layouts import given_cells as layout
from nlp.tables.page.tokens import Kind
from nlp.tables.reading_writer import cells_of
from nlp.tables.solver.digit_cuts import WORDS
from nlp.tables.table_page import Page, table_page
from nlp.text.lines import split

Cells = dict[tuple[str, str], str | None]
"""The text of each cell by row and column id, None for a blank one."""


def reading(markup: str, table: str, edition: str = "2021") -> GivenReading | None:
    document = read(f"<p>{markup}</p>".encode())
    form = forms.named(edition)
    found = given_cells(document.tables, split(document.text), form.table(table), lexicon(edition, table))
    for token in found.cells.values() if found else ():
        line = split(document.text)[token.line - 1]
        assert line.folded[token.start : token.end] == token.text
    return found


def cells(found: GivenReading | None) -> Cells:
    if found is None:
        return {}
    return {place: None if token.kind is Kind.EMPTY else token.text for place, token in found.cells.items()}


def html(*rows: Sequence[str]) -> str:
    """Return a table; a cell is its text, `2x3:` before it says how many rows and columns it spans."""
    written = ""
    for row in rows:
        written += "<tr>" + "".join(_html_cell(text) for text in row)
    return f"<table>{written}</table>"


def _html_cell(text: str) -> str:
    spans, colon, rest = text.partition(":")
    if not colon or "x" not in spans:
        return f"<td>{text}"
    down, across = spans.split("x")
    return f"<td rowspan={down} colspan={across}>{rest}"


PUBLISHED = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")


ORGANIZATIONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ALL_ROWS = [row.label for row in forms.named("2021").table("requests").rows if not row.optional]


def test_headers_name_columns_and_labels_name_rows() -> None:
    found = reading(
        html(
            ["1x4:第二十条第（一）项"],
            PUBLISHED,
            ["规章", "3", "", "/"],
            ["行政规范性<br>文件", "1", "2", "12"],
        ),
        "disclosure",
    )
    assert found is not None
    assert cells(found) == {
        ("regulations", "issued"): "3",
        ("regulations", "repealed"): None,
        ("regulations", "in_force"): "/",
        ("normative_documents", "issued"): "1",
        ("normative_documents", "repealed"): "2",
        ("normative_documents", "in_force"): "12",
    }


def test_a_label_may_have_a_remark_and_a_number_a_remark_too() -> None:
    found = reading(html(PUBLISHED, ["规章（含修订）", "3（其中修订1件）", "0", "0"]), "disclosure")
    assert cells(found)["regulations", "issued"] == "3"


def test_columns_may_stand_in_another_order() -> None:
    found = reading(html(["信息内容", *PUBLISHED[:0:-1]], ["规章", "12", "2", "1"]), "disclosure")
    assert cells(found) == {
        ("regulations", "in_force"): "12",
        ("regulations", "repealed"): "2",
        ("regulations", "issued"): "1",
    }


def test_a_column_that_the_form_lacks_keeps_its_numbers() -> None:
    whole = [["", "自然人", "备案件数", *ORGANIZATIONS], *([label, *"39000003"] for label in ALL_ROWS)]
    found = reading(html(*whole), "requests")
    assert found is not None
    assert cells(found)["new_received", "total"] == "3"
    assert {cell.text for cell in found.foreign} == {"9"}
    assert reading(html(*whole[:-1]), "requests") is None


def test_a_row_that_the_form_lacks_keeps_its_numbers() -> None:
    whole = [["", "自然人", *ORGANIZATIONS], *([label, *"0000000"] for label in ALL_ROWS)]
    found = reading(html(*whole, ["其他文件", *"7000007"]), "requests")
    assert found is not None
    assert cells(found)["new_received", "total"] == "0"
    assert [cell.text for cell in found.foreign] == ["其他文件", *"7000007"]
    assert reading(html(*whole[:-1], ["其他文件", *"7000007"]), "requests") is None


def test_headers_hold_for_the_rows_below_them_until_others_follow() -> None:
    found = reading(
        html(
            PUBLISHED,
            ["规章", "1", "2", "3"],
            ["1x4:第二十条第（五）项"],
            ["信息内容", "1x3:本年处理决定数量"],
            ["行政许可", "1x3:40"],
            ["信息内容", "本年处理决定数量", "", ""],
            ["行政处罚", "5", "", ""],
        ),
        "disclosure",
    )
    assert (cells(found)["licensing", "decisions"], cells(found)["penalties", "decisions"]) == ("40", "5")


APPLICANTS = (
    ["3x3:（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "1x7:申请人情况"],
    ["2x1:自然人", "1x5:法人或其他组织", "2x1:总计"],
    ["商业<br>企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
)


def test_headers_of_three_levels_and_groups_over_rows() -> None:
    found = reading(
        html(
            *APPLICANTS,
            ["1x3:一、本年新收政府信息公开申请数量", *"1234567"],
            ["3x1:三、本年度办理结果", "1x2:（一）予以公开", *"2000002"],
            ["2x1:（三）不予公开", "1.属于国家秘密", *"0000011"],
            ["2.其他法律行政法规禁止公开", "", "", "", "", "", "", ""],
        ),
        "requests",
    )
    read_cells = cells(found)
    assert [
        read_cells["new_received", column.id] for column in forms.named("2021").table("requests").columns
    ] == [*"1234567"]
    assert read_cells["denied_state_secret", "total"] == "1"
    assert read_cells["denied_prohibited_by_law", "natural_person"] is None


def test_the_total_may_come_first() -> None:
    found = reading(
        html(
            ["2x1:", "2x1:总计", "2x1:自然人", "1x5:法人或其他组织"],
            ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
            ["一、本年新收政府信息公开申请数量", *"8800000"],
            ["二、上年结转政府信息公开申请数量", *"3100002"],
        ),
        "requests",
    )
    assert cells(found)["carried_over", "total"] == "3"
    assert cells(found)["carried_over", "other_organization"] == "2"


NEW = "一、本年新收政府信息公开申请数量"
OLD = "二、上年结转政府信息公开申请数量"


def test_a_table_that_goes_on_without_headers_is_not_given() -> None:
    order = ["总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert reading(html(["", *order], [NEW, *"8500003"]) + html([OLD, *"4000004"]), "requests") is None


UNGIVEN = {
    "a cell fewer than headers": html(["", "自然人", "商业企业", "总计"], [NEW, "3", "4"]),
    "a cell more than headers": html(["", "自然人", "商业企业"], [NEW, "3", "4", "7"]),
    "a number beside its header": html(["", "自然人", "", "总计"], [NEW, "3", "4", "7"]),
    "a number under two headers": html(["", "自然人", "商业企业"], [NEW, "1x2:7"]),
    "two columns with one label": html(["", "其他", "其他"], [NEW, "3", "4"]),
    "a row given twice": html(["", "自然人", "总计"], [NEW, "3", "4"], [NEW, "3", "5"]),
    "no header": html([NEW, *"1230006"], [OLD, *"0000000"]),
    "a torn label": html(["", "自然人", "总计"], [NEW, "3", "4"], ["（二）部分", "", ""], ["公开", "1", "1"]),
    "headers that nobody knows": html(["事项", "甲", "乙", "丙", "丁", "戊", "己", "庚"], [NEW, *"1000001"]),
}


@pytest.mark.parametrize("markup", UNGIVEN.values(), ids=UNGIVEN)
def test_what_contradicts_itself_is_not_given(markup: str) -> None:
    found = reading(markup, "requests")
    assert found is None


@pytest.mark.parametrize(("text", "value"), [("零", "零"), ("0人", "0人"), ("十二", "十二")])
def test_a_number_in_words_or_with_its_measure_is_given(text: str, value: str) -> None:
    found = reading(html(["", "自然人", "总计"], [NEW, text, "4"]), "requests")
    assert found is not None
    assert cells(found)["new_received", "natural_person"] == value


@pytest.mark.parametrize("text", ["若干", "3或4", "1 2", "十余"])
def test_a_cell_that_cannot_be_read_is_not_given(text: str) -> None:
    assert reading(html(["", "自然人", "总计"], [NEW, text, "4"]), "requests") is None


def test_a_given_cell_may_be_of_a_column_that_the_text_does_not_show() -> None:
    document = read(f"<p>{html(['', '自然人', '总计'], [NEW, '3', '4'])}</p>".encode())
    lines = split(document.text)
    page = Page(forms.named("2021"), lines, {}, WORDS, shipped(), [1.0] * len(lines), document.tables)
    of_table = table_page(page, "requests")
    shown = replace(of_table, table=replace(of_table.table, columns=of_table.table.columns[1:]))
    (proposed,) = layout.propose(shown)
    writer = CellWriter(shown.lexicon.table, page, {})
    read_cells = cells_of(shown, proposed, {}, writer)
    assert read_cells["new_received"]["natural_person"].value == 3
    assert read_cells["new_received"]["other_organization"].state == "missing"


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def test_the_table_of_one_row_has_groups_over_columns() -> None:
    found = reading(
        html(
            ["1x5:行政诉讼", "1x5:行政复议"],
            ["1x5:复议后起诉", *(f"2x1:{label}" for label in reversed(RESULTS))],
            RESULTS,
            ["1", "2", "3", "4", "10", "5", "", "0", "0", "5"],
        ),
        "review_litigation",
    )
    assert found is not None
    assert cells(found)["litigation_after_review", "pending"] == "4"
    assert cells(found)["review", "total"] == "5"
    assert cells(found)["review", "pending"] is None


def test_two_different_rows_of_values_are_not_given() -> None:
    found = reading(html(["1x5:行政复议"], RESULTS, [*"10001"], [*"00000"]), "review_litigation")
    assert cells(found) == {}


def test_another_table_says_nothing() -> None:
    assert reading(html(["项目", "数量"], ["微博", "12"], ["微信", "3"]), "requests") is None


Markup = list[list[list[str]]]
"""The rows of a table, each cell as its rows, its columns and its text."""


def _missing_cell(rows: Markup, rng: Random) -> None:
    row = rng.choice(rows)
    row.pop(rng.randrange(len(row)))


def _cell_more(rows: Markup, rng: Random) -> None:
    row = rng.choice(rows)
    row.insert(rng.randrange(len(row)), ["1", "1", rng.choice(["", "7"])])


def _missing_row(rows: Markup, rng: Random) -> None:
    rows.remove(rng.choice(rows))


def _wrong_span(rows: Markup, rng: Random) -> None:
    side = rng.randrange(2)
    merged = [cell for row in rows for cell in row if cell[side] != "1"]
    if merged:
        cell = rng.choice(merged)
        cell[side] = str(int(cell[side]) + rng.choice([-1, 1]))


def _missing_label(rows: Markup, rng: Random) -> None:
    labels = [cell for row in rows for cell in row if cell[2] and not cell[2].isdigit()]
    rng.choice(labels)[2] = ""


DAMAGES = (_missing_cell, _cell_more, _missing_row, _wrong_span, _missing_label)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(25))
def test_no_cell_of_a_damaged_table_is_wrong(damage: Callable[[Markup, Random], None], seed: int) -> None:
    rng = Random(f"{damage.__name__}/{seed}")
    edition = rng.choice(["2019", "2021"])
    table = rng.choice(forms.named(edition).tables)
    printed = printed_cells(table, [row.id for row in table.rows if not row.optional])
    texts: Cells = {}
    for n, cell in enumerate(printed, 1000):
        if cell.cell:
            texts[cell.cell] = rng.choice([None, str(n), str(n)])
    rows: Markup = [
        [[str(cell.down), str(cell.across), _text(cell, texts)] for cell in row]
        for row in shuffled(printed, ())
    ]
    damage(rows, rng)
    found = reading(
        html(*([f"{down}x{across}:{text}" for down, across, text in row] for row in rows)), table.id, edition
    )
    read_cells = cells(found)
    assert read_cells == {place: texts[place] for place in read_cells}


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 5),
                st.integers(0, 300),
                st.sampled_from(
                    ["", "0", "12", "规章", "自然人", "总计", "行政复议", "结果维持", "====", "3 5", NEW]
                ),
            ),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_no_table_is_too_odd(rows: list[list[tuple[int, int, str]]]) -> None:
    markup = html(*([f"{down}x{across}:{text}" for down, across, text in row] for row in rows))
    for table in ("disclosure", "requests", "review_litigation"):
        reading("二、" + markup, table)


def shuffled(printed: Sequence[PrintedCell], order: Sequence[int]) -> list[list[PrintedCell]]:
    """Return the rows of a table whose columns of single width stand in another order."""
    rows: dict[int, list[PrintedCell]] = {}
    for cell in printed:
        rows.setdefault(cell.row, []).append(cell)
    return [
        sorted(cells, key=lambda cell: 3 + order.index(cell.column) if cell.column in order else cell.column)
        for _, cells in sorted(rows.items())
    ]


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("table_id", ["disclosure", "requests", "review_litigation"])
@pytest.mark.parametrize("seed", range(10))
def test_every_printed_table_is_read_as_it_was_filled_in(edition: str, table_id: str, seed: int) -> None:
    rng = Random(f"{edition}/{table_id}/{seed}")
    table = forms.named(edition).table(table_id)
    rows = [row.id for row in table.rows if not row.optional and rng.random() < 0.9]
    texts: Cells = {}
    for cell in printed_cells(table, rows):
        if cell.cell:
            texts[cell.cell] = rng.choice([None, "/", "0", str(rng.randrange(2000)), "1,234"])
    order = list(range(3, 10))
    if table_id == "requests":
        organizations = order[1:-1]
        rng.shuffle(organizations)
        order[1:-1] = organizations
    written = []
    for row in shuffled(printed_cells(table, rows), order):
        written.append([f"{cell.down}x{cell.across}:{_text(cell, texts)}" for cell in row])
    found = reading(html(*written), table_id, edition)
    assert found is not None
    assert cells(found) == texts


def _text(cell: PrintedCell, texts: Cells) -> str:
    return cell.text if cell.cell is None else texts[cell.cell] or ""


def test_column_that_counts_the_rows_has_no_values() -> None:
    table = html(("序号", *PUBLISHED), ("1", "规章", "0", "3", "15"), ("2", "行政规范性文件", "", "1", "6"))
    found = reading(table, "disclosure")
    assert found is not None
    assert found.foreign == []
    assert cells(found)["regulations", "issued"] == "0"
    assert cells(found)["normative_documents", "issued"] is None


def test_marks_of_blank_cells_beyond_all_headers_fill_up_a_row() -> None:
    filled_up = html((*PUBLISHED, ""), ("规章", "0", "3", "15", "/"))
    one_more = html((*PUBLISHED, ""), ("规章", "0", "3", "15", "9"))
    assert cells(reading(filled_up, "disclosure"))["regulations", "in_force"] == "15"
    assert reading(one_more, "disclosure") is None
