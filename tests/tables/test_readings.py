"""How the layouts' readings of a page are judged and compared."""

from __future__ import annotations

from nlp.form import form as forms
from nlp.tables.judge import shipped
from nlp.tables.page.regions import find_regions
from nlp.tables.reading import Manner, Reading
from nlp.tables.readings import LAYOUTS, PIECEMEAL, best_of, readings_of
from nlp.tables.score import Faults, weights
from nlp.tables.solver.digit_cuts import WORDS
from nlp.tables.table_page import Page, TablePage, table_page
from nlp.text.lines import split

IN_ORDER = """一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
（一）予以公开 3 0 0 0 0 0 3"""
WITH_UNKNOWN_ROW = f"{IN_ORDER}\n（二）另行告知 5 0 0 0 0 0 5\n（七）总计"


def page(text: str, furniture: int | None = None) -> TablePage:
    """Return a page of one table, all of whose lines but one are surely its own."""
    lines = split(text)
    labels: list[str | None] = ["table_row"] * len(lines)
    regions = find_regions(lines, labels, {"requests": (1, len(lines))})
    in_table = [0.1 if line.n == furniture else 1.0 for line in lines]
    return table_page(Page(forms.named("2021"), lines, regions, WORDS, shipped(), in_table), "requests")


def test_a_reading_that_explains_everything_ends_the_search() -> None:
    (reading,) = readings_of(page(IN_ORDER))
    assert reading.manner is Manner.BEHIND
    assert reading.faults.none


def test_every_layout_is_asked_where_none_explains_everything() -> None:
    readings = readings_of(page(WITH_UNKNOWN_ROW))
    assert len(readings) > 1
    assert readings[0].faults.empty_rows == 1
    assert [token.text for token in readings[0].of_unknown_labels] == list("5000005")


def test_a_table_of_which_one_row_lacks_its_numbers_is_in_no_boxes() -> None:
    readings = readings_of(page(WITH_UNKNOWN_ROW))
    assert readings[0].has_one_misfit
    assert all(reading.manner is not Manner.PIECEMEAL for reading in readings)


def test_a_reading_that_gives_a_row_the_numbers_of_an_unknown_label_is_not_the_best() -> None:
    best = best_of(readings_of(page(WITH_UNKNOWN_ROW)), weights())
    assert best.faults.taken_from_unknown == 0
    assert not best.runs["total"]


def test_a_reading_pays_for_numbers_of_a_line_that_is_hardly_a_tables() -> None:
    (sure,) = readings_of(page(IN_ORDER))
    (unlikely,) = readings_of(page(IN_ORDER, furniture=2))
    assert (sure.faults.furniture, unlikely.faults.furniture) == (0.0, 0.9)
    assert unlikely.faults.none
    assert unlikely.faults.cost(weights()) > sure.faults.cost(weights())


def test_a_reading_hardly_dearer_leaves_rows_in_doubt() -> None:
    (reading,) = readings_of(page(IN_ORDER))
    other_runs = {**reading.runs, "granted": reading.runs["new_received"][:3]}
    near = Reading("near", Manner.BEHIND, other_runs, reading.matches, faults=reading.faults)
    far = Reading("far", Manner.BEHIND, other_runs, reading.matches, faults=Faults(empty_rows=20))
    assert list(best_of([reading, near], weights()).alternatives) == ["granted"]
    assert not best_of([reading, far], weights()).alternatives


def test_every_layout_proposes_nothing_for_an_empty_page_or_a_reading_of_nothing() -> None:
    empty = page("无")
    for layout in (*LAYOUTS, *PIECEMEAL):
        for reading in layout.propose(empty):
            assert not reading.runs
            assert not reading.cells
