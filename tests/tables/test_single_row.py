"""Filling the table that is one row of values (四)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form.labels.lexicon import lexicon
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.layouts.single_row import read_single_row
from nlp.tables.page.tokens import tokens
from nlp.tables.solver.digit_cuts import WORDS
from nlp.text.lines import split

COLUMNS = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
HEADERS = "行政复议 行政诉讼\n" + COLUMNS * 3
VALUES = ["3", "1", "0", "2", "6", "4", "0", "1", "0", "5", "0", "2", "0", "1", "3"]
TOTALS_LAST = ["3", "1", "0", "2", "4", "0", "1", "0", "0", "2", "0", "1", "6", "5", "3"]


ROWS = ["review", "litigation_direct", "litigation_after_review"]


def read(page: str) -> list[str] | None:
    candidates = filled(page, ROWS)
    if candidates is None:
        return None
    return [
        "?" if candidate.alternatives else candidate.token.text if candidate.token else ""
        for candidate in candidates
    ]


def filled(page: str, rows: Sequence[str]) -> list[Candidate] | None:
    found = [token for line in split(page) for token in tokens(line)]
    known = lexicon("2021", "review_litigation")
    return read_single_row(found, known, known.table, rows, WORDS)


def test_fifteen_numbers_on_one_line_stand_in_order() -> None:
    assert read(" ".join(VALUES)) == VALUES


def test_fifteen_numbers_below_headers_in_order_stand_in_order() -> None:
    assert read(HEADERS + "\n".join(VALUES)) == VALUES


def test_totals_behind_all_parts_are_told_by_the_sums() -> None:
    assert read("\n".join(TOTALS_LAST)) == VALUES


def test_totals_are_not_behind_all_parts_because_one_sum_holds_by_chance() -> None:
    broken = ["1", "1", "4", "0", "5", "2", "0", "9", "5", "15", "2", "13", "6", "13", "32"]
    told = read(HEADERS + "\n".join(broken))
    assert told is not None
    assert told[:4] == broken[:4]
    assert told[4:9] == ["?"] * 5


def test_placeholders_are_blank() -> None:
    assert read(" ".join(["/"] * 10 + VALUES[:5])) == [""] * 10 + VALUES[:5]


def test_empty_cells_of_one_delimited_line_are_blank() -> None:
    assert read("\t".join([*VALUES[:5], *[""] * 10])) == [*VALUES[:5], *[""] * 10]


def test_an_empty_cell_may_be_a_frame_or_blank() -> None:
    """links: 14 values between one empty cell and two; which end's is the blank one?"""
    assert read("|".join(["甲", "", *VALUES[:14], "", ""])) == ["?"] * 15
    assert read("|".join(["甲", *VALUES[:14], "", ""])) == [*VALUES[:14], ""]


def test_a_number_too_many_that_no_sum_tells_leaves_all_in_doubt() -> None:
    broken = ["9", *VALUES[1:]]
    assert read("\n".join(["5", *broken])) == ["?"] * 15


def test_fourteen_numbers_cannot_be_told() -> None:
    assert read(" ".join(VALUES[:-1])) == ["?"] * 15


def test_no_number_below_some_of_the_headers_is_no_row() -> None:
    assert read(HEADERS.replace("总计\n", "", 1)) is None


def test_no_number_below_all_headers_is_a_row_that_nothing_fills() -> None:
    candidates = filled(HEADERS, ROWS)
    assert candidates is not None
    assert [candidate.token for candidate in candidates] == [None] * 15
    assert {candidate.way for candidate in candidates} == {Way.UNFILLED}


UNDER_HEADERS = "".join(
    f"{header}\n{value}\n" for header, value in zip(COLUMNS.split() * 3, VALUES, strict=True)
)
"""A page that sets each header with its value, as PDF tools do with narrow columns."""


def test_values_stand_under_their_own_headers() -> None:
    candidates = filled(UNDER_HEADERS, ROWS)
    assert candidates is not None
    assert [candidate.token.text for candidate in candidates if candidate.token] == VALUES
    assert {candidate.way for candidate in candidates} == {Way.UNDER_HEADER}


def test_each_value_goes_where_its_own_header_says() -> None:
    pairs = list(zip(COLUMNS.split() * 3, VALUES, strict=True))
    turned = [pairs[n] for group in (0, 5, 10) for n in (group + 3, group, group + 2, group + 1, group + 4)]
    assert read("".join(f"{header}\n{value}\n" for header, value in turned)) == VALUES


def test_values_of_a_column_belong_to_the_groups_in_turn() -> None:
    page = COLUMNS + " ".join(VALUES[:5]) + "\n结果维持\n4\n结果维持\n0\n"
    rest = "结果纠正 其他结果 尚未审结 总计\n"
    assert read(page + rest + " ".join(VALUES[6:10]) + "\n" + rest + " ".join(VALUES[11:])) == VALUES


def test_values_below_all_headers_stand_in_order_however_these_are_set() -> None:
    jumbled = "复议后起诉\n结果 结果 其他 尚未 总计 未经复议直接起诉\n维持 纠正 结果 审结\n"
    candidates = filled(jumbled + "\n".join(VALUES), [ROWS[0], ROWS[2], ROWS[1]])
    assert candidates is not None
    assert [candidate.token.text for candidate in candidates if candidate.token] == VALUES
    assert {candidate.way for candidate in candidates} <= {Way.BY_SUM, Way.ON_LINES}


def test_headers_side_by_side_are_read_in_the_order_of_the_form() -> None:
    headers = "结果 结果 其他 尚未\n维持 纠正 结果 审结\n"
    groups = (f"{headers}{' '.join(VALUES[at : at + 4])}\n总计\n{VALUES[at + 4]}\n" for at in (0, 5, 10))
    assert read("".join(groups)) == VALUES


def test_headers_one_below_the_other_out_of_order_leave_their_values_ambiguous() -> None:
    turned = "结果维持\n4\n尚未\n其他\n结果\n审结\n结果\n纠正\n0\n1\n0\n总计\n5\n"
    page = COLUMNS + " ".join(VALUES[:5]) + "\n" + turned + COLUMNS + " ".join(VALUES[10:])
    assert read(page) == [*VALUES[:5], "4", "?", "?", "?", "5", *VALUES[10:]]


def test_fewer_headers_than_values_leave_the_parts_of_a_group_to_the_run_they_stand_in() -> None:
    groups = (f"结果维持\n总计\n{' '.join(VALUES[at : at + 5])}\n" for at in (0, 5, 10))
    assert read("".join(groups)) == VALUES


def test_totals_that_do_not_hold_among_labels_leave_all_ambiguous() -> None:
    wrong = ["131", "225", "29", "26", "39"]
    page = COLUMNS + " ".join(VALUES[:5]) + "\n" + COLUMNS + " ".join(wrong) + "\n" + COLUMNS
    assert read(page + " ".join(VALUES[10:])) == ["?"] * 15


def test_groups_out_of_order_are_not_told_apart_among_labels() -> None:
    found = filled(UNDER_HEADERS, [ROWS[2], *ROWS[:2]])
    assert found is not None
    assert [bool(candidate.alternatives) for candidate in found] == [True] * 15


def test_totals_that_an_agency_left_at_zero_are_read_as_they_stand() -> None:
    left = [value if n % 5 < 4 else "0" for n, value in enumerate(VALUES)]
    assert read(f"结果维持 其他结果\n{' '.join(left[:14])}\n总计\n0") == left
