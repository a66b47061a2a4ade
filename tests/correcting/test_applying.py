"""A report is read, corrected, and read again by another reader."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET, json
from msgspec.structs import replace

from nlp.correcting.applying import applied, as_read
from nlp.correcting.decisions import decisions
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.corrections import Correction
from nlp.record.model import Cell, Improvement, Problem, Report, Section
from nlp.resources import folder
from nlp.writers import jsonl

TOTAL = "requests.total.natural_person"
FIELD = f"tables.{TOTAL}"


@pytest.fixture(scope="module")
def report() -> Report:
    """A report whose sums all hold and that no one has to look at."""
    return Reader().read(Input(str(folder("data") / "samples" / "01-tabs-2025.txt")))


def with_corrections(report: Report, *corrections: dict[str, Any]) -> Report:
    """Return a report with corrections, given without the report's id."""
    lines = [Correction(id=report.id, **correction) for correction in corrections]
    return applied(report, decisions(lines).get(report.id, {}))


def with_cell(report: Report, id: str, cell: Cell) -> Report:
    """Return a report that was read otherwise in one cell."""
    table, row, column = id.split(".")
    rows = report.tables[table]
    return replace(report, tables={**report.tables, table: {**rows, row: {**rows[row], column: cell}}})


def codes(report: Report) -> list[str]:
    return [review.code for review in report.review]


def test_a_corrected_cell_has_its_value_and_what_was_read(report: Report) -> None:
    was = report.cell(TOTAL)
    cell = with_corrections(report, {"field": FIELD, "read": was.value, "value": 4711}).cell(TOTAL)
    assert (cell.value, cell.state, cell.confidence, cell.read) == (4711, "corrected", 1.0, was)


def test_a_confirmed_cell_is_as_it_was_read(report: Report) -> None:
    was = report.cell(TOTAL)
    cell = with_corrections(report, {"field": FIELD, "read": was.value, "state": "confirmed"}).cell(TOTAL)
    assert (cell.value, cell.line, cell.state, cell.on_page) == (was.value, was.line, "confirmed", "printed")


@pytest.mark.parametrize(
    ("correction", "on_page"),
    [({"value": None}, "blank"), ({"state": "missing"}, "missing"), ({"value": 7.0}, "printed")],
)
def test_a_cell_may_be_blank_or_not_there(report: Report, correction: dict[str, Any], on_page: str) -> None:
    cell = with_corrections(report, {"field": FIELD, **correction}).cell(TOTAL)
    assert (cell.state, cell.on_page) == ("corrected", on_page)
    assert isinstance(cell.value, int | None)


def test_a_corrected_record_is_a_record(report: Report) -> None:
    corrected = with_corrections(report, {"field": FIELD, "read": 1, "value": 2, "by": "Li", "note": "p. 3"})
    assert json.decode(jsonl.line(corrected), type=Report) == corrected
    assert corrected.id == report.id == report.source.sha256[:16]


def test_corrections_are_taken_back_by_reading_the_record_without_them(report: Report) -> None:
    corrections: list[dict[str, Any]] = [
        {"field": FIELD, "value": 4711},
        {"field": "year", "value": 1999},
        {"field": "problems", "value": ["更新不及时"]},
        {"field": "sections.overview", "state": "missing"},
        {"field": "tables.requests.other.total", "value": 3},
    ]
    corrected = with_corrections(report, *corrections)
    assert as_read(corrected) == report
    assert applied(corrected, {}) == report
    assert with_corrections(corrected, *corrections) == corrected


def test_the_corrections_stand_when_another_reader_reads_something_else(report: Report) -> None:
    correction = {"field": FIELD, "read": report.cell(TOTAL).value, "value": 4711}
    other = with_cell(report, TOTAL, Cell(99, "99", "printed", 3, (5, 7), 0.99))
    corrected = with_corrections(other, correction)
    assert (corrected.cell(TOTAL).value, corrected.cell(TOTAL).read) == (4711, other.cell(TOTAL))
    assert "correction_stale" in codes(corrected)
    assert [decision.stale for decision in corrected.corrections or []] == [True]


def test_a_confirmation_of_another_reading_stands_and_is_stale(report: Report) -> None:
    was = report.cell(TOTAL).value
    other = with_cell(report, TOTAL, Cell(99, "99", "printed", 3, (5, 7), 0.99))
    corrected = with_corrections(other, {"field": FIELD, "read": was, "state": "confirmed"})
    assert (corrected.cell(TOTAL).value, corrected.cell(TOTAL).state) == (was, "corrected")
    assert "correction_stale" in codes(corrected)


