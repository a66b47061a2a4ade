"""A cell over several rows is written once, and as an empty cell in each further row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.spans import GivenCell, in_one_line, tabbed_lines

CASES = {
    "a cell over two rows": (
        [[GivenCell("a", row_span=2), GivenCell("1")], [GivenCell("2")]],
        ["a\t1", "\t2"],
    ),
    "a cell over two columns": (
        [[GivenCell("a", column_span=2), GivenCell("1")], [GivenCell("b"), GivenCell("c"), GivenCell("2")]],
        ["a\t1", "b\tc\t2"],
    ),
    "a cell over rows and columns goes on as one": (
        [
            [GivenCell("a", 2, 2), GivenCell("1")],
            [GivenCell("2")],
            [GivenCell("b"), GivenCell("c"), GivenCell("3")],
        ],
        ["a\t1", "\t2", "b\tc\t3"],
    ),
    "a cell in the middle goes on": (
        [[GivenCell("a"), GivenCell("b", row_span=2), GivenCell("c")], [GivenCell("1"), GivenCell("2")]],
        ["a\tb\tc", "1\t\t2"],
    ),
    "blank cells stay": ([[GivenCell("a"), GivenCell(""), GivenCell("0")]], ["a\t\t0"]),
    "a row of nothing is left out": (
        [[GivenCell(""), GivenCell(" ")], [GivenCell("a"), GivenCell("1")]],
        ["a\t1"],
    ),
    "spans beyond the table harm nothing": (
        [[GivenCell("a", 10**5, 10**5), GivenCell("1")], [GivenCell("2")]],
        ["a\t1", "\t2"],
    ),
}


@pytest.mark.parametrize(("rows", "lines"), CASES.values(), ids=CASES)
def test_rows_are_lines_of_cells(rows: list[list[GivenCell]], lines: list[str]) -> None:
    assert tabbed_lines(rows) == lines


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


cells = st.builds(
    GivenCell, st.sampled_from(["", "a", "1\t2", "b\nc"]), st.integers(-1, 10**6), st.integers(-1, 10**6)
)


@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_every_text_of_a_cell_is_written_once(rows: list[list[GivenCell]]) -> None:
    texts = "".join(in_one_line(cell.text) for row in rows for cell in row)
    assert "".join(tabbed_lines(rows)).replace("\t", "").replace(" ", "") == texts.replace(" ", "")
