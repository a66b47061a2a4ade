"""Cells of whole files: numbers on two lines of a cell, and one number beside two rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.tables.printing import cell_of, html, markdown, read, reviews, word, workbook

COLUMNS = [
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_organization",
    "other_organization",
    "total",
]
WRITERS: dict[str, Callable[..., bytes]] = {"html": html, "docx": word, "xlsx": workbook}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_report_with_plain_numbers_needs_no_look(write: Callable[..., bytes]) -> None:
    report = read(write({"licensing.decisions": "569"}))
    assert (cell_of(report, "licensing.decisions").value, reviews(report)) == (569, [])


STACKED = {
    "html": html({"licensing.decisions": "5<br>69"}),
    "html with paragraphs": html({"licensing.decisions": "<p>12</p><p>3</p>"}),
    "html with units and a remark": html({"licensing.decisions": "5件<br/>69件<br>（其中不予许可2件）"}),
    "html of three": html({"licensing.decisions": "1<br>2<br>3"}),
    "markdown": markdown({"licensing.decisions": "5<br>69"}),
    "markdown with a unit": markdown({"licensing.decisions": "5 <br/> 69"}),
    "docx": word({"licensing.decisions": "5\n69"}),
    "xlsx": workbook({"licensing.decisions": "34\n27"}),
}


@pytest.mark.parametrize("content", STACKED.values(), ids=STACKED)
def test_two_numbers_on_two_lines_of_a_cell_are_not_joined(content: bytes) -> None:
    report = read(content)
    assert cell_of(report, "licensing.decisions").state == "ambiguous"
    assert reviews(report) == ["cells_ambiguous"]


def test_nor_are_those_in_a_row_of_seven() -> None:
    numbers = {"granted.natural_person": "1<br>2", "granted.total": "12"}
    report = read(html({**numbers, "new_received.natural_person": "12", "new_received.total": "12"}))
    assert cell_of(report, "granted.natural_person").state == "ambiguous"
    assert cell_of(report, "granted.total").value == 12


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_one_number_beside_two_rows_is_of_neither(write: Callable[..., bytes]) -> None:
    report = read(write({"penalties.decisions": "98", "licensing.decisions": "7"}, ["penalties.decisions"]))
    states = [cell_of(report, f"{row}.decisions").state for row in ("licensing", "penalties", "coercion")]
    assert states == ["printed", "ambiguous", "ambiguous"]
    assert reviews(report) == ["cells_ambiguous"]


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_nor_are_seven_numbers_beside_two_rows(write: Callable[..., bytes]) -> None:
    shared = [f"unavailable_needs_creation.{column}" for column in COLUMNS]
    report = read(write({shared[0]: "3", shared[-1]: "3"}, shared))
    for row in ("unavailable_needs_creation", "unavailable_still_unclear"):
        assert {cell_of(report, f"{row}.{column}").state for column in COLUMNS} == {"ambiguous"}
    assert cell_of(report, "unavailable_not_held.total").value == 0
    assert "cells_ambiguous" in reviews(report)


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_beside_two_rows_only_the_column_of_the_number_is_open(write: Callable[..., bytes]) -> None:
    report = read(write({"granted.natural_person": "2"}, ["granted.natural_person"]))
    for row in ("granted", "partially_granted"):
        states = [cell_of(report, f"{row}.{column}").state for column in COLUMNS]
        assert states == ["ambiguous", *["printed"] * 6]


UNTOLD = {
    "small print": "3<small>1</small>",
    "small print before a unit": "3<small>1</small>件",
    "small decimals": "1,234<small>.56</small>",
    "a picture": '<img src="35.png" alt="35">',
    "a drawing": "<canvas></canvas>",
}


@pytest.mark.parametrize("markup", UNTOLD.values(), ids=UNTOLD)
@pytest.mark.parametrize("name", ["licensing.decisions", "granted.natural_person", "review.upheld"])
def test_a_cell_that_cannot_be_read_from_its_text_is_not_told(name: str, markup: str) -> None:
    report = read(html({name: markup}))
    assert cell_of(report, name).state == "ambiguous"
    assert "cells_ambiguous" in reviews(report)


SEEN = {
    "hidden by a sheet": ('<span class="hide2">2</span>18', 18),
    "a link to a note": ('0<a href="#fn8">8</a>', 0),
    "a button": ("<button>0</button>", 0),
    "a reading": ("<ruby>2<rt>7</rt></ruby>", 2),
}


@pytest.mark.parametrize(("markup", "value"), SEEN.values(), ids=SEEN)
def test_a_cell_holds_what_is_seen(markup: str, value: int) -> None:
    report = read(html({"licensing.decisions": markup}, head="<style>.hide2{display:none}</style>"))
    assert (cell_of(report, "licensing.decisions").value, reviews(report)) == (value, [])


@pytest.mark.parametrize("remark", ["上年数", "应为8"])
def test_sums_do_not_overrule_what_remarks_behind_many_numbers_say(remark: str) -> None:
    rows = ["new_received", "granted", "partially_granted", "denied_state_secret", "total"]
    filled = {f"{row}.{column}": f"0（{remark}）" for row in rows for column in COLUMNS}
    report = read(html(filled))
    assert {cell_of(report, name).state for name in filled} == {"ambiguous"}
