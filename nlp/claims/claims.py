"""Finds the numbers of a report's prose that speak of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from nlp.claims.assessing import assessed, certainty
from nlp.claims.cells import sums_of
from nlp.claims.found import Found
from nlp.claims.paragraph import found_in
from nlp.claims.precision import precision
from nlp.claims.tokens import tokens
from nlp.claims.vocabulary import may_speak
from nlp.form.form import Form
from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.paragraphs.passage import Passage
from nlp.record.claims import Claim
from nlp.record.model import Section, Tables
from nlp.text.lines import Line

_WITHOUT = ("problems_and_improvements",)
"""Chapters whose numbers are of plans and of single cases."""


def claims(
    lines: Sequence[Line],
    chapters: Sequence[Chapter],
    form: Form,
    tables: Tables,
    year: int | None,
    organization: str | None,
) -> list[Claim]:
    """Return the claims of a report in the order of its text, held against its tables.

    `lines` are those of the decoded text, `form` is the edition of its tables; `year` and
    `organization` are those of the report.
    """
    found: list[Claim] = []
    for chapter in chapters:
        if chapter.section.kind in _WITHOUT or chapter.passage is None:
            continue
        found += _claims_of(lines, chapter.section, chapter.passage, form, tables, year, organization)
    return assessed(found, tables)


def _claims_of(
    lines: Sequence[Line],
    section: Section,
    passage: Passage,
    form: Form,
    tables: Tables,
    year: int | None,
    organization: str | None,
) -> Iterator[Claim]:
    start = 0
    for paragraph in passage.folded.split("\n"):
        if may_speak(paragraph):
            kind = _kind_at(section, passage.lines(start, start + 1)[0])
            for found in found_in(tokens(paragraph, year, organization), kind):
                claim = _claim(lines, passage, start, found, form, tables)
                if claim is not None:
                    yield claim
        start += len(paragraph) + 1


def _kind_at(section: Section, line: int) -> str:
    """Return the kind of the part of a chapter that a line stands in; the chapter's where in none."""
    for part in section.sections:
        if part.lines[0] <= line <= part.lines[1]:
            return part.kind
    return section.kind


def _claim(
    lines: Sequence[Line], passage: Passage, start: int, found: Found, form: Form, tables: Tables
) -> Claim | None:
    """Return the claim of a number; None where it stands on two lines or not in one piece.

    What it counts may stand on the next line: then that is no part of the claim's text.
    """
    first, last = start + found.start, start + found.end
    n, last_n = passage.lines(first, last)
    if n != last_n and found.unit and passage.folded.endswith(found.unit, first, last):
        last -= len(found.unit)
        n, last_n = passage.lines(first, last)
    span = passage.span(first, last)
    if n != last_n or span[1] - span[0] < last - first:
        return None
    line = lines[n - 1]
    text = line.raw[span[0] - line.start : span[1] - line.start]
    sums = sums_of(found.meaning, form, tables)
    about = sums[0] if sums else None
    confidence = 0.0
    if about is not None:
        confidence = round(min(precision(found.meaning.kind, found.wording), certainty(sums, tables)), 4)
    return Claim(
        text=text,
        value=found.value,
        unit=found.unit,
        kind=found.meaning.kind,
        line=n,
        span=span,
        about=about,
        outcome="not_assessable",
        confidence=confidence,
        wording=found.wording,
        readings=sums if len(sums) > 1 else [],
        approximate=found.approximate or UNSET,
    )
