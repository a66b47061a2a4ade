"""Turns findings between reports into rows of a table, one a finding."""

from __future__ import annotations

from nlp.across.across import Across
from nlp.across.knowledge import kinds, known
from nlp.writers.tables import Column, Row, Table

_COLUMNS = (
    ("finding", "text", "编号", "The finding's own id, the same in every run.", "不一致之处的编号，每次运行相同。"),
    ("kind", "text", "种类代码", "The kind of finding.", "种类代码。"),
    ("kind_zh", "text", "种类", "The kind in Chinese.", "种类。"),
    ("agency", "text", "机关", "The agency's canonical name.", "机关的规范名称。"),
    ("code", "text", "区划代码", "The code of its place; empty where unknown.", "所在行政区划代码；不明为空。"),
    ("years", "list of integer", "年度", "The years compared.", "所比较的年度。"),
    ("outcome", "text", "结果", "Always `broken`: what holds is only counted.", "均为不成立；成立的只计数。"),
    ("blame", "text", "原因", "`source`, `undecided` or `extraction`.", "报告、未定或读取。"),
    ("left", "number", "本年", "This year's side of a sum, or the whole.", "等式中本年的一边，或汇总数。"),
    ("right", "number", "应为", "What it should come to.", "应得之数。"),
    ("message", "text", "说明", "What does not hold, in Chinese.", "不一致之处。"),
    ("advice", "text", "建议", "Whose fault it may be, in Chinese.", "可能的原因。"),
    ("cells", "list of text", "单元格", "The cells, `year:table.row.column`.", "所涉单元格。"),
    ("reports", "list of text", "报告编号", "The ids of the reports.", "报告编号。"),
    ("paths", "list of text", "文件", "Where the reports were read from.", "报告文件。"),
)
"""The columns: id, type, Chinese header, what it holds in English and in Chinese."""


def table() -> Table:
    """Return the table of findings.

    >>> table().headers("zh")[:3]
    ['编号', '种类代码', '种类']
    """
    columns = tuple(Column(id, type, zh, english, chinese) for id, type, zh, english, chinese in _COLUMNS)  # type: ignore[arg-type]
    return Table("findings", known("words")["title"], "Findings between reports.", "报告之间的不一致。", columns)


def rows(found: Across) -> list[Row]:
    """Return the rows of the table of findings."""
    return [
        (
            finding.id,
            finding.kind,
            kinds()[finding.kind].zh,
            finding.agency,
            finding.code,
            finding.years,
            finding.outcome,
            finding.blame,
            finding.left,
            finding.right,
            finding.message,
            finding.advice,
            [f"{cell.year}:{cell.id}" for cell in finding.cells],
            finding.reports,
            finding.paths,
        )
        for finding in found.findings
    ]
