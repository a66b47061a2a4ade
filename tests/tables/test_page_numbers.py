"""Numbers of pages among the numbers of a table."""

from __future__ import annotations

import pytest

from nlp.tables.page.page_numbers import page_numbers
from nlp.text.lines import split

TABLE = "|"
"""Begins the lines of a table's chapter in these pages."""
CASES = {
    "at the end of each page": (["无。", "1", "", "|规章", "|0", "|2", "", "|行政许可", "|7"], [2, 6]),
    "at the beginning of each page": (["无。", "", "2", "总体情况", "|0", "", "|3", "|规章"], [3, 7]),
    "from the first line on": (["1", "无。", "|规章", "|0", "", "|2", "|行政许可", "|7"], [1, 6]),
    "between blank lines": (
        ["无。", "", "1", "", "|规章", "|0", "", "|2", "", "|行政许可", "|0", ""],
        [3, 8],
    ),
    "with dashes": (["无。", "- 1 -", "", "|规章", "|第2页", "", "|7"], [2, 5]),
    "parted from their dashes": (["|规章", "|2", "|— —", "|行政许可"], [2, 3]),
    "not a dash that a broken row has": (["|规章", "|0", "|— —", "|行政许可"], []),
    "not where they do not count on": (["无。", "1", "", "|规章", "|0", "|4", "", "|行政许可"], []),
    "not where all stand in tables": (["|规章", "|1", "", "|行政许可", "|2", "", "无。"], []),
    "not a single one": (["无。", "1", "", "|规章", "|0"], []),
    "at form feeds behind blank lines": (
        ["无。", "", "1", "", "\f|规章", "", "|0", "", "|2", "", "\f|5"],
        [3, 9],
    ),
    "not where most sheets lack theirs": (["无。", "1", "\f|0", "|7", "\f|0", "|8", "\f|9"], []),
    "not a dash that is a cell": (["|规章", "|—", "|3", "", "\f|行政许可"], []),
    "wherever all that stand alone count": (
        ["无。", "1", "总体情况", "|规章\t0", "|2", "|行政许可\t7", "3", "无。"],
        [2, 5, 7],
    ),
    "not where another stands alone": (
        ["无。", "1", "总体情况", "|规章", "|0", "|2", "|行政许可", "|7", "3", "无。"],
        [],
    ),
    "not where but two stand alone": (["无。", "1", "总体情况", "|规章\t0", "|2", "|行政许可\t7"], []),
}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES)
def test_numbers_of_pages_are_told_from_values(page: list[str], expected: list[int]) -> None:
    chapters = ["disclosure" if TABLE in line else None for line in page]
    lines = split("\n".join(line.replace(TABLE, "") for line in page))
    assert sorted(page_numbers(lines, chapters)) == expected
