"""Collects the agencies that a page names: title, sentences of authorship, contact, subjects, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from pathlib import PurePath

from nlp.narrative.identity.agency_named import Agencies, agencies_in_sentences, agency_candidate
from nlp.narrative.identity.agency_sentences import authors, contacts, subjects, unled_subjects
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
    is_full_name,
    is_name,
    is_site_name,
    kinds_of_name,
    names_in_sentences,
)
from nlp.narrative.vocabulary.dates import is_date_line
from nlp.narrative.wording import expression
from nlp.text.folding import filled, fold
from nlp.text.lines import Line
from nlp.text.pages import is_site_line

_NEAR = 4
"""A line that is at most so many lines from the title is next to it where only blank ones are between."""

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
            yield agency_candidate(title.agency, page.source_of(title))


def _beyond_title(page: Page) -> Agencies:
    """Yield the agency behind a title's words or below them, where the line above them names another.

    The line above may be the site's name, and what stands beyond may be that as well.
    """
    title = page.title
    if title is None or title.first == title.last or title.agency is None:
        return
    behind = agency_behind(title.whole, title.before)
    if behind is not None and behind != title.agency:
        yield agency_candidate(behind, "other_title")
    for line in _nearest(page.lines[title.last + 1 : title.last + 1 + _NEAR]):
        if is_full_name(line.folded) and not may_be_site(line.folded):
            yield agency_candidate(line, "other_title")


def _nearest(lines: Iterable[Line]) -> list[Located]:
    """Return the first of some lines that is not blank, in a list; an empty one where all are."""
    filled_lines = (line for line in lines if line.plain)
    return [located_line(line) for line in islice(filled_lines, 1)]


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
            yield agency_candidate(name, "site_above_title" if is_site else source)


def _first_line(page: Page) -> Agencies:
    """Yield the agency whose name alone opens a page that has no title."""
    if page.title is not None:
        return
    for line in islice(page.filled_lines(page.lines[: page.end_above]), _FIRST_LINES):
        if is_full_name(line.folded) and not is_site_name(line.folded):
            yield agency_candidate(line, "first_line")


def _in_title_fields(page: Page) -> Agencies:
    """Yield the agencies in the titles that a page's index and its path hold."""
    for title in page.titles_in_fields:
        length = length_before(title.folded)
        if length is None:
            continue
        agency = agency_in_title(title, title.part(0, length))
        if agency is not None:
            yield agency_candidate(agency, "other_title")


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
                named[both[start:end]] = agency_candidate(located.part(start, end), "own")
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
            yield from agencies_in_sentences(line, source, source, is_name)
        if is_site_line(line.folded):
            for candidate in agencies_in_sentences(line, "path", "path", is_name):
                if not is_site_name(candidate.folded):
                    yield candidate


def _signatures(page: Page) -> Agencies:
    """Yield the agency above the date at the end of a text, or before it on its line; or on the last line."""
    foot = page.lines_below
    for signed in expression("identity", "signed_line").finditer(foot.folded):
        if is_full_name(signed["name"]):
            yield agency_candidate(foot.part(*signed.span("name")), "signature")
    for line, below in pairwise(page.last_lines):
        seal = expression("identity", "seal").search(line.folded)
        signer = line if seal is None else line.part(0, seal.start())
        if is_date_line(below.folded) and is_name(signer.folded):
            for name in names_apart(signer):
                yield agency_candidate(name, "signature")
    for line in _nearest(reversed(page.lines)):
        if is_full_name(line.folded) and not is_site_name(line.folded) and not may_be_several(line):
            yield agency_candidate(line, "undated_signature")


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


SOURCES: tuple[Callable[[Page], Agencies], ...] = (
    _in_titles,
    _beyond_title,
    _beside_title,
    _first_line,
    _in_title_fields,
    authors,
    _signatures,
    contacts,
    subjects,
    unled_subjects,
    _fields,
    _accounts,
    _file_names,
)
"""To add a source, write a function from the page to candidates and weigh it in data/evidence.toml."""
