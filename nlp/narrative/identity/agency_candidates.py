"""Collects the agencies that a page names: title, sentences of authorship, contact, subjects, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import PurePath

from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.located import Located, joined, located_line
from nlp.narrative.identity.page import Page
from nlp.narrative.identity.site_before import may_be_several, names_apart
from nlp.narrative.identity.title_parts import (
    agency_behind,
    agency_in_title,
    length_before,
    may_be_site,
    once,
)
from nlp.narrative.paragraphs.squeezed import readable
from nlp.narrative.vocabulary.agency_names import (
    calls_itself,
    is_carrier,
    is_full_name,
    is_name,
    is_site_name,
    kinds_of_name,
    names_in_sentences,
    office_in_name,
)
from nlp.narrative.vocabulary.dates import is_date_line
from nlp.narrative.wording import expression, wording
from nlp.text.folding import filled, fold
from nlp.text.lines import Line
from nlp.text.pages import is_site_line

Agencies = Iterator[Candidate[str]]

_NEAR = 4
"""A line that is at most so many lines from the title is next to it where only blank ones are between."""

_FIELDS = ("publisher", "origin", "path")
"""The sources that are fields of a page's index: an office named there answers for its agency."""

_FIRST_LINES = 3
"""So many lines at the head of a page without a title may be its agency's name alone."""

_MOST_TITLES = 100
"""So many of the titles above a report are weighed, those nearest to it: a site may list thousands."""

_LONGEST_FIELD_LINE = 200
"""Longer lines are no rows of a page's index."""


def agency_candidates(page: Page) -> list[Candidate[str]]:
    """Return every agency that a source names, in the order of the sources; one may be named often."""
    listed: list[Candidate[str]] = []
    for source in SOURCES:
        listed.extend(source(page))
    return listed


def _in_titles(page: Page) -> Agencies:
    nearest = page.titles[-_MOST_TITLES:]
    if page.title is not None and page.title.first < nearest[0].first:
        nearest = [page.title, *nearest]
    for title in nearest:
        if title.agency is not None:
            yield _candidate(title.agency, page.source_of(title))


def _beyond_title(page: Page) -> Agencies:
    """Yield the agency behind a title's words or below them, where the line above them names another.

    The line above may be the site's name, and what stands beyond may be that as well.
    """
    title = page.title
    if title is None or title.first == title.last or title.agency is None:
        return
    behind = agency_behind(title.whole, title.before)
    if behind is not None and behind != title.agency:
        yield _candidate(behind, "other_title")
    for line in _nearest(page.lines[title.last + 1 : title.last + 1 + _NEAR]):
        if is_full_name(line.folded) and not may_be_site(line.folded):
            yield _candidate(line, "other_title")


def _nearest(lines: Iterable[Line]) -> list[Located]:
    """Return the first of some lines that is not blank, in a list; an empty one where all are."""
    return [located_line(line) for line in lines if line.plain][:1]


def _beside_title(page: Page) -> Agencies:
    """Yield the agency that has the line above or below a title to itself."""
    if page.title is None or page.title.agency is not None:
        return
    above = reversed(page.lines[max(page.title.first - _NEAR, 0) : page.title.first])
    below = page.lines[page.title.last + 1 : page.title.last + 1 + _NEAR]
    for source, lines in (("line_above_title", above), ("line_below_title", below)):
        for name in _nearest(lines):
            is_short = is_name(name.folded) and bool(kinds_of_name(name.folded))
            if (not is_full_name(name.folded) and not is_short) or may_be_several(once(name)):
                continue
            is_site = source == "line_above_title" and is_site_name(name.folded)
            yield _candidate(name, "site_above_title" if is_site else source)


def _first_line(page: Page) -> Agencies:
    """Yield the agency whose name alone opens a page that has no title."""
    if page.title is not None:
        return
    for line in islice(page.filled_lines(page.lines[: page.end_above]), _FIRST_LINES):
        if is_full_name(line.folded) and not is_site_name(line.folded):
            yield _candidate(line, "first_line")


def _in_title_fields(page: Page) -> Agencies:
    """Yield the agencies in the titles that a page's index and its path hold."""
    for title in page.titles_in_fields:
        length = length_before(title.folded)
        if length is None:
            continue
        agency = agency_in_title(title, title.part(0, length))
        if agency is not None:
            yield _candidate(agency, "other_title")


def _authors(page: Page) -> Agencies:
    """Yield the agencies of whom a preface says that they wrote the report; else those it introduces."""
    authors = list(_in_sentences(page.opening, "said", "authorship", is_name))
    return iter(authors) if authors else _introductions(page)


def _introductions(page: Page) -> Agencies:
    """Yield the agencies of whom a preface says something that does not say who wrote the report.

    Of a name that has a line above the title to itself nothing is said: it is a link, or the site's.
    """
    for candidate in _without_offices(page.preface, "introduced", "preface"):
        if candidate.span not in page.lines_above_title:
            yield candidate


def _contacts(page: Page) -> Agencies:
    """Yield the agencies that readers are asked to turn to."""
    for text in (page.opening, page.text):
        yield from _without_offices(text, "contact", "contact")


def _without_offices(text: Located, kind: str, source: str) -> Agencies:
    """Yield full names in the sentences of a kind; an office that answers for one is no part of it."""
    for start, end in names_in_sentences(text.folded, kind):
        end -= office_in_name(text.folded[start:end])
        if is_full_name(text.folded[start:end]):
            yield _candidate(text.part(start, end), source)


