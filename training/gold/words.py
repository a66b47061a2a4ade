"""What stands in a workbook besides the form: names of sheets, marks of states, what to do."""

from __future__ import annotations

import re

MISSING, AMBIGUOUS = "缺", "？"
"""What is shown for a cell that the page does not have, and for one that could not be told."""
ABOUT, PROBLEMS, IMPROVEMENTS, SECTIONS, HIDDEN = "说明", "问题", "改进", "章节", "_nianbao"
TABLES = {"disclosure": "二", "requests": "三", "review_litigation": "四"}
FORMAT = "nianbao.gold/1"
FACTS = {"organization": "机关 organization", "year": "年度 year", "form": "版本 form"}
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
_LONGEST = 32_000
"""A cell of a workbook holds no more characters than 32,767."""


def writable(text: str) -> str:
    r"""Return a text as a workbook can hold it.

    >>> writable("a\x01b")
    'a�b'
    """
    return _CONTROL.sub("\ufffd", text)[:_LONGEST]
