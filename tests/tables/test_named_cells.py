"""Tables whose cells say their columns before their numbers, as pages for telephones set them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from nlp.form import form as forms
from nlp.record.model import Cell, Report
from tests.tables import printing

FORM = forms.named("2021")
REQUESTS = FORM.table("requests")
Pairs = Sequence[tuple[str, str]]
"""The names of columns and what stands behind each."""


def beside(label: str, pairs: Pairs) -> Iterator[str]:
    yield "\t".join([label, *(f"{name}：{text}" for name, text in pairs)])


def between_pipes(label: str, pairs: Pairs) -> Iterator[str]:
    yield f"| {' | '.join([label, *(f'{name}: {text}' for name, text in pairs)])} |"


def below(label: str, pairs: Pairs) -> Iterator[str]:
    yield label
    yield from (f"{name}：{text}" for name, text in pairs)


def on_lines_of_their_own(label: str, pairs: Pairs) -> Iterator[str]:
    yield label
    for name, text in pairs:
        yield f"{name}："
        yield text


def in_one_cell(label: str, pairs: Pairs) -> Iterator[str]:
    yield f"{label}\t{'，'.join(f'{name}：{text}' for name, text in pairs)}"


WAYS = [beside, between_pipes, below, on_lines_of_their_own, in_one_cell]


def page(way: Callable[[str, Pairs], Iterator[str]], granted: Pairs, more: Sequence[str] = ()) -> bytes:
    """Return a report whose 二, 三 and 四 have 0 in all cells but those of 予以公开."""
    written = [*printing.BEFORE]
    for table in FORM.tables:
        written.append(printing.CHAPTERS[table.id])
        for row in table.rows:
            if not row.optional:
                zeros = [(table.column[column].label, "0") for column in row.columns]
                written += way(row.label, granted if row.id == "granted" else zeros)
                written += more if row.id == "granted" else ()
    return "\n".join([*written, *printing.BEHIND]).encode()


def told(report: Report, row: str = "granted") -> dict[str, object]:
    return {column: _told(cell) for column, cell in report.tables["requests"][row].items()}


def _told(cell: Cell) -> object:
    return cell.value if cell.state == "printed" else cell.state


NAMES = [column.label for column in REQUESTS.columns]
GRANTED = list(zip(NAMES, ["8", "0", "31", "0", "2", "0", "41"], strict=True))
READ = dict(zip(REQUESTS.column, [8, 0, 31, 0, 2, 0, 41], strict=True))


@pytest.mark.parametrize("way", WAYS)
def test_each_number_is_its_columns_that_stands_before_it(
    way: Callable[[str, Pairs], Iterator[str]],
) -> None:
    report = printing.read(page(way, GRANTED))
    assert told(report) == READ
    rows = [row for rows in report.tables.values() for row in rows.values()]
    assert {cell.state for row in rows for cell in row.values()} == {"printed"}


@pytest.mark.parametrize("way", WAYS)
def test_names_in_another_order_tell_the_columns_all_the_same(
    way: Callable[[str, Pairs], Iterator[str]],
) -> None:
    assert told(printing.read(page(way, GRANTED[::-1]))) == READ


@pytest.mark.parametrize("mark", ["", "/"])
def test_a_name_without_a_number_is_that_of_a_blank_cell(mark: str) -> None:
    without = [(name, mark if name == "商业企业" else text) for name, text in GRANTED]
    for way in (beside, below):
        assert told(printing.read(page(way, without))) == READ | {"commercial_enterprise": "blank"}


def test_cells_of_a_site_say_their_columns() -> None:
    filled = {}
    for table in FORM.tables:
        for row in table.rows:
            for column in row.columns:
                name = f"{row.id}.{column}"
                filled[name] = f"<span>{table.column[column].label}：</span>0"
    for column, number in READ.items():
        filled[f"granted.{column}"] = filled[f"granted.{column}"].replace("0", str(number))
    report = printing.read(printing.html(filled))
    assert told(report) == READ
    assert "cells_out_of_place" not in printing.reviews(report)
    rows = report.tables["review_litigation"].values()
    assert {cell.state for row in rows for cell in row.values()} == {"printed"}


def test_a_number_that_says_no_column_leaves_its_row_open() -> None:
    report = printing.read(page(below, GRANTED, more=["6", "自然人：5"]))
    assert set(told(report).values()) == {"ambiguous"}
    assert set(told(report, "partially_granted").values()) == {0}


def test_the_columns_of_a_name_that_is_there_twice_and_of_one_that_is_not_are_told_apart() -> None:
    twice = [("商业企业", "8"), *GRANTED[1:]]
    read = told(printing.read(page(below, twice)))
    assert read == READ | {"natural_person": "missing", "commercial_enterprise": "ambiguous"}


def test_numbers_behind_another_text_than_a_rows_label_are_not_the_rows() -> None:
    strange = [("自然人", "70"), ("总计", "70")]
    report = printing.read(page(below, GRANTED, more=list(below("其中：网上申请", strange))))
    assert told(report) == READ
    assert "rows_unknown" in printing.reviews(report)


def test_a_text_that_names_no_column_gives_its_number_to_none() -> None:
    strange = [("媒体", "8"), *GRANTED[1:]]
    assert told(printing.read(page(below, strange)))["natural_person"] == "missing"


def test_a_number_on_the_line_below_a_blank_cell_is_not_its_own_where_others_stand_on_theirs() -> None:
    blank = [*GRANTED[:-1], ("总计", "")]
    report = printing.read(page(below, blank, more=["17"]))
    assert told(report)["total"] != 17
