"""Strings of cells that nothing parts."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nlp.form.form import Column, named
from nlp.tables.solver.digit_cuts import Blanks, DigitString

COUNT = Column("count", "数量")
CHANGE = Column("change", "本年增/减", signed=True)
MONEY = Column("amount", "金额", unit="万元")
TRACELESS, DASHES = Blanks(traceless=True), Blanks(dashes=True)
REQUESTS = named("2021").table("requests").columns
OUTCOMES = named("2021").table("review_litigation").columns

LAST = 6
"""The place of the total in a row of requests."""


def read(string: DigitString) -> list[list[str]]:
    return [string.texts(cut) for cut in string.cuts()]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("0-70", (COUNT, CHANGE, COUNT), [["0", "-7", "0"]]),
        ("3+1", (COUNT, CHANGE), [["3", "+1"]]),
        ("01.22", (COUNT, MONEY), [["0", "1.22"]]),
        ("1-2-3", (COUNT, CHANGE, COUNT), []),
        (
            "3件-155件",
            (COUNT, CHANGE, COUNT),
            [["3件", "-1", "55件"], ["3件", "-15", "5件"]],
        ),
        ("0017,887", (COUNT, CHANGE, COUNT), [["0", "0", "17,887"]]),
        ("不适用无1", (COUNT, COUNT, COUNT), [["不适用", "无", "1"]]),
        ("60(其中联合发文28件)0", (COUNT, COUNT), [["60", "0"]]),
        ("00 万元", (COUNT, MONEY), [["0", "0 万元"]]),
        ("000", (COUNT, COUNT), []),
        ("1.5", (COUNT, COUNT), []),
    ],
)
def test_signs_units_and_placeholders_tell_where_cells_are_cut(
    text: str, columns: tuple[Column, ...], expected: list[list[str]]
) -> None:
    assert read(DigitString(text, columns)) == expected


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("1-2", (COUNT, CHANGE, COUNT), [["1", "-", "2"]]),
        ("--12-", (COUNT, CHANGE, COUNT), [["-", "-12", "-"]]),
        ("0-70", (COUNT, CHANGE, COUNT), [["0", "-", "70"], ["0", "-7", "0"]]),
        ("--------------", REQUESTS, [["--"] * 7]),
    ],
)
def test_where_dashes_are_blank_cells_those_of_one_row_are_of_one_length(
    text: str, columns: tuple[Column, ...], expected: list[list[str]]
) -> None:
    assert read(DigitString(text, columns, DASHES)) == expected


def test_a_blank_cell_that_leaves_no_trace_may_be_any() -> None:
    assert read(DigitString("10", (COUNT, COUNT), TRACELESS)) == [["1", "0"], ["10", ""], ["", "10"]]


def test_the_total_of_a_row_cuts_it() -> None:
    string = DigitString("10820003113", REQUESTS)
    assert [string.texts(cut) for cut in string.holding(LAST)] == [["108", "2", "0", "0", "0", "3", "113"]]


def test_zeros_prove_nothing_where_a_blank_cell_leaves_no_trace() -> None:
    assert DigitString("000000", REQUESTS, TRACELESS).holding(LAST) == []


def test_the_totals_of_groups_cut_a_row_of_them() -> None:
    string = DigitString("1015218155432730104", OUTCOMES * 3)
    assert [[string.texts(cut) for cut in cuts] for cuts in string.groups(5, total=4)] == [
        [["1", "0", "15", "2", "18"], ["10", "1", "5", "2", "18"]],
        [["15", "5", "4", "3", "27"]],
        [["3", "0", "1", "0", "4"]],
    ]


def test_a_group_whose_total_does_not_hold_leaves_none() -> None:
    assert DigitString("2767135331111002", OUTCOMES * 3).groups(5, total=4) == []


@given(st.lists(st.integers(0, 30), min_size=7, max_size=7), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_cells_that_were_printed_are_among_the_cuts(numbers: list[int], traceless: bool) -> None:
    string = DigitString("".join(map(str, numbers)), REQUESTS, Blanks(traceless))
    options = string.options()
    assert all(
        number in [piece.value for piece in found] for number, found in zip(numbers, options, strict=True)
    )


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6), st.integers(0, 6), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_row_whose_sum_holds_is_among_those_that_hold_wherever_the_total_stands(
    parts: list[int], total: int, traceless: bool
) -> None:
    assume(any(parts) or not traceless)
    numbers = [*parts[:total], sum(parts), *parts[total:]]
    held = DigitString("".join(map(str, numbers)), REQUESTS, Blanks(traceless)).holding(total)
    assert numbers in [[piece.value for piece in cut] for cut in held]
