"""Headers side by side, each naming all columns: which of them is the report's is read in the names above."""

from __future__ import annotations

import pytest

from nlp.record.model import Cell
from nlp.tables.assemble import assemble
from nlp.text.lines import split

COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
NUMBERS = (["7", "2", "0", "0", "0", "0", "9"], ["5", "0", "0", "0", "1", "0", "6"], ["1"] * 6 + ["6"])
ROW = "一、本年新收政府信息公开申请数量"


def total(names: list[str], mark: str, lower: list[list[str]]) -> Cell:
    """The total of a row under headers side by side, below names in merged cells."""
    count = max(2, len(names))
    above = [text for name in names for text in (name, *[""] * 6)]
    numbers = [number for of_header in NUMBERS[:count] for number in of_header]
    rows = [["事项", *above], *(["", *level * count] for level in lower), [ROW, *numbers]]
    lines = split("\n".join(mark.join(row) for row in rows))
    assembly = assemble(lines, ["table_row"] * len(lines), {"requests": (1, len(lines))}, 2022)
    return assembly.tables["requests"]["new_received"]["total"]


FLAT = [COLUMNS]
TWO_LEVELS = [["自然人", *["法人或其他组织"] * 5, "总计"], ["", *COLUMNS[1:-1], ""]]
PLAIN = [
    (["2022年", "2021年"], FLAT, 9),
    (["2021年度", "2022年度"], FLAT, 6),
    (["上年", "本年"], FLAT, 6),
    (["本年度申请人情况", "上年度申请人情况"], TWO_LEVELS, 9),
    (["2022年1-12月", "2021年1-12月"], FLAT, 9),
    (["县直机关", "合计"], FLAT, 6),
    (["合计", "机关", "二级单位"], TWO_LEVELS, 9),
    (["去年同期", "前年", "本期"], FLAT, 6),
]


@pytest.mark.parametrize("mark", ["\t", " | "])
@pytest.mark.parametrize(("names", "lower", "expected"), PLAIN)
def test_the_columns_of_the_reports_year_or_of_the_whole_are_read(
    names: list[str], lower: list[list[str]], expected: int, mark: str
) -> None:
    cell = total(names, mark, lower)
    assert (cell.value, cell.state) == (expected, "printed")


NOT_PLAIN = [
    ["上半年", "下半年"],
    ["市本级", "区县"],
    ["2020年", "2021年"],
    ["本年", "本年"],
    ["2021年", "合计"],
    ["2022年"],
]


@pytest.mark.parametrize("mark", ["\t", " | "])
@pytest.mark.parametrize("names", NOT_PLAIN)
def test_where_no_name_is_plain_no_number_is_told(names: list[str], mark: str) -> None:
    assert total(names, mark, FLAT).state == "ambiguous"
