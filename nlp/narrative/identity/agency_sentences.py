"""Collects the agencies that sentences name: who wrote the report, whom to ask, who did what."""

from __future__ import annotations

import re

from nlp.narrative.identity.agency_named import Agencies, agencies_in_sentences, agency_candidate
from nlp.narrative.identity.located import Located
from nlp.narrative.identity.page import Page
from nlp.narrative.vocabulary.agency_names import (
    calls_itself,
    is_full_name,
    is_name,
    names_in_sentences,
    office_in_name,
)
from nlp.narrative.wording import expression

_SENTENCE_END = re.compile(r"[。\n]")


def authors(page: Page) -> Agencies:
    """Yield the agencies of whom a preface says that they wrote the report; else those it introduces."""
    named = list(agencies_in_sentences(page.opening, "said", "authorship", is_name))
    places = {author.span for author in named}
    for candidate in agencies_in_sentences(page.opening, "cited", "cited", is_name):
        if candidate.span not in places:
            named.append(candidate)
    if not any(is_full_name(author.folded) for author in named):
        named.extend(_introductions(page))
    return iter(named)


def _introductions(page: Page) -> Agencies:
    """Yield the agencies of whom a preface says something that does not say who wrote the report.

    Of a name that has a line above the title to itself nothing is said: it is a link, or the site's. A
    sentence that does not speak of the report tells of any body, unless it is no more than the name.
    """
    folded = page.preface.folded
    for start, end in names_in_sentences(folded, "introduced"):
        end -= office_in_name(folded[start:end])
        name = page.preface.part(start, end)
        if not is_full_name(name.folded) or name.span(0, end - start) in page.lines_above_title:
            continue
        sentence = _sentence(folded, start)
        speaks_of_report = expression("identity", "introduces_report").search(sentence) is not None
        introduces = speaks_of_report or sentence == name.folded
        yield agency_candidate(name, "preface" if introduces else "unled_subject")


def contacts(page: Page) -> Agencies:
    """Yield the agencies that readers are asked to turn to."""
    for text in (page.opening, page.text):
        yield from _without_offices(text, "contact", "contact")


def _without_offices(text: Located, kind: str, source: str) -> Agencies:
    """Yield full names in the sentences of a kind; an office that answers for one is no part of it."""
    for start, end in names_in_sentences(text.folded, kind):
        end -= office_in_name(text.folded[start:end])
        if is_full_name(text.folded[start:end]):
            yield agency_candidate(text.part(start, end), source)


def subjects(page: Page) -> Agencies:
    """Yield the subjects of sentences that name the year; who does something for others is less sure."""
    for start, end in sorted(set(names_in_sentences(page.text.folded, "subject"))):
        if not is_name(page.text.folded[start:end]):
            continue
        name = page.text.part(start, end)
        is_of_others = _is_of_others(_rest_of_sentence(page.text.folded, end))
        yield agency_candidate(name, "unled_subject" if is_of_others else "subject")


def unled_subjects(page: Page) -> Agencies:
    """Yield the subjects of sentences that name no year; the first chapter's first is surer than others.

    Elsewhere who does something while 我局 does something else, or to 我局, is another body.
    """
    for start, end in names_in_sentences(page.text.folded, "unled_subject"):
        if not is_name(page.text.folded[start:end]):
            continue
        name = page.text.part(start, end)
        rest = _rest_of_sentence(page.text.folded, end)
        if page.opens_first_chapter(name.offsets[0]) and not _is_of_others(rest):
            yield agency_candidate(name, "first_subject")
        elif calls_itself(rest) is None:
            yield agency_candidate(name, "unled_subject")


def _is_of_others(rest: str) -> bool:
    """Return whether a sentence that goes on so tells what its subject does for others, or to the author.

    >>> _is_of_others("对各单位公开工作进行了考核"), _is_of_others("组织了培训,我单位派员参加")
    (True, True)
    >>> _is_of_others("对公开工作高度重视,我局成立了领导小组")
    False
    """
    return expression("identity", "of_others").search(rest) is not None


def _sentence(folded: str, place: int) -> str:
    """Return the sentence of a text that holds a place.

    >>> _sentence("水利局公开。教育局公开年报,如下。", 7)
    '教育局公开年报,如下'
    """
    *_, before = _SENTENCE_END.split(folded[:place])
    return before + _rest_of_sentence(folded, place)


def _rest_of_sentence(folded: str, start: int) -> str:
    """Return what a text says from a place on, up to the end of the sentence.

    >>> _rest_of_sentence("某某县水利局召开培训会,我局参加。我局公开", 6)
    '召开培训会,我局参加'
    """
    end = _SENTENCE_END.search(folded, start)
    return folded[start:] if end is None else folded[start : end.start()]