def test_a_reader_that_comes_to_read_what_a_person_said_is_right(report: Report) -> None:
    other = with_cell(report, TOTAL, Cell(4711, "4711", "printed", 3, (5, 9), 0.7))
    corrected = with_corrections(other, {"field": FIELD, "read": 1, "value": 4711})
    assert corrected.cell(TOTAL).state == "confirmed"
    assert "correction_stale" not in codes(corrected)


def test_an_ambiguous_cell_is_settled_and_its_reason_gone(report: Report) -> None:
    doubtful = with_cell(report, TOTAL, Cell(None, None, "ambiguous", None, None, 0.3, [1, 2]))
    from nlp.checking.reasons import reason

    cells = [TOTAL, "requests.total.total"]
    doubtful = replace(doubtful, review=[reason("cells_ambiguous", cells, count=2, ids=", ".join(cells))])
    was = {"state": "ambiguous", "value": None}
    corrected = with_corrections(doubtful, {"field": FIELD, "read": was, "value": report.cell(TOTAL).value})
    assert [review.cells for review in corrected.review] == [["requests.total.total"]]
    assert "What stands in 1 cells" in corrected.review[0].message
    assert corrected.review[0].message.endswith(": requests.total.total.")


def test_a_slip_of_the_person_that_breaks_a_sum_is_put_up_for_review(report: Report) -> None:
    corrected = with_corrections(report, {"field": FIELD, "value": 4711})
    assert codes(corrected) == ["sums_broken"]
    message = {"message": corrected.review[0].message, "cells": corrected.review[0].cells}
    settled = {"field": "review.sums_broken", "state": "confirmed", "read": message}
    assert codes(with_corrections(report, {"field": FIELD, "value": 4711}, settled)) == []


def test_agency_and_year_are_decided_and_their_reasons_gone(report: Report) -> None:
    from nlp.checking.reasons import reason

    doubtful = replace(report, year=None, review=[reason("year_unknown"), reason("organization_unknown")])
    corrected = with_corrections(doubtful, {"field": "year", "read": None, "value": 2025})
    assert (corrected.year, corrected.year_confidence, codes(corrected)) == (
        2025,
        1.0,
        ["organization_unknown"],
    )
    again = with_corrections(replace(doubtful, year=2024), {"field": "year", "read": None, "value": 2025})
    assert codes(again) == ["organization_unknown", "correction_stale"]


def test_a_table_all_of_whose_cells_are_confirmed_needs_no_other_look(report: Report) -> None:
    from nlp.checking.reasons import reason

    doubtful = replace(report, review=[reason("rows_out_of_order", table="review_litigation")])
    confirmations = [
        {"field": f"tables.{id}", "read": {"state": cell.state, "value": cell.value}, "state": "confirmed"}
        for id, cell in report.cells()
        if id.startswith("review_litigation.")
    ]
    assert codes(with_corrections(doubtful, *confirmations[1:])) == ["rows_out_of_order"]
    assert codes(with_corrections(doubtful, *confirmations)) == []


def test_a_cell_that_the_form_of_the_report_lacks_is_kept_and_told(report: Report) -> None:
    corrected = with_corrections(report, {"field": "tables.disclosure.regulations.produced", "value": 3})
    assert codes(corrected) == ["correction_stale"]
    assert corrected.tables == report.tables


def test_tables_that_were_not_read_can_be_typed(report: Report) -> None:
    nothing = replace(report, form=None, tables={}, checks=[], claims=[])
    corrected = with_corrections(nothing, {"field": "form", "value": "2021"}, {"field": FIELD, "value": 3})
    assert corrected.cell(TOTAL).value == 3
    assert as_read(corrected) == nothing


def test_disputed_fields_are_as_read_and_put_up_for_review(report: Report) -> None:
    disputed = with_corrections(report, {"field": FIELD, "value": [], "state": "disputed"})
    assert disputed.cell(TOTAL) == report.cell(TOTAL)
    assert codes(disputed) == ["corrections_disagree"]
    assert disputed.review[0].cells == [TOTAL]


PROBLEMS = [Problem("更新不及时；队伍不稳", (7, 7), (100, 110)), Problem("宣传不够", (8, 8), (120, 124))]
MEASURES = [
    Improvement("加强更新", (9, 9), (130, 134), [0]),
    Improvement("加强宣传", (10, 10), (140, 144), [1]),
]


@pytest.fixture
def prose(report: Report) -> Report:
    """A report with two problems, the first of which is two, and two measures."""
    return replace(report, problems=PROBLEMS, improvements=MEASURES)


