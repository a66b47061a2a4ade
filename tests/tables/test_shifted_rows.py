"""Rows whose numbers stand in front of their columns, and those that look so."""

from __future__ import annotations

import pytest

from nlp.record.model import TableCells
from nlp.tables.assemble import assemble
from nlp.text.lines import split

FULL = "一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t3"
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
