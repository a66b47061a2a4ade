"""Numbers stand in the order of their cells, however a tool prints a table."""

from __future__ import annotations

import pytest

from nlp.checking.reading_order import out_of_place
from nlp.record.model import Cell, TableCells
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split


def table(*rows: tuple[int | None, ...]) -> TableCells:
    """Return a table whose numbers begin at these places of the text; None is a blank cell."""
    return {
        row: {column: _cell(at) for column, at in zip("xyz", places, strict=False)}
        for row, places in zip("abc", rows, strict=False)
    }


def _cell(at: int | None) -> Cell:
    span = None if at is None else (at, at + 1)
    return Cell(None if at is None else 1, "1", "printed" if span else "blank", 1, span, 0.999)


@pytest.mark.parametrize(
    "rows",
    [
        ((1, 2, 3), (4, 5, 6), (7, 8, 9)),
        ((1, 4, 7), (2, 5, 8), (3, 6, 9)),
        ((1, 3, 5), (2, 4, 6), (7, 8, 9)),
        ((1, None, 3), (None, 5, 6), (7,)),
    ],
    ids=["row by row", "column by column", "page by page", "blank cells and short rows"],
)
def test_every_way_to_print_a_table_is_in_order(rows: tuple[tuple[int | None, ...], ...]) -> None:
    assert out_of_place(table(*rows), [], {}) == []


@pytest.mark.parametrize(
    ("rows", "early"),
    [
        (((4, 5, 6), (1, 2, 3)), ["b.x", "b.y", "b.z"]),
        (((2, 1, 3), (5, 4, 6)), ["a.y", "b.y"]),
        (((None, 2), (1,)), []),
        (((4, None), (None, 5), (1, 6)), ["c.x"]),
    ],
    ids=["two rows", "two columns", "nothing to compare", "behind a blank"],
)
def test_what_changed_places_is_named(rows: tuple[tuple[int | None, ...], ...], early: list[str]) -> None:
    assert out_of_place(table(*rows), [], {}) == early


def test_numbers_on_the_line_of_a_row_that_is_blank_are_out_of_place() -> None:
    rows = table((10, 12, 14), (None, None, None), (30, 32, 34))
    astray = out_of_place(rows, [], {1: {"b"}, 5: {"a"}})
    assert astray == ["a.x", "a.y", "a.z", "c.x", "c.y", "c.z"]
    assert out_of_place(table((10, 12, 14), (20, 22, 24)), [], {1: {"b"}}) == []


def test_a_number_in_the_delimited_cell_of_another_column_is_out_of_place() -> None:
    line = split("规章|7||9|")[0]
    rows = table((3, None, 6))
    assert out_of_place(rows, tokens(line), {}) == []
    assert out_of_place(table((None, 3, 6)), tokens(line), {}) == ["a.x", "a.y"]
