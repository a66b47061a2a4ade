"""Tells whose report it is, and for which year, by the surest of its sources."""

from __future__ import annotations

from nlp.narrative.identity.evidence import Evidence
from nlp.narrative.identity.sources import AGENCY_SOURCES, YEAR_SOURCES


def identity(evidence: Evidence) -> tuple[str | None, int | None]:
    """Return the agency and the year of a report, each None where the text does not tell.

    >>> from nlp.narrative.paragraphs.prose import Prose
    >>> from nlp.text.lines import split
    >>> lines = split("某某县水利局\\n２０２２年政府信息公开工作年度报告\\n发布时间：2023-01-12")
    >>> identity(Evidence(Prose(lines, ["heading", "heading", "furniture"]), []))
    ('某某县水利局', 2022)
    """
    return agency(evidence), year(evidence)


def agency(evidence: Evidence) -> str | None:
    """Return the agency that the first of the sources names which names one."""
    for source in AGENCY_SOURCES:
        name = source.read(evidence)
        if name is not None:
            return name
    return None


def year(evidence: Evidence) -> int | None:
    """Return the year that the first of the sources tells which tells one."""
    for source in YEAR_SOURCES:
        number = source.read(evidence)
        if number is not None:
            return number
    return None
