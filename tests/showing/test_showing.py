"""Records shown in the look of the form."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from lxml import html
from msgspec.structs import replace

from nlp.checking.sums import assess
from nlp.form.form import Form, Table, editions, named
from nlp.form.printed import PrintedCell, printed_cells
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report, Review
from nlp.showing.record import fragment
from tests.project import ROOT

SAMPLES = ROOT / "data" / "samples"
TABLES = [pytest.param(one, id=f"{form.edition}-{one.id}") for form in editions() for one in form.tables]


def drawn(table: Table) -> list[PrintedCell]:
    return printed_cells(table, [row.id for row in table.rows if not row.optional])


@pytest.mark.parametrize("table", TABLES)
def test_the_boxes_of_a_table_cover_it_once(table: Table) -> None:
    covered = [
        (box.row + down, box.column + across)
        for box in drawn(table)
        for down in range(box.down)
        for across in range(box.across)
    ]
    height, width = (1 + max(axis) for axis in zip(*covered, strict=True))
    assert sorted(covered) == [(row, column) for row in range(height) for column in range(width)]


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_and_every_label_of_a_table_is_drawn(table: Table) -> None:
    found = drawn(table)
    there = [row for row in table.rows if not row.optional]
    assert [box.cell for box in found if box.cell] == [(row.id, c) for row in there for c in row.columns]
    text = " ".join(box.text for box in found)
    labels = [*(row.label for row in there), *(c.label for c in table.columns), *table.groups]
    used = {row.group for row in there} | {table.groups[0]}
    assert [one for one in labels if one not in text and (one not in table.groups or one in used)] == []


@cache
def read(name: str) -> Report:
    return Reader().read(Input(str(SAMPLES / name)))


def changed(id: str, **change: Any) -> Report:
    report = read("02-pipes-2019.txt")
    tables = {t: {r: dict(cells) for r, cells in rows.items()} for t, rows in report.tables.items()}
    table, row, column = id.split(".")
    tables[table][row][column] = replace(tables[table][row][column], **change)
    form: Form = named(report.form or "")
    return replace(report, tables=tables, checks=assess(form, tables))


def cells(report: Report, mark: str) -> list[tuple[str, str]]:
    """Return text and tooltip of the values that bear a mark."""
    values = html.fromstring(fragment(report)).iter("td")
    marked = (one for one in values if mark in (one.get("class") or "").split())
    return [(one.text or "", one.get("title", "")) for one in marked]


def test_every_value_is_shown_once_in_its_place() -> None:
    report = read("02-pipes-2019.txt")
    page = html.fromstring(fragment(report))
    shown = [one.text for one in page.iter("td")]
    assert shown == [str(cell.value) for _, cell in report.cells()]


def test_a_broken_sum_marks_its_cells_and_says_which() -> None:
    marked = cells(changed("review_litigation.review.total", value=4, text="4"), "broken")
    assert [text for text, _ in marked] == ["0", "0", "0", "0", "4"]
    assert all("不平衡：“行政复议”一行：“总计”为 4" in tip for _, tip in marked)


def test_a_blank_cell_is_told_from_0() -> None:
    ((text, tip),) = cells(changed("disclosure.fees.change", value=None, text="/", state="blank"), "blank")
    assert (text, tip.splitlines()[0]) == ("/", "印为“/”，作空白，不是 0")


def test_an_ambiguous_cell_tells_what_it_may_be() -> None:
    ambiguous = {"value": None, "text": None, "state": "ambiguous", "line": None, "span": None}
    marked = cells(changed("disclosure.fees.change", **ambiguous, candidates=[3, 8]), "ambiguous")
    assert marked == [("?", "看到了数字，但无法判断属于哪一格\n可能是 3 或 8")]


def test_a_doubtful_cell_tells_how_sure_it_is() -> None:
    ((_, tip),) = cells(changed("disclosure.fees.change", confidence=0.61), "doubtful")
    assert "读取把握不大（61%），请核对" in tip


def test_only_the_marks_that_are_used_are_explained() -> None:
    assert "legend" not in fragment(read("02-pipes-2019.txt")).split("</style>")[1]
    assert "数字不平衡</span>" in fragment(changed("review_litigation.review.total", value=4, text="4"))


def test_rows_in_whose_place_one_row_is_printed_are_not_drawn() -> None:
    report = read("01-tabs-2025.txt")
    assert "other" in report.tables["requests"]
    assert "逾期不补正" not in fragment(report)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202e"])
def test_text_of_a_report_never_becomes_markup(text: str) -> None:
    source = replace(read("02-pipes-2019.txt").source, path=text, name=text)
    report = changed("disclosure.fees.change", value=None, text=text, state="blank", confidence=0.2)
    shown = fragment(replace(report, organization=text, source=source, review=[Review("x", text)]))
    page = html.fromstring(shown)
    assert {str(one.tag) for one in page.iter()} <= {
        *("div", "style", "article", "h2", "h3", "p", "ol", "li", "span", "table", "caption", "tbody"),
        *("tr", "td", "th", "i"),
    }
    assert "\u202e" not in shown


def test_a_report_without_a_form_shows_why() -> None:
    shown = fragment(Report(source=read("02-pipes-2019.txt").source))
    assert "没有可以核对的表格" in shown
    assert "<table" not in shown
