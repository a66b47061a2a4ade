"""Filling the table that is one row of values (四)."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.lines import split
from nlp.tables.filling import Slot
from nlp.tables.lexicon import lexicon
from nlp.tables.one_row import fill
from nlp.tables.tokens import Kind, Token, tokens

COLUMNS = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
HEADERS = "行政复议 行政诉讼\n" + COLUMNS * 3
VALUES = ["3", "1", "0", "2", "6", "4", "0", "1", "0", "5", "0", "2", "0", "1", "3"]
TOTALS_LAST = ["3", "1", "0", "2", "4", "0", "1", "0", "0", "2", "0", "1", "6", "5", "3"]


ROWS = ["review", "litigation_direct", "litigation_after_review"]


def read(page: str) -> list[str] | None:
    slots = filled(page, ROWS)
    if slots is None:
        return None
    return ["?" if slot.others else slot.token.text if slot.token else "" for slot in slots]


def filled(page: str, rows: Sequence[str], in_order: bool = True) -> list[Slot] | None:
    found = [token for line in split(page) for token in tokens(line)]
    return fill(found, lexicon("2021", "review_litigation"), _value, rows, in_order)


def _value(token: Token | None) -> int | None:
    return int(token.text) if token is not None and token.kind is Kind.VALUE else None


def test_fifteen_numbers_on_one_line_stand_in_order() -> None:
    assert read(" ".join(VALUES)) == VALUES


def test_fifteen_numbers_below_headers_in_order_stand_in_order() -> None:
    assert read(HEADERS + "\n".join(VALUES)) == VALUES


def test_totals_behind_all_parts_are_told_by_the_sums() -> None:
    assert read("\n".join(TOTALS_LAST)) == VALUES


def test_placeholders_are_blank() -> None:
    assert read(" ".join(["/"] * 10 + VALUES[:5])) == [""] * 10 + VALUES[:5]


def test_empty_cells_of_one_delimited_line_are_blank() -> None:
    assert read("\t".join([*VALUES[:5], *[""] * 10])) == [*VALUES[:5], *[""] * 10]


def test_empty_cells_outside_the_borders_of_a_line_are_none_of_its_cells() -> None:
    assert read("\t" + "\t".join(VALUES[:-1]) + "\t\t") == [*VALUES[:-1], ""]


def test_an_empty_cell_before_too_many_others_may_be_none() -> None:
    assert read("\t" + "\t".join(VALUES[:-1]) + "\t") == [*["?"] * 15]
    assert read("\t" + "\t".join(VALUES[:-1]) + "\t\t\t") == [*["?"] * 15]


def test_fourteen_numbers_cannot_be_told() -> None:
    assert read(" ".join(VALUES[:-1])) == ["?"] * 15


def test_a_number_alone_below_a_whole_line_is_the_pages() -> None:
    assert read(" ".join(VALUES) + "\n7") == VALUES


def test_no_number_below_some_of_the_headers_is_no_row() -> None:
    assert read(HEADERS.replace("总计\n", "", 1)) is None
    assert filled(HEADERS, ROWS, in_order=False) is None


def test_no_number_below_all_headers_is_a_blank_row_that_is_not_sure() -> None:
    slots = filled(HEADERS, ROWS)
    assert slots is not None
    assert [slot.token for slot in slots] == [None] * 15
    assert max(slot.sureness for slot in slots) < 0.9


UNDER_HEADERS = "".join(
    f"{header}\n{value}\n" for header, value in zip(COLUMNS.split() * 3, VALUES, strict=True)
)
"""A page that sets each header with its value, as PDF tools do with narrow columns."""


def test_on_a_scrambled_page_values_under_their_own_headers_are_certain() -> None:
    slots = filled(UNDER_HEADERS, ROWS, in_order=False)
    assert slots is not None
    assert [slot.token.text for slot in slots if slot.token] == VALUES
    assert min(slot.sureness for slot in slots) >= 0.95


def test_on_a_scrambled_page_each_value_goes_where_its_own_header_says() -> None:
    pairs = list(zip(COLUMNS.split() * 3, VALUES, strict=True))
    turned = [pairs[n] for group in (0, 5, 10) for n in (group + 3, group, group + 2, group + 1, group + 4)]
    slots = filled("".join(f"{header}\n{value}\n" for header, value in turned), ROWS, in_order=False)
    assert slots is not None
    assert [slot.token.text for slot in slots if slot.token] == VALUES


def test_on_a_scrambled_page_values_below_all_headers_are_doubtful() -> None:
    slots = filled(HEADERS + "\n".join(VALUES), ROWS, in_order=False)
    assert slots is not None
    assert max(slot.sureness for slot in slots) < 0.9


def test_on_a_scrambled_page_groups_out_of_order_are_not_told_apart() -> None:
    slots = filled(UNDER_HEADERS, [ROWS[2], *ROWS[:2]], in_order=False)
    assert slots is not None
    assert [bool(slot.others) for slot in slots] == [True] * 4 + [True] + [True] * 4 + [True] + [True] * 5
