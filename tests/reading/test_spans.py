"""A cell over several rows is written once, and as an empty cell in each further row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.spans import MarkupCell, in_one_line, tabbed

CASES = {
    "a cell over two rows": (
        [[MarkupCell("a", row_span=2), MarkupCell("1")], [MarkupCell("2")]],
        ["a\t1", "\t2"],
    ),
    "a cell over two columns": (
        [
            [MarkupCell("a", column_span=2), MarkupCell("1")],
            [MarkupCell("b"), MarkupCell("c"), MarkupCell("2")],
        ],
        ["a\t1", "b\tc\t2"],
    ),
    "a cell over rows and columns goes on as one": (
        [
            [MarkupCell("a", 2, 2), MarkupCell("1")],
            [MarkupCell("2")],
            [MarkupCell("b"), MarkupCell("c"), MarkupCell("3")],
        ],
        ["a\t1", "\t2", "b\tc\t3"],
    ),
    "a cell in the middle goes on": (
        [[MarkupCell("a"), MarkupCell("b", row_span=2), MarkupCell("c")], [MarkupCell("1"), MarkupCell("2")]],
        ["a\tb\tc", "1\t\t2"],
    ),
    "blank cells stay": ([[MarkupCell("a"), MarkupCell(""), MarkupCell("0")]], ["a\t\t0"]),
    "a row of nothing is left out": (
        [[MarkupCell(""), MarkupCell(" ")], [MarkupCell("a"), MarkupCell("1")]],
        ["a\t1"],
    ),
    "spans beyond the table harm nothing": (
        [[MarkupCell("a", 10**5, 10**5), MarkupCell("1")], [MarkupCell("2")]],
        ["a\t1", "\t2"],
    ),
}


@pytest.mark.parametrize(("rows", "lines"), CASES.values(), ids=CASES)
def test_rows_are_lines_of_cells(rows: list[list[MarkupCell]], lines: list[str]) -> None:
    assert tabbed(rows).lines == lines


TEXTS = [
    ("商业\n企业", "商业企业"),
    ("总 计", "总 计"),
    (" 53.6\t万元 ", "53.6万元"),
    ("No.\n5", "No. 5"),
    ("10\n5", "10\v5"),
    ("34 件\n\n27 件\n（其中修订 6 件）", "34 件\v27 件（其中修订 6 件）"),
    ("3\n1.属于国家秘密", "3 1.属于国家秘密"),
    ("13\n（其中修订 6 件）", "13（其中修订 6 件）"),
]


@pytest.mark.parametrize(("text", "line"), TEXTS)
def test_the_lines_of_a_cell_are_one(text: str, line: str) -> None:
    assert in_one_line(text) == line


cells = st.builds(
    MarkupCell, st.sampled_from(["", "a", "1\t2", "b\nc"]), st.integers(-1, 10**6), st.integers(-1, 10**6)
)


@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_every_text_of_a_cell_is_written_once(rows: list[list[MarkupCell]]) -> None:
    texts = "".join(in_one_line(cell.text) for row in rows for cell in row)
    assert "".join(tabbed(rows).lines).replace("\t", "").replace(" ", "") == texts.replace(" ", "")
