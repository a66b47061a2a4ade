"""Reads the agency and the year out of a title."""

from __future__ import annotations

from nlp.narrative.identity.located import Located
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.site_before import without_site
from nlp.narrative.identity.years import year_of
from nlp.narrative.vocabulary.agency_names import (
    after_name,
    before_name,
    has_own_place,
    is_full_name,
    is_name,
    is_place,
    is_site_name,
    kinds_of_name,
)
from nlp.narrative.vocabulary.place_names import opens_with_division
from nlp.narrative.wording import expression
from nlp.record.model import Span

_GOVERNMENT = len("政府")
"""Of 人民政府信息公开 the characters 政府 belong to the name that stands before 信息公开."""

_LEVELS = "省市县区旗州盟"
"""What the places end in that have a government."""

_IN_BRACKETS = ("(", "[", "【")
"""What an agency stands in behind a title; the name of a site stands behind another mark."""

_AND = "、"
"""What stands between agencies that are listed."""


def agency_in_title(whole: Located, before: Located) -> Located | None:
    """Return the agency in a title: in what stands before 政府信息公开, else behind it in brackets.

    >>> from nlp.text.lines import split
    >>> from nlp.narrative.identity.located import located_line
    >>> line = located_line(split("Page 5 - 某某县水利局2023年政府信息公开年报")[0])
    >>> agency_in_title(line, line.part(0, 16)).text
    '某某县水利局'
    """
    own = _behind_other_agency(before)
    for start, end in reversed(stretches(own.folded)):
        name = _name_within(own.part(start, end))
        if name is not None and is_place(name.folded):
            return _agency_of_place(whole, before) or name
        if name is not None:
            return _with_authors_beside(own, name)
    return agency_behind(whole, before)


def _behind_other_agency(before: Located) -> Located:
    """Return what stands behind the agency that passes a report on, or that the author belongs to.

    >>> title = "某某县政府办公室转发某某县水利局"
    >>> _behind_other_agency(Located(title, title, range(len(title)))).text
    '某某县水利局'
    """
    start = 0
    for match in expression("identity", "passes_on").finditer(before.folded):
        start = match.end()
    return before.part(start, len(before.folded))


def body_before(before: Located, name: Located) -> Located | None:
    """Return the other body that a title names before its agency, to or about whom one of the two writes.

    A colon or 关于 stands behind it; who issues another's report (关于印发) is none.

    >>> title = "某某县财政局:某某县水利局"
    >>> whole = Located(title, title, range(len(title)))
    >>> body_before(whole, whole.part(7, 13)).text
    '某某县财政局'
    """
    length = sum(offset < name.offsets[0] for offset in before.offsets)
    writes = expression("identity", "writes").search(before.folded[:length])
    if writes is None:
        return None
    for start, end in reversed(stretches(before.folded[: writes.start()])):
        body = _name_within(before.part(start, end))
        if body is not None and is_full_name(body.folded) and not is_site_name(body.folded):
            return None if same_agency(body.folded, name.folded) else body
    return None


def may_lack_place(name: Located, before: Located) -> bool:
    """Return whether the place of a title's agency may stand elsewhere: before a year, or on a line above.

    >>> title = "某某县2022年博览会筹备委员会"
    >>> whole = Located(title, title, range(len(title)))
    >>> may_lack_place(whole.part(8, 16), whole), may_lack_place(whole.part(0, 3), whole)
    (True, False)
    """
    if before.offsets and name.offsets[0] > before.offsets[-1]:
        return _holds_place(before) and not opens_with_division(name.folded)
    if has_own_place(name.folded):
        return False
    if expression("identity", "torn_start").match(name.folded):
        return True
    length = sum(offset < name.offsets[0] for offset in before.offsets)
    return expression("identity", "place_and_year").search(before.folded[:length]) is not None


def _holds_place(before: Located) -> bool:
    """Return whether what stands before the report's words in a title names a place, and no more."""
    for start, end in stretches(before.folded):
        name = _name_within(before.part(start, end))
        if name is not None and is_place(name.folded):
            return True
    return False


def agency_behind(whole: Located, before: Located) -> Located | None:
    """Return the agency that stands behind the report's words in a title, in brackets or behind a dash."""
    behind = whole.part(len(before.folded), len(whole.folded))
    match = expression("identity", "behind_report").search(behind.folded)
    if match is None:
        return None
    for start, end in stretches(match["name"]):
        part = behind.part(match.start("name") + start, match.start("name") + end)
        name = _name_within(part)
        if name is not None and (match["mark"] in _IN_BRACKETS or not may_be_site(name.folded)):
            return name
    return None