def _subjects(page: Page) -> Agencies:
    return _in_sentences(page.text, "subject", "subject", is_name)


def _unled_subjects(page: Page) -> Agencies:
    """Yield the subjects of sentences that name no year; the first chapter's first is surer than others.

    Elsewhere who does something while 我局 does something else, or to 我局, is another body.
    """
    for start, end in names_in_sentences(page.text.folded, "unled_subject"):
        if not is_name(page.text.folded[start:end]):
            continue
        name = page.text.part(start, end)
        if page.opens_first_chapter(name.offsets[0]):
            yield _candidate(name, "first_subject")
        elif calls_itself(_rest_of_sentence(page.text.folded, end)) is None:
            yield _candidate(name, "unled_subject")


def _rest_of_sentence(folded: str, start: int) -> str:
    """Return what a text says from a place on, up to the end of the sentence.

    >>> _rest_of_sentence("某某县水利局召开培训会,我局参加。我局公开", 6)
    '召开培训会,我局参加'
    """
    return re.split(r"[。\n]", folded[start:], maxsplit=1)[0]


def _accounts(page: Page) -> Agencies:
    """Yield the agency whose accounts and marks a text tells of, where it tells of one agency's alone."""
    named: dict[str, Candidate[str]] = {}
    lines = [line for line in page.lines if line.plain]
    if not any(names_in_sentences(_squeezed(lines), "own")):
        return
    texts = [_squeezed([line]) for line in lines]
    for place, text in enumerate(texts):
        both = text + "".join(texts[place + 1 : place + 2])  # a name may be torn by the end of its line
        for start, end in names_in_sentences(both, "own"):
            if is_full_name(both[start:end]):
                located = joined(map(located_line, lines[place : place + 2]))
                named[both[start:end]] = _candidate(located.part(start, end), "own")
    if len(named) == 1:
        yield from named.values()


def _squeezed(lines: Iterable[Line]) -> str:
    """Return what some lines say, as read, without any white space."""
    return "".join(filled("".join(map(readable, lines))).split())


def _fields(page: Page) -> Agencies:
    """Yield the agencies in the rows of a page's index: who published it, where the site has it from."""
    for line in page.filled_lines(page.lines[: page.end_above]):
        if len(line.folded) > _LONGEST_FIELD_LINE:
            continue
        for source in ("publisher", "origin"):
            yield from _in_sentences(line, source, source, is_name)
        if is_site_line(line.folded):
            for candidate in _in_sentences(line, "path", "path", is_name):
                if not is_site_name(candidate.folded):
                    yield candidate


def _signatures(page: Page) -> Agencies:
    """Yield the agency that stands above the date at the end of a text, or before it on its line."""
    foot = page.lines_below
    for signed in expression("identity", "signed_line").finditer(foot.folded):
        if is_full_name(signed["name"]):
            yield _candidate(foot.part(*signed.span("name")), "signature")
    for line, below in pairwise(page.last_lines):
        seal = expression("identity", "seal").search(line.folded)
        signer = line if seal is None else line.part(0, seal.start())
        if is_date_line(below.folded) and is_name(signer.folded):
            for name in names_apart(signer):
                yield _candidate(name, "signature")


def _file_names(page: Page) -> Agencies:
    """Yield the agencies in the name of the file and of the folder that it lies in."""
    path = PurePath(page.path)
    stem = "".join(fold(path.stem).split())
    name = _longest_name(re.split(r"[^\u4e00-\u9fff()]+", _before_report(stem)))
    if name:
        yield Candidate(name, "file_name", None, name)
    folder = _longest_name(["".join(fold(path.parent.name).split())])
    if folder:
        yield Candidate(folder, "folder_name", None, folder)


def _before_report(stem: str) -> str:
    years = expression("identity", "years").sub("_", stem)
    return re.split("政府信息|政务公开|信息公开|年报|年度|报告", years)[0]


def _longest_name(parts: Sequence[str]) -> str:
    names = [part for part in parts if is_full_name(part)]
    return max(names, key=len, default="")


def _in_sentences(text: Located, kind: str, source: str, accepts: Callable[[str], bool]) -> Agencies:
    seen = set()
    for start, end in names_in_sentences(text.folded, kind):
        if (start, end) in seen or not accepts(text.folded[start:end]):
            continue
        seen.add((start, end))
        yield _candidate(text.part(start, end), source)


def _candidate(printed: Located, source: str) -> Candidate[str]:
    name = once(printed)
    if source in _FIELDS:
        name = name.part(0, len(name.folded) - office_in_name(name.folded))
    adjust = wording("evidence")["agency"]["adjust"]
    penalty = 0.0
    if not is_full_name(name.folded):
        penalty = adjust["place" if re.search("[省市县区旗州盟]$", name.folded) else "short"]
    if source in (*_FIELDS, "contact") and is_carrier(name.folded):
        penalty += adjust["carrier"]
    return Candidate(name.text, source, name.span(0, len(name.folded)), name.folded, penalty)


SOURCES: tuple[Callable[[Page], Agencies], ...] = (
    _in_titles,
    _beyond_title,
    _beside_title,
    _first_line,
    _in_title_fields,
    _authors,
    _signatures,
    _contacts,
    _subjects,
    _unled_subjects,
    _fields,
    _accounts,
    _file_names,
)
"""To add a source, write a function from the page to candidates and weigh it in data/evidence.toml."""
