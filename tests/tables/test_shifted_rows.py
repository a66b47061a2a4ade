"""Rows whose numbers stand in front of their columns, and those that look so."""

from __future__ import annotations

import pytest

from nlp.form import form as forms
from nlp.record.model import TableCells
from nlp.tables.assemble import assemble
from nlp.text.lines import split
from tests.tables import printing

FULL = "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3"
ZEROS = "0\t0\t0\t0\t0\t0\t0"
LABEL = "二、上年结转政府信息公开申请数量"


def requests(*rows: str) -> TableCells:
    lines = split("\n".join(rows))
    return assemble(lines, ["table_row"] * len(lines), {"requests": (1, len(lines))}, 2022).tables["requests"]


SHIFTED = ["2\t2\t\t\t\t\t", "1\t4\t5\t\t\t\t", "3\t0\t0\t0\t0\t3\t", "9000009\t\t\t\t\t\t", "\t6\t6\t\t\t\t"]


@pytest.mark.parametrize("numbers", SHIFTED)
def test_a_total_in_another_column_leaves_its_row_open(numbers: str) -> None:
    rows = requests(FULL, f"{LABEL}\t{numbers}")
    assert {cell.state for cell in rows["carried_over"].values()} == {"ambiguous"}
    assert {cell.state for cell in rows["new_received"].values()} == {"printed"}


NOT_SHIFTED = ["2\t1\t\t\t\t\t", "0\t0\t\t\t\t\t", "12345\t\t\t\t\t\t", "2\t\t\t\t\t\t2", "\t\t\t\t\t\t"]


@pytest.mark.parametrize("numbers", NOT_SHIFTED)
def test_other_rows_with_blank_cells_are_told(numbers: str) -> None:
    rows = requests(FULL, f"{LABEL}\t{numbers}")
    assert "ambiguous" not in {cell.state for cell in rows["carried_over"].values()}


MAY_HAVE_LOST_ONE = ["2\t0\t0\t0\t1\t4\t", "0\t0\t0\t0\t0\t8\t", "1\t0\t5\t\t\t\t"]


@pytest.mark.parametrize("numbers", MAY_HAVE_LOST_ONE)
def test_a_last_number_that_may_be_a_total_leaves_its_row_open_where_other_rows_have_theirs(
    numbers: str,
) -> None:
    rows = requests(FULL, f"{LABEL}\t{numbers}", "（一）予以公开\t2\t1\t0\t0\t0\t0\t3")
    assert {cell.state for cell in rows["carried_over"].values()} == {"ambiguous"}
    assert rows["granted"]["total"].value == 3


def test_a_number_less_than_those_before_it_is_no_total() -> None:
    rows = requests(FULL, f"{LABEL}\t2\t0\t0\t0\t3\t4\t", "（一）予以公开\t2\t1\t0\t0\t0\t0\t3")
    assert rows["carried_over"]["other_organization"].value == 4


def test_most_rows_without_a_total_show_whether_one_is_shifted() -> None:
    rows = requests(
        f"{LABEL}\t2\t1\t\t\t\t\t",
        "（一）予以公开\t3\t1\t\t\t\t\t",
        "1.属于国家秘密\t4\t1\t1\t\t\t\t",
        "2.重复申请\t1\t1\t\t\t\t\t",
    )
    assert rows["rejected_repeat"]["natural_person"].value == 1


def test_where_no_row_has_its_total_the_last_number_is_none() -> None:
    rows = requests(
        f"{LABEL}\t1\t0\t0\t0\t2\t4\t",
        "（一）予以公开\t5\t1\t0\t0\t0\t0\t",
        "1.属于国家秘密\t4\t1\t1\t0\t0\t0\t",
    )
    assert rows["carried_over"]["other_organization"].value == 4


def test_a_blank_total_is_told_where_the_sums_of_the_columns_hold_as_the_numbers_stand() -> None:
    numbers = {
        "new_received": "0\t0\t0\t0\t0\t1\t",
        "denied_third_party_rights": "0\t2\t0\t0\t0\t1\t3",
        "carried_over": "0\t2\t0\t0\t0\t0\t2",
        "total": "0\t2\t0\t0\t0\t1\t3",
    }
    printed = [row for row in forms.named("2021").table("requests").rows if not row.optional]
    rows = requests(*(f"{row.label}\t{numbers.get(row.id, ZEROS)}" for row in printed))
    assert [cell.value for cell in rows["new_received"].values()] == [0, 0, 0, 0, 0, 1, None]
    broken = numbers | {"new_received": "0\t0\t0\t0\t1\t1\t"}
    rows = requests(*(f"{row.label}\t{broken.get(row.id, ZEROS)}" for row in printed))
    assert {cell.state for cell in rows["new_received"].values()} == {"ambiguous"}


def test_a_broken_sum_casts_doubt_on_a_row_with_a_blank_cell_only_where_two_numbers_may_be_one() -> None:
    digits = requests(FULL, f"{LABEL}\t0\t\t1\t0\t0\t0\t3")
    number = requests(FULL, f"{LABEL}\t0\t\t12\t0\t0\t0\t3")
    sure, doubted = (rows["carried_over"]["natural_person"].confidence for rows in (digits, number))
    assert sure > doubted


def test_a_blank_total_in_a_given_cell_of_its_own_may_be_that_of_a_row_that_lost_a_cell() -> None:
    """Sites fill such a row up with a blank cell at its end; the sums of the columns do not hold then."""
    numbers = {"carried_over.natural_person": "5", "carried_over.total": "5", "granted.natural_person": "3"}
    blank = {"new_received.other_organization": "1", "new_received.total": ""}
    report = printing.read(printing.html(numbers | {"granted.total": "3"} | blank))
    row = report.tables["requests"]["new_received"]
    assert {cell.state for cell in row.values()} == {"ambiguous"}