def _agency_of_place(whole: Located, before: Located) -> Located | None:
    """Return the agency behind the report's words where what stands before them is only its place.

    The office of the place's own government is none: it draws up the place's report.

    >>> title = "某某县2023年政府信息公开年报(县水利局)"
    >>> whole = Located(title, title, range(len(title)))
    >>> _agency_of_place(whole, whole.part(0, 8)).text
    '县水利局'
    >>> title = "某某县2023年政府信息公开年报(县政府办公室)"
    >>> _agency_of_place(Located(title, title, range(len(title))), whole.part(0, 8)) is None
    True
    """
    behind = agency_behind(whole, before)
    if behind is None or is_place(behind.folded):
        return None
    last_of_place = max(behind.folded.rfind(level) for level in _LEVELS)
    office = behind.folded[last_of_place + 1 :]
    return None if expression("identity", "own_office").fullmatch(office) else behind


def may_be_site(name: str) -> bool:
    """Return whether what stands behind a title's dash may be the site's name: towns have no sites.

    >>> may_be_site("某某县人民政府"), may_be_site("某某县丙丁乡人民政府")
    (True, False)
    """
    return is_site_name(name) and "town" not in kinds_of_name(name)


def _with_authors_beside(before: Located, name: Located) -> Located:
    """Return a name with those that are listed right before it: one report may be of several agencies.

    >>> title = "某某县教育局、体育局"
    >>> whole = Located(title, title, range(len(title)))
    >>> _with_authors_beside(whole, whole.part(7, 10)).text
    '某某县教育局、体育局'
    """
    start = before.offsets.index(name.offsets[0])
    end = start + len(name.folded)
    while before.folded[:start].endswith(_AND):
        listed = before.part(0, start - len(_AND))
        first, last = stretches(listed.folded)[-1] if listed.folded else (0, 0)
        author = _name_within(listed.part(first, last))
        if author is None or author.offsets[-1] != listed.offsets[-1]:
            break
        start = before.offsets.index(author.offsets[0])
    return before.part(start, end)


def length_before(folded: str) -> int | None:
    """Return how many characters of a title stand before 政府信息公开; None where it is no title."""
    match = expression("identity", "whole").fullmatch(folded)
    if match is not None:
        return match.end("before") + (_GOVERNMENT if match["people"] else 0)
    inverse = expression("identity", "inverse").search(folded)
    return None if inverse is None else inverse.start()


def year_in_title(title: Located) -> tuple[int, Span] | None:
    """Return the year that a title names and where it stands in the title; a date in it is none.

    Of several it is the last before the word for the report: that of its publication stands before it, that
    of the next plan behind it.

    >>> words = "2024年某某县水利局发布2023年政府信息公开年报"
    >>> year_in_title(Located(words, words, range(len(words))))
    (2023, (13, 17))
    """
    named = years_in_title(title)
    if not named:
        return None
    words = expression("identity", "report_words").search(title.folded, length_before(title.folded) or 0)
    own = named[0]
    for year, (start, end) in named[1:]:
        is_next = expression("identity", "and_next_year").search(title.folded[:start]) is not None
        if words is not None and end <= words.start() and not is_next:
            own = (year, (start, end))
    return own


def years_in_title(title: Located) -> list[tuple[int, Span]]:
    """Return all years that a title names, each with where it stands in the title."""
    matches = expression("identity", "year_in_title").finditer(title.folded)
    return [(year_of(match["year"]), match.span("year")) for match in matches]


def stretches(folded: str) -> list[Span]:
    """Return what is left of a title's beginning between its years, 关于, and marks that no name holds."""
    parting = []
    for name in ("years", "about", "title_marks"):
        for match in expression("identity", name).finditer(folded):
            parting.append(match.span())
    parting.sort()
    stretches = []
    start = 0
    for first, end in parting:
        if first > start:
            stretches.append((start, first))
        start = max(start, end)
    if start < len(folded):
        stretches.append((start, len(folded)))
    return stretches


def _name_within(part: Located) -> Located | None:
    """Return the name that a stretch of a title is, the words before and after it taken off."""
    start = before_name(part.folded)
    opened = part.part(start, len(part.folded))
    closed = opened.part(0, len(opened.folded) - after_name(opened.folded))
    for name in (opened, closed):
        own = without_site(once(_without_open_bracket(name)))
        if is_name(own.folded):
            return own
    return None


def _without_open_bracket(name: Located) -> Located:
    """Return a name without a bracket that is not closed, or was not opened, and what stands in it."""
    opened, closed = name.folded.count("("), name.folded.count(")")
    if opened > closed:
        return name.part(0, name.folded.rfind("("))
    if closed > opened:
        return name.part(name.folded.find(")") + 1, len(name.folded))
    return name


def once(name: Located) -> Located:
    """Return a name that is printed twice in a row once: the line above a title may repeat it.

    >>> once(Located("某某县水利局某某县水利局", "某某县水利局某某县水利局", range(12))).text
    '某某县水利局'
    """
    half = len(name.folded) // 2
    first, second = name.part(0, half), name.part(half, len(name.folded))
    is_doubled = first.folded == second.folded and is_full_name(first.folded)
    return second if is_doubled else name
