"""Reads the agency of a report in its title, on a line of its own, in a sentence, in its signature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeezed_line
from nlp.narrative.vocabulary.agency_names import (
    after_name,
    before_name,
    is_full_name,
    is_name,
    is_site_name,
    names_in_sentences,
    office_in_name,
)
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_LAST_LINES = 30
"""So many lines at the end of a document may hold its signature."""

_NEAR = 4
"""A line that is at most so many lines from the title is next to it where only blank ones are between."""


def agency_in_title(before: Squeezed) -> str | None:
    """Return the agency in what a title says before 政府信息公开; its years are no part of the name.

    >>> agency_in_title(Squeezed("关于某某县水利局2023年度", "关于某某县水利局2023年度"))
    '某某县水利局'
    """
    without_years = expression("identity", "years").sub("", before.folded)
    parts = expression("identity", "about").split(without_years)
    for part in reversed(parts):
        if not part:
            continue
        opened = part[before_name(part) :]
        closed = opened[: len(opened) - after_name(opened)]
        for name in (opened, closed):
            if is_name(name):
                start = before.folded.find(name)
                return before.text[start : start + len(name)] if start >= 0 else name
    return None


def agency_below(lines: Sequence[Line], title_line: int) -> str | None:
    """Return the agency that has the next line under a title to itself."""
    for line in lines[title_line + 1 : title_line + 1 + _NEAR]:
        if line.plain:
            name = squeezed_line(line)
            return name.text if is_full_name(name.folded) else None
    return None


def agency_above(lines: Sequence[Line], title_line: int) -> str | None:
    """Return the agency that has the line above a title to itself, unless it is the name of the site."""
    for line in reversed(lines[max(title_line - _NEAR, 0) : title_line]):
        if line.plain:
            name = squeezed_line(line)
            is_agency = is_full_name(name.folded) and not is_site_name(name.folded)
            return name.text if is_agency else None
    return None


def agency_with_accounts(lines: Sequence[Line]) -> str | None:
    """Return the agency whose accounts and marks a text tells of, where it tells of one agency's alone.

    >>> from nlp.text.lines import split
    >>> text = "“某某县水利局发布”微信公众号发布25条\\n考核结果显示，某某县水利局得分85分"
    >>> agency_with_accounts(split(text))
    '某某县水利局'
    """
    squeezed = [squeezed_line(line) for line in lines if line.plain]
    names = set()
    for line, below in pairwise([*squeezed, Squeezed("", "")]):
        both = joined((line, below))  # a name may be torn by the end of its line
        for start, end in names_in_sentences(both, "own"):
            if is_full_name(both.folded[start:end]):
                names.add(both.text[start:end])
    return names.pop() if len(names) == 1 else None


def agency_stated(text: Squeezed) -> str | None:
    """Return the agency that a text says to have written the report; it may be called by a short name.

    >>> agency_stated(Squeezed("本报告由某某县编制", "本报告由某某县编制"))
    '某某县'
    """
    for start, end in names_in_sentences(text, "said"):
        if is_name(text.folded[start:end]):
            return text.text[start:end]
    return None


def agency_in_sentences(text: Squeezed, kind: str) -> str | None:
    """Return the first agency with a full name in the sentences of a kind: `body` or `metadata`."""
    for start, end in names_in_sentences(text, kind):
        if is_full_name(text.folded[start:end]):
            return text.text[start:end]
    return None


def agency_to_contact(text: Squeezed) -> str | None:
    """Return the agency that a text asks its readers to turn to; its office is no part of the name.

    >>> agency_to_contact(Squeezed("请与某某县水利局政务公开办联系", "请与某某县水利局政务公开办联系"))
    '某某县水利局'
    """
    for start, end in names_in_sentences(text, "contact"):
        end -= office_in_name(text.folded[start:end])
        if is_full_name(text.folded[start:end]):
            return text.text[start:end]
    return None


def agency_of_signature(lines: Sequence[Line], labels: Sequence[str | None]) -> str | None:
    """Return the agency that stands above the date at the end of a text."""
    last_lines = []
    for line in lines[-_LAST_LINES:]:
        if line.plain and labels[line.n - 1] != "furniture":
            last_lines.append(line)
    for line, below in pairwise(last_lines):
        is_date = expression("identity", "date").fullmatch(squeezed_line(below).folded)
        name = squeezed_line(line)
        if is_date and is_name(name.folded):
            return name.text
    return None
