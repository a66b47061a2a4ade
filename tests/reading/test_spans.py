"""Merged cells: each stands once, and is an empty cell where it goes on below."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.spans import Box, in_one_line, written

CASES = {
    "a cell over two rows": ([[Box("a", down=2), Box("1")], [Box("2")]], ["a\t1", "\t2"]),
    "a cell over two columns": (
        [[Box("a", across=2), Box("1")], [Box("b"), Box("c"), Box("2")]],
        ["a\t1", "b\tc\t2"],
    ),
    "a cell over rows and columns goes on as one": (
        [[Box("a", 2, 2), Box("1")], [Box("2")], [Box("b"), Box("c"), Box("3")]],
        ["a\t1", "\t2", "b\tc\t3"],
    ),
    "a cell in the middle goes on": (
        [[Box("a"), Box("b", down=2), Box("c")], [Box("1"), Box("2")]],
        ["a\tb\tc", "1\t\t2"],
    ),
    "blank cells stay": ([[Box("a"), Box(""), Box("0")]], ["a\t\t0"]),
    "a row of nothing is left out": ([[Box(""), Box(" ")], [Box("a"), Box("1")]], ["a\t1"]),
    "spans beyond the table harm nothing": (
        [[Box("a", 10**5, 10**5), Box("1")], [Box("2")]],
        ["a\t1", "\t2"],
    ),
}


@pytest.mark.parametrize(("rows", "lines"), CASES.values(), ids=CASES)
def test_rows_are_lines_of_cells(rows: list[list[Box]], lines: list[str]) -> None:
    assert written(rows) == lines


TEXTS = [
    ("商业\n企业", "商业企业"),
    ("总 计", "总 计"),
    (" 53.6\t万元 ", "53.6万元"),
    ("10\n5", "10 5"),
    ("13\n（其中修订 6 件）", "13（其中修订 6 件）"),
]


@pytest.mark.parametrize(("text", "line"), TEXTS)
def test_the_lines_of_a_cell_are_one(text: str, line: str) -> None:
    assert in_one_line(text) == line


boxes = st.builds(
    Box, st.sampled_from(["", "a", "1\t2", "b\nc"]), st.integers(-1, 10**6), st.integers(-1, 10**6)
)


@given(st.lists(st.lists(boxes, max_size=6), max_size=8))
def test_every_text_of_a_cell_is_written_once(rows: list[list[Box]]) -> None:
    said = "".join(in_one_line(box.text) for row in rows for box in row)
    assert "".join(written(rows)).replace("\t", "").replace(" ", "") == said.replace(" ", "")
