"""Putting a row's numbers into its columns."""

from __future__ import annotations

import pytest

from nlp.form.sums import Equation, adds_up, total_holds
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.columns.column_assignment import assign_columns
from nlp.tables.columns.grid import Grid, gaps_of
from nlp.tables.page.runs import cells_of, numbers_of
from nlp.tables.page.tokens import Kind, Token, tokens
from nlp.text.lines import split


def total_behind(parts: int) -> tuple[Equation, ...]:
    """The sum of a row whose total stands behind so many parts."""
    return (Equation((parts,), tuple(range(parts))),)


def filled(page: str, width: int = 7) -> list[Candidate]:
    """The candidates of the page's last line; the lines before it are full rows."""
    lines = split(page)
    found = [tokens(line) for line in lines]
    labels = [max(n for n, token in enumerate(row) if token.kind is Kind.TEXT) for row in found]
    rows = [(row[n], tuple(cells_of(row))) for row, n in zip(found, labels, strict=True)]
    numbers = [(label, numbers_of(run)) for label, run in rows]
    gapped = gaps_of((of_row, width) for _, of_row in numbers)
    known = Grid([row for row in numbers if row[1]], width, lines, gapped=gapped)
    sums = total_behind(width - 1)
    return assign_columns(
        *rows[-1], width, known, lambda read: total_holds(sums, [_value(token) for token in read])
    )


def _value(token: Token | None) -> int | None:
    return int(token.text) if token and token.text.isdigit() else None


def shown(candidates: list[Candidate]) -> list[str]:
    return [
        "?" if candidate.alternatives else candidate.token.text if candidate.token else ""
        for candidate in candidates
    ]


def is_unsure(candidate: Candidate) -> bool:
    return candidate.doubtful or bool(candidate.alternatives)


FILLED = [
    ("规章 1 2 0 0 0 0 3", ["1", "2", "0", "0", "0", "0", "3"]),
    ("规章 1 / 0 - 0 0 1", ["1", "", "0", "", "0", "0", "1"]),
    ("规章\t1\t\t\t0\t\t\t1", ["1", "", "", "0", "", "", "1"]),
    ("规章\t\t\t\t\t\t\t", [""] * 7),
    ("规章\t0\t0\t0\t0\t0\t0\t0\t0", ["0"] * 7),
    ("规章 4 2 0 0 0 0 6 0", ["4", "2", "0", "0", "0", "0", "6"]),
    ("规章 5 1 2 0 0 3", ["?"] * 7),
    ("规章 1 2 3 4 5 6 7 8 9", ["?"] * 7),
    ("规章 0 0 0 0 0 0 0 3", ["0"] * 7),
]


@pytest.mark.parametrize(("line", "expected"), FILLED)
def test_a_row_alone(line: str, expected: list[str]) -> None:
    found = shown(filled(line))
    assert "?" in found if "?" in expected else found == expected


@pytest.mark.parametrize(
    ("last", "sure"),
    [
        ("规章           4              0                              4", True),
        ("规章           0              0                              0", True),
        ("规章           4              0                              5", False),
        ("规章           4              0       0       0    319", False),
    ],
    ids=["its sum holds", "zeros", "its sum is broken", "its total may be glued to a part"],
)
def test_numbers_placed_by_where_they_stand_are_doubted_if_their_sum_is_broken(last: str, sure: bool) -> None:
    page = "规章          11      2       0       0       0       0      13\n" * 8 + last
    assert {candidate.doubtful for candidate in filled(page)} == {not sure}


def test_zeros_alike_are_zeros_whichever_is_left_out_but_not_beside_another_number() -> None:
    alike, other = filled("规章" + "\t0" * 8), filled("规章" + "\t0" * 7 + "\t3")
    assert {candidate.way for candidate in alike} == {Way.ONE_TOO_MANY}
    assert {candidate.way for candidate in other} == {Way.ZEROS}


def test_blanks_are_placed_as_in_the_full_rows_beside() -> None:
    page = "甲\t\t1\t2\t0\t0\t0\t0\t3\t\n乙\t\t\t4\t\t\t\t\t4\t"
    assert shown(filled(page)) == ["", "4", "", "", "", "", "4"]


def test_an_empty_cell_before_the_label_is_none_of_its_row() -> None:
    page = "|甲|1|2|0|0|0|0|3|\n|甲|0|2|0|0|0|0|2|\n|乙|3|0|0|0|3|6"
    assert set(shown(filled(page))) == {"?"}


