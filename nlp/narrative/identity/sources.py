"""The sources from which a report's agency and its year are read, by name and the surest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from nlp.narrative.identity.agencies import (
    agency_above,
    agency_below,
    agency_in_sentences,
    agency_in_title,
    agency_of_signature,
    agency_stated,
    agency_to_contact,
    agency_with_accounts,
)
from nlp.narrative.identity.evidence import Evidence
from nlp.narrative.identity.years import only_year_mentioned, year_in_sentences, year_in_title

Answer = TypeVar("Answer", str, int)


class Source(NamedTuple, Generic[Answer]):
    """A place of a report that may name its agency or its year; `read` returns None where it does not."""

    name: str
    read: Callable[[Evidence], Answer | None]


def _title(evidence: Evidence) -> str | None:
    return agency_in_title(evidence.title.before) if evidence.title else None


def _line_above_title(evidence: Evidence) -> str | None:
    return agency_above(evidence.lines, evidence.title.first) if evidence.title else None


def _line_below_title(evidence: Evidence) -> str | None:
    return agency_below(evidence.lines, evidence.title.last) if evidence.title else None


def _year_of_title(evidence: Evidence) -> int | None:
    return year_in_title(evidence.title.whole.folded) if evidence.title else None


AGENCY_SOURCES: tuple[Source[str], ...] = (
    Source("title", _title),
    Source("line above the title", _line_above_title),
    Source("line below the title", _line_below_title),
    Source("statement of authorship", lambda evidence: agency_stated(evidence.opening)),
    Source("signature", lambda evidence: agency_of_signature(evidence.lines, evidence.labels)),
    Source("contact", lambda evidence: agency_to_contact(evidence.opening)),
    Source("first sentences", lambda evidence: agency_in_sentences(evidence.opening, "body")),
    Source("metadata of the page", lambda evidence: agency_in_sentences(evidence.lines_above, "metadata")),
    Source("accounts and marks", lambda evidence: agency_with_accounts(evidence.lines)),
)
"""To add a source, write a function from the evidence to a name or None and give it its place here."""

YEAR_SOURCES: tuple[Source[int], ...] = (
    Source("title", _year_of_title),
    Source("period", lambda evidence: year_in_sentences(evidence.opening.folded, "period")),
    Source("statement of authorship", lambda evidence: year_in_sentences(evidence.opening.folded, "said")),
    Source("first sentences", lambda evidence: year_in_sentences(evidence.opening.folded, "body")),
    Source("chapters", lambda evidence: only_year_mentioned(evidence.chapter_texts())),
)
