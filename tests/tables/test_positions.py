"""Telling a number's column by where it stands."""

from __future__ import annotations

from nlp.tables.columns.positions import learn
from nlp.tables.page.tokens import Kind, Token, tokens
from nlp.text.lines import split

FULL = "\n".join(["规章              11        2        0       13"] * 8)


def columns(page: str) -> list[int] | None:
    """The columns of the last line's numbers, learnt from the lines before it."""
    lines = split(page)
    rows: list[list[Token]] = [[t for t in tokens(line) if t.kind is not Kind.TEXT] for line in lines]
    return learn(rows[:-1], lines).columns(rows[-1], lines)


def test_numbers_below_the_columns_of_a_full_row() -> None:
    assert columns(f"{FULL}\n规章               4                          4") == [0, 3]


def test_a_number_between_columns_has_none() -> None:
    assert columns(f"{FULL}\n规章                    4                     4") is None


def test_single_spaces_lay_nothing_out() -> None:
    assert columns("规章 1 2 0 3\n" * 8 + "规章 4 4") is None


def test_nothing_is_learnt_from_nothing() -> None:
    assert columns("规章          4       4") is None