def texts(items: list[Problem] | list[Improvement]) -> list[str]:
    return [item.text for item in items]


def test_an_item_is_split_and_the_pairing_follows(prose: Report) -> None:
    pieces = [{"text": "更新不及时", "lines": [7, 7], "span": [100, 105]},
              {"text": "队伍不稳", "lines": [7, 7], "span": [106, 110]}, "宣传不够"]  # fmt: skip
    split = with_corrections(prose, {"field": "problems", "read": texts(PROBLEMS), "value": pieces})
    assert texts(split.problems) == ["更新不及时", "队伍不稳", "宣传不够"]
    assert split.problems[2] == PROBLEMS[1], "an item that is given by its text keeps its place"
    assert [measure.answers for measure in split.improvements] == [[0, 1], [2]]
    assert codes(split) == []


def test_items_are_joined_reworded_and_paired(prose: Report) -> None:
    pairing = {"text": "加强更新和宣传", "answers": ["宣传不够", "更新不及时"]}
    joined = with_corrections(
        prose,
        {"field": "problems.0", "read": PROBLEMS[0].text, "value": "更新不及时"},
        {"field": "improvements", "value": [pairing]},
    )
    assert texts(joined.problems) == ["更新不及时", "宣传不够"]
    assert [measure.answers for measure in joined.improvements] == [[0, 1]]
    assert joined.improvements[0].lines is None, "no one said where it stands"


def test_an_item_is_known_by_its_text_where_it_moved(prose: Report) -> None:
    correction = {"field": "problems.1", "read": "宣传不够", "state": "missing"}
    moved = replace(prose, problems=PROBLEMS[::-1])
    assert texts(with_corrections(moved, correction).problems) == [PROBLEMS[0].text]
    gone = replace(prose, problems=[Problem("宣传不足", (8, 8), (120, 124))])
    reworded = {"field": "problems.1", "read": "宣传不够", "value": "宣传力度不够"}
    assert codes(with_corrections(gone, reworded)) == ["correction_stale"]


def test_a_pairing_with_a_problem_that_is_not_there_is_told(prose: Report) -> None:
    pairing = {"text": "加强更新", "answers": ["没有这一条"]}
    corrected = with_corrections(prose, {"field": "improvements.0", "read": "加强更新", "value": pairing})
    assert (corrected.improvements[0].answers, codes(corrected)) == ([], ["correction_stale"])


def test_a_whole_list_counts_over_the_items_before_it(prose: Report) -> None:
    item = {"field": "problems.0", "value": "甲"}
    whole = {"field": "problems", "value": ["乙"]}
    assert texts(with_corrections(prose, item, whole).problems) == ["乙"]
    assert texts(with_corrections(prose, whole, item).problems) == ["甲"]
    withdrawn = {"field": "problems", "state": "withdrawn"}
    assert texts(with_corrections(prose, item, whole, withdrawn).problems) == ["甲", "宣传不够"]


def test_borders_of_chapters_are_moved_and_chapters_added_and_removed(report: Report) -> None:
    read = [
        Section("overview", "一、总体情况", 1, (5, 18), "正文", []),
        Section("other_matters", "六", 1, (30, 31), ""),
    ]
    prose = replace(report, sections=read)
    corrected = with_corrections(
        prose,
        {"field": "sections.overview", "read": [5, 18], "value": {"lines": [5, 16], "text": "正"}},
        {"field": "sections.overview.platforms", "read": None, "value": {"lines": [9, 16]}},
        {"field": "sections.problems_and_improvements", "read": None, "value": {"lines": [20, 29]}},
        {"field": "sections.other_matters", "read": [30, 31], "state": "missing"},
    )
    assert [(section.kind, section.lines) for section in corrected.sections] == [
        ("overview", (5, 16)),
        ("problems_and_improvements", (20, 29)),
    ]
    assert corrected.sections[0].text == "正"
    assert [part.kind for part in corrected.sections[0].sections] == ["platforms"]
    assert codes(corrected) == []
    stale = with_corrections(
        prose, {"field": "sections.overview", "read": [5, 17], "value": {"lines": [5, 16]}}
    )
    assert (stale.sections[0].lines, codes(stale)) == ((5, 16), ["correction_stale"])


def test_an_error_record_has_nothing_to_correct() -> None:
    failed = Reader().read(Input("absent.txt"))
    assert applied(failed, {"year": Correction(id="0" * 16, field="year", value=2022)}) == failed
    assert failed.corrections is UNSET
