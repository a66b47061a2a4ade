"""Numbers at other rows than their own, and what then is told of the rows without numbers."""

from __future__ import annotations

import pytest

from nlp.form.labels.lexicon import lexicon
from nlp.tables.assemble import assemble
from nlp.tables.columns.displaced import are_displaced, is_overprinted, is_several
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.rows import following
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split

FIRST, GRANTED, DENIED = "一、本年新收政府信息公开申请数量", "（一）予以公开", "1.属于国家秘密"
REPEATED, TOTAL = "2.重复申请", "（七）总计"
LAST = lexicon("2021", "requests").table.total_end


def is_astray(*lines: str) -> bool:
    known = lexicon("2021", "requests")
    found = [token for line in split("\n".join(lines)) for token in tokens(line)]
    reading = following(found, match_labels(found, known), known.table)
    return are_displaced(reading, known.table)


PAGES = {
    "nothing where there are requests": ((FIRST, GRANTED, "2 0 0 0 0 0 2", TOTAL), True),
    "a total of nothing": ((FIRST, GRANTED, TOTAL, "2 0 0 0 0 0 2"), True),
    "several rows' numbers": ((FIRST, GRANTED, "9\n9\n4\n4", TOTAL, "13 13"), True),
    "zeros alone": ((FIRST, GRANTED, "0 0 0 0 0 0 0", TOTAL), False),
    "blank rows": ((FIRST, "2 2", GRANTED, "2 2", DENIED, TOTAL, "2 2"), False),
    "one row on a line whose total is wrong": ((FIRST, "1 1 2 2", GRANTED, "1 1", TOTAL, "1 1"), False),
}


@pytest.mark.parametrize(("lines", "expected"), PAGES.values(), ids=PAGES)
def test_numbers_are_astray(lines: tuple[str, ...], expected: bool) -> None:
    assert is_astray(*lines) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 1, 2, 2], True),
        ([2, 1, 3, 4, 4], True),
        ([1, 1, 1, 1], True),
        ([1, 1, 2], False),
        ([1, 0, 0, 0, 0, 0, 1], False),
        ([0, 0, 0, 0], False),
        ([7], False),
        ([], False),
    ],
)
def test_numbers_of_several_rows_end_each_in_its_total(values: list[int], expected: bool) -> None:
    assert is_several(values, LAST) is expected


@pytest.mark.parametrize(("line", "expected"), [("41 00 00 01 00 42", True), ("0 0 10 100", False)])
def test_two_rows_on_each_other_leave_zeros_before_digits(line: str, expected: bool) -> None:
    assert is_overprinted(tuple(tokens(split(line)[0]))) is expected


def states(page: str) -> dict[str, set[str]]:
    lines = split(page)
    labels = [None if line.blank else "table_row" for line in lines]
    rows = assemble(lines, labels, {"requests": (1, len(lines))}, 2022).tables["requests"]
    return {row: {cell.state for cell in cells.values()} for row, cells in rows.items()}


def test_rows_without_numbers_are_blank_unless_their_numbers_are_astray() -> None:
    whole = f"{FIRST} 2 0 0 0 0 0 2\n{GRANTED} 2 0 0 0 0 0 2\n{DENIED}\n"
    assert states(f"{whole}{TOTAL} 2 0 0 0 0 0 2")["denied_state_secret"] == {"blank"}
    assert states(f"{whole}{TOTAL}")["denied_state_secret"] == {"ambiguous"}


def test_a_row_that_another_is_printed_on_is_not_told() -> None:
    found = states(f"{FIRST} 5 0 0 0 0 0 5\n{DENIED} 41 00 00 01 00 00 42\n{REPEATED} 0 0 0 0 0 0 0")
    assert found["denied_state_secret"] == {"ambiguous"}
    assert found["new_received"] == {"printed"}
