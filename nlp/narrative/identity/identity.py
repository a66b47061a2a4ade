"""Tells whose report it is, and for which year, by the surest of its sources."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.identity.evidence import Evidence
from nlp.narrative.identity.sources import AGENCY_SOURCES, YEAR_SOURCES, Answer, Source


def identity(evidence: Evidence) -> tuple[str | None, int | None]:
    """Return the agency and the year of a report, each None where the text does not tell.

    >>> from nlp.narrative.paragraphs.prose import Prose
    >>> from nlp.text.lines import split
    >>> lines = split("某某县水利局\\n２０２２年政府信息公开工作年度报告\\n发布时间：2023-01-12")
    >>> identity(Evidence(Prose(lines, ["heading", "heading", "furniture"]), []))
    ('某某县水利局', 2022)
    """
    return first_answer(AGENCY_SOURCES, evidence), first_answer(YEAR_SOURCES, evidence)


def first_answer(sources: Sequence[Source[Answer]], evidence: Evidence) -> Answer | None:
    """Return what the first source with an answer tells; None where no source has one."""
    for source in sources:
        answer = source.read(evidence)
        if answer is not None:
            return answer
    return None
