"""Finds where the preface of a report stands, without what a site or a letter puts above the chapters."""

from __future__ import annotations

import re

from nlp.narrative.identity.titles import title
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import is_name
from nlp.narrative.wording import expression

_SENTENCE_MARKS = re.compile("[。,;!?]")

_LONGEST_TITLE = 60
_LONGEST_SHORT_LINE = 30
"""A line with more characters is a sentence, or a part of one."""


def preface_extent(prose: Prose, end: int) -> Extent:
    """Return where the preface stands above line `end` of the first chapter; the extent may be empty.

    What stands above it is none of it: the title, which may be printed again, the letter with which a report
    is sent, the agency's name, dates, and the site's lines; nor is a signature at its end.
    """
    first = _behind_titles(prose, end)
    while first < end and _is_apart(prose, first):
        first += 1
    last = end - 1
    position = last
    while position > first and _is_blank_or_signature(prose, position):
        if prose.lines[position].plain:
            last = position - 1
        position -= 1
    return Extent(first, last)


def _behind_titles(prose: Prose, end: int) -> int:
    """Return the line behind the last title of the report above line `end`."""
    above = title(prose, end)
    if above is None:
        return 0
    start = above.last + 1
    while start < end:
        again = title(prose, end, start)
        if again is None or not _is_title_again(prose, again.first, again.last, start):
            break
        start = again.last + 1
    return start


def _is_title_again(prose: Prose, first: int, last: int, start: int) -> bool:
    """Return whether the lines of what reads like a second title are one, and no part of a sentence."""
    for position in range(first, last + 1):
        plain = prose.lines[position].plain
        if len(plain) > _LONGEST_TITLE or _SENTENCE_MARKS.search(plain):
            return False
        if expression("sections", "opens_sentence").match(plain):
            return False
    if not expression("sections", "ends_title").search(prose.lines[last].plain):
        return False
    for position in range(first - 1, start - 1, -1):
        plain = prose.lines[position].plain
        if plain:
            return len(plain) <= _LONGEST_SHORT_LINE or plain.endswith(("。", ":"))
    return True


def _is_apart(prose: Prose, position: int) -> bool:
    """Return whether a line above the preface is none of it."""
    line, label = prose.lines[position], prose.labels[position]
    plain = line.plain
    if not plain or is_furniture(plain):
        return True
    if len(plain) > _LONGEST_SHORT_LINE or _SENTENCE_MARKS.search(plain):
        return False
    if label in ("furniture", "heading") or _is_blank_or_signature(prose, position):
        return True
    return expression("sections", "salutation").fullmatch("".join(plain.split())) is not None


def _is_blank_or_signature(prose: Prose, position: int) -> bool:
    """Return whether a line is blank, the name of an agency, or a date."""
    text = "".join(prose.lines[position].plain.split())
    if not text or expression("sections", "date_line").fullmatch(text):
        return True
    return len(text) <= _LONGEST_SHORT_LINE and is_name(text)
