"""The order of columns that headers tell which are torn, short, repeated, or stand below other words."""

from __future__ import annotations

import pytest

from nlp.record.model import Cell
from nlp.tables.assemble import assemble
from nlp.text.lines import split


def disclosure(page: str) -> dict[str, dict[str, Cell]]:
    """The cells of 二 on a page that has but this table."""
    lines = split(page)
    labels = ["table_row" if line.raw.strip() else None for line in lines]
    assembly = assemble(lines, labels, {"disclosure": (1, len(lines))}, 2022)
    return assembly.tables["disclosure"]


@pytest.mark.parametrize(
    "headers",
    [
        ["本年废止件数", "本年制发件数", "现行有效件数"],
        ["本年废止数", "本年制发件数", "现行有效件"],
        ["本年废止件数", "本年制发件数", "现行有效"],
    ],
)
def test_a_torn_header_leaves_the_others_their_order(headers: list[str]) -> None:
    rows = [["信息内容", *headers], ["规章", "1", "7", "9"], ["行政规范性文件", "58", "2", "12"]]
    cells = disclosure("\n".join(f"| {' | '.join(row)} |" for row in rows))
    assert [cells["regulations"][column].value for column in ("issued", "repealed", "in_force")] == [7, 1, 9]


@pytest.mark.parametrize("mark", ["续表", "表二（续）", "（续表2）", "接上页", "下转第3页"])
def test_words_above_the_rest_of_a_table_are_no_column(mark: str) -> None:
    above = "信息内容      本年处理决定数量"
    cells = disclosure(f"{above}\n行政处罚      2\n{mark}\n{above}\n行政强制      1\n5")
    coercion = cells["coercion"]["decisions"]
    assert coercion.state == "ambiguous"
    assert cells["penalties"]["decisions"].value == 2


def test_a_word_alone_above_headers_is_no_column_of_rows_on_lines() -> None:
    above = "信息内容      本年处理决定数量"
    cells = disclosure(f"{above}\n行政处罚      2\n附后\n{above}\n行政强制      1\n5")
    assert cells["coercion"]["decisions"].state == "ambiguous"
