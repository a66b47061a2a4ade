"""Holds the words of a workbook besides the form's: names of sheets, marks of states, help."""

from __future__ import annotations

import re

MISSING, AMBIGUOUS = "缺", "？"
"""The marks of a cell that the page does not have, and of one whose number is ambiguous."""

ABOUT, PROBLEMS, IMPROVEMENTS, SECTIONS, HIDDEN = "说明", "问题", "改进", "章节", "_nianbao"
"""The names of the sheets."""

REVIEW = "复核"
"""The name of the sheet that lists what a person should look at."""
REVIEW_HEADS = ("原因 reason", "单元格 cell", "页 page", "行 line", "文件 file")
"""The heads of its columns."""
REPEATED = "〃"
"""Stands for the reason above, of which this row names another cell."""

TABLES = {"disclosure": "二", "requests": "三", "review_litigation": "四"}
"""The names of the tables' sheets, by table id."""

FORMAT = "nianbao.gold/1"
"""The first cell of the hidden sheet, by which a workbook is recognised."""

FACTS = {"organization": "机关 organization", "year": "年度 year", "form": "版本 form"}
"""The fields of a record on the first sheet, with their names there."""
HELP = (
    "核对每个数值，改正读错的，保存，然后 nianbao gold import。",
    "Check each value against the report, correct what is wrong, save, then run nianbao gold import.",
    "空格：报告此处没有数字或只有 /、—、无。 Empty: the report prints nothing there, or a placeholder.",
    f"{MISSING}：报告没有这一格。 The report does not have this cell.",
    f"{AMBIGUOUS}：无法判断，请填写；不改则不评分。 Could not be told: fill it in, else it is not scored.",
    "批注和右侧“出处”是数值所在的行。 Notes, and the column at the right, hold the line of each value.",
    "不要移动、增删行列。 Do not move, add or remove rows and columns.",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""The characters that the XML of a workbook cannot hold."""

_LONGEST = 32_000
"""The most characters of a cell; Excel allows 32,767."""


def writable(text: str) -> str:
    r"""Return a text as a cell can hold it: forbidden characters replaced, cut off where it is too long.

    >>> writable("a\x01b")
    'a�b'
    """
    return _CONTROL.sub("\ufffd", text)[:_LONGEST]
