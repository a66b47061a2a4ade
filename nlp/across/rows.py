"""Turns findings between reports into rows of a table, one a finding."""

from __future__ import annotations

from nlp.across.across import Across
from nlp.across.knowledge import kinds, known
from nlp.writers.tables import Column, Row, Table


def table() -> Table:
    """Return the table of findings.

    >>> table().headers("zh")[:3]
    ['编号', '种类代码', '种类']
    """
    columns = tuple(Column(**column) for column in known("column"))
    return Table(
        "findings", known("words")["title"], "Findings between reports.", "报告之间的不一致。", columns
    )


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
