"""Collects the years that a page names: title, period, authorship, what was done in which year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.located import Located
from nlp.narrative.identity.page import Page
from nlp.narrative.identity.title_parts import year_in_title, years_in_title
from nlp.narrative.identity.years import year_of, years_in_sentences
from nlp.narrative.wording import expression
from nlp.text.folding import fold

Years = Iterator[Candidate[int]]

_LONGEST_DATE_LINE = 60
"""Longer lines are prose: their dates are no days of publication."""

_MARKS = "(-"
"""What may stand before a year that closes a title."""


def year_candidates(page: Page) -> list[Candidate[int]]:
    """Return every year that a source names, in the order of the sources; one may be named often."""
    listed: list[Candidate[int]] = []
    for source in SOURCES:
        listed.extend(source(page))
    return listed


def _in_titles(page: Page) -> Years:
    for title in page.titles:
        own = year_in_title(title.whole)
        for year, place in years_in_title(title.whole):
            span = title.whole.span(*place)
            if (year, place) == own:
                yield Candidate(year, page.source_of(title), span)
            elif place[1] <= len(title.before.folded):
                yield Candidate(year, "other_title", span)


def _below_title(page: Page) -> Years:
    """Yield the year that closes a title, or the line below it, where the title itself names one before."""
    title = page.title
    if title is None:
        return
    own = year_in_title(title.whole)
    year_line = expression("identity", "year_line")
    for year, (start, end) in years_in_title(title.whole):
        closing = title.whole.folded[len(title.whole.folded[:start].rstrip(_MARKS)) :]
        if (year, (start, end)) != own and year_line.fullmatch(closing):
            yield Candidate(year, "period", title.whole.span(start, end))


def _in_title_fields(page: Page) -> Years:
    for title in page.titles_in_fields:
        read = year_in_title(title)
        if read is not None:
            year, (start, end) = read
            yield Candidate(year, "other_title", title.span(start, end))


def _periods(page: Page) -> Years:
    yield from _in_sentences(page.lines_below_titles, "period")
    yield from _in_sentences(page.opening, "period")
    yield from _in_sentences(page.text, "period")


def _authorship(page: Page) -> Years:
    return _in_sentences(page.opening, "authorship")


def _in_headings(page: Page) -> Years:
    """Yield the years in the headings of chapters: 一、2023年总体情况."""
    for heading in page.headings:
        yield from _in_sentences(heading, "heading")


def _leads(page: Page) -> Years:
    return _in_sentences(page.text, "lead")


def _in_passing(page: Page) -> Years:
    return _in_sentences(page.text, "passing")


def _mentions(page: Page) -> Years:
    yield from _in_sentences(page.text, "mention")
    yield from _in_sentences(page.problems, "looking_back", "mention")


def _dates(page: Page) -> Years:
    """Yield the year before each day on which the report seems to be published or signed."""
    for text in (*page.filled_lines(page.lines[: page.end_above]), *page.last_lines):
        if len(text.folded) > _LONGEST_DATE_LINE:
            continue
        for year, (start, end) in years_in_sentences(text.folded, "date"):
            yield Candidate(year - 1, "date", text.span(start, end))


def _file_names(page: Page) -> Years:
    path = PurePath(page.path)
    for name in (path.stem, path.parent.name):
        match = expression("identity", "year_in_title").search("".join(fold(name).split()))
        if match is not None:
            yield Candidate(year_of(match["year"]), "file_name", None)


def _in_sentences(text: Located, kind: str, source: str = "") -> Years:
    for year, (start, end) in years_in_sentences(text.folded, kind):
        yield Candidate(year, source or kind, text.span(start, end))


SOURCES: tuple[Callable[[Page], Years], ...] = (
    _in_titles,
    _below_title,
    _in_title_fields,
    _periods,
    _authorship,
    _in_headings,
    _leads,
    _in_passing,
    _mentions,
    _dates,
    _file_names,
)
"""To add a source, write a function from the page to candidates and weigh it in data/evidence.toml."""
