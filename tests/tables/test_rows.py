"""Rows whose numbers stand behind the headers of their columns (二)."""

from __future__ import annotations

from itertools import chain

import pytest

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.rows import following
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split

KNOWN = lexicon("2021", "disclosure")
CASES = {
    "before the last number": ("规章\n4\n0\n现行有效件数\n7\n行政规范性文件\n5\n1\n8", ["4", "0", "7"]),
    "before each number": (
        "规章\n4\n本年废止件数\n0\n现行有效件数\n7\n行政规范性文件\n5\n1\n8",
        ["4", "0", "7"],
    ),
    "before an earlier number": (
        "规章\n本年废止件数\n4\n现行有效件数\n0\n7\n行政规范性文件",
        ["4", "0", "7"],
    ),
    "not of a column that is filled": ("规章\n4\n0\n本年制发件数\n7\n行政规范性文件\n5\n1\n8", ["4", "0"]),
    "not together with another": (
        "规章\n4\n本年废止件数\n现行有效件数\n0\n7\n行政规范性文件\n5\n1\n8",
        ["4"],
    ),
    "not of another section": ("规章\n4\n0\n本年处理决定数量\n7\n行政规范性文件\n5\n1\n8", ["4", "0"]),
    "not where they are too few": ("规章\n4\n现行有效件数\n7\n行政规范性文件\n5\n1\n8", ["4"]),
}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES)
def test_a_row_has_the_numbers_that_it_lacks_behind_their_headers(page: str, expected: list[str]) -> None:
    found = list(chain.from_iterable(tokens(line) for line in split(page)))
    reading = following(found, match_labels(found, KNOWN), KNOWN.table)
    assert [token.text for token in reading.runs["regulations"]] == expected
