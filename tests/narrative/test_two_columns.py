"""Tables that set problems and measures side by side: which are read, which are left alone."""

from __future__ import annotations

import pytest

from nlp.narrative.items.two_columns import tables_between
from nlp.narrative.paragraphs.extent import Extent
from nlp.text.lines import split

CENTRED = """\
   存在的主要问题                     改进措施
                              由法制科统一答复口径，答复前与申请人电话
申请答复前后口径不一致                沟通一次，并做好记录，存入档案备查，
                              按月统计报送办公室
公开内容不全                      补齐内容"""

WRAPPED = """\
存在的主要问题
改进措施
公开平台功能不完善，移动端显示 升级平台，适配手机
错乱，群众多有反映
浏览
基层培训覆盖面不足
分片区举办培训班"""


def test_rows_are_not_guessed_where_cells_stand_in_the_middle_of_them() -> None:
    lines = split(CENTRED)
    extent = Extent(0, len(lines) - 1)
    assert list(tables_between(lines, extent)) == [(extent, None)]


def test_cells_below_each_other_are_not_told_apart_where_they_are_wrapped() -> None:
    lines = split(WRAPPED)
    extent = Extent(0, len(lines) - 1)
    assert list(tables_between(lines, extent)) == [(extent, None)]


@pytest.mark.parametrize(
    "text", ["| 存在问题 |\n| 更新不及时 |", "存在问题及整改措施\t完成时限", "规章\t0\t0", "一是甲 | 二是乙"]
)
def test_what_names_no_column_of_problems_beside_one_of_measures_is_no_table(text: str) -> None:
    lines = split(text)
    extent = Extent(0, len(lines) - 1)
    assert list(tables_between(lines, extent)) == [(extent, None)]


def test_several_tables_are_read_with_the_text_between_them() -> None:
    lines = split("问题\t措施\n甲不全\t补齐\n另有一处。\n问题\t措施\n乙不清\t说明")
    read = []
    for extent, table in tables_between(lines, Extent(0, 4)):
        read.append((extent.first, extent.last, table and table.rows))
    assert read == [(0, -1, [(1, 1)]), (2, 2, [(4, 4)]), (5, 4, None)]