def test_a_row_with_an_empty_cell_that_is_shorter_than_the_rows_alike_may_have_lost_another_cell() -> None:
    """The empty cell may be the rest of the label's, as in the other rows."""
    full = "组\t\t\t\t\t\t\t\t\t\n\t甲\t\t1\t2\t0\t0\t0\t0\t3\n\t乙\t\t5\t0\t0\t0\t0\t0\t5\n"
    assert "?" in shown(filled(full + "\t丙\t\t21\t0\t0\t6\t0\t27"))
    assert shown(filled(full + "\t丙\t\t\t21\t0\t0\t6\t0\t27")) == ["", "21", "0", "0", "6", "0", "27"]


def test_a_row_with_blanks_whose_sum_is_broken_is_doubted() -> None:
    """Two numbers may have become one: 1539 and 15499 of a narrow column."""
    page = "甲\t11\t2\t0\t0\t0\t0\t13\n乙\t13960\t0\t0\t0\t0\t\t153915499"
    assert {candidate.doubtful for candidate in filled(page)} == {True}
    assert {candidate.doubtful for candidate in filled(page.replace("153915499", "13960"))} == {False}


def test_two_numbers_in_a_cell_are_told_from_one_by_the_rows_sum() -> None:
    """A tool that makes Markdown of a PDF takes two narrow columns for one."""
    page = "规章\t114 10\t2 38\t0 10\t174\t\t"
    assert shown(filled(page)) == ["114", "10", "2", "38", "0", "10", "174"]
    assert "?" in shown(filled(page.replace("174", "175")))


def test_a_cell_of_two_numbers_tells_no_columns_of_a_row_with_blanks() -> None:
    page = "甲\t1\t2\t0\t0\t0\t0\t3\n乙\t90\t34 0\t0\t1\t8\t\t"
    assert set(shown(filled(page))) == {"?"}
    assert set(shown(filled(page.replace("34 0", "0 0")))) == {"?"}
    assert shown(filled(page.replace("34 0", "3 4").replace("\t\t", "\t\t133"))) == [
        *("90", "34", "0", "1", "8", "", "133")
    ]


def test_two_numbers_in_a_cell_of_which_no_sum_tells_may_be_one() -> None:
    for cell in ("31 35", "3 5", "2　0", "1 2 3"):
        assert shown(filled(f"规章\t{cell}", width=1)) == ["?"]
    assert shown(filled("规章|1 06|", width=1)) == ["106"]


def test_an_empty_cell_that_all_rows_alike_have_is_no_column() -> None:
    page = "甲\t0\t\t3\t0\n乙\t2\t\t1\t5"
    assert not any(map(is_unsure, filled(page, 3)))
    assert all(map(is_unsure, filled("乙\t2\t\t1\t5", 3)))
    assert all(map(is_unsure, filled("甲\t0\t3\t\t0\n乙\t2\t\t1\t5", 3)))


def test_a_blank_cell_within_a_row_that_has_a_zero_too_many_may_be_its_own() -> None:
    page = "甲\t1\t0\t0\t0\t0\t0\t1\t\n乙\t0\t0\t\t0\t0\t0\t0\t0"
    assert shown(filled(page)) == ["0", "0", "?", "0", "0", "0", "0"]


def test_an_empty_cell_may_be_a_column_where_a_row_has_a_number_too_many() -> None:
    page = "甲\t0\t\t3\t0\n丙\t0\t7\t1\t0\n乙\t2\t\t1\t5"
    assert all(map(is_unsure, filled(page, 3)))


def test_numbers_laid_out_with_spaces_are_placed_by_the_full_row_beside() -> None:
    page = (
        "规章          11      2       0       0       0       0      13\n" * 8
        + "规章           4              0                              4"
    )
    assert shown(filled(page)) == ["4", "", "0", "", "", "", "4"]


def test_a_number_between_two_columns_cannot_be_told() -> None:
    page = (
        "规章          11      2       0       0       0       0      13\n" * 8
        + "规章           4          0                                  4"
    )
    assert "?" in shown(filled(page))


@pytest.mark.parametrize(
    ("values", "holds"),
    [([1, 2, 3], True), ([1, 2, 4], False), ([0, 0, 0], None), ([1, 2, None], None), ([None, 3, 3], True)],
)
def test_the_sum_of_a_row(values: list[int | None], holds: bool | None) -> None:
    assert total_holds(total_behind(2), values) is holds


def test_a_row_of_zeros_with_a_total_is_broken_as_is_one_whose_total_is_zero() -> None:
    sums = total_behind(2)
    assert not adds_up(sums, [0, 0, 1])
    assert not adds_up(sums, [1, 0, 0])
    assert adds_up(sums, [1, 0, 1])
