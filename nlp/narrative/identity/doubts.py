"""Tells whether a person should look at the agency or the year that was found, and may be another."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.narrative.identity.page import Page
from nlp.narrative.identity.spelling import is_of_kind, is_short, spelling
from nlp.narrative.identity.title_doubts import (
    is_for_other_period,
    is_year_of_something_else,
    may_agency_be_misread,
)
from nlp.narrative.identity.weighing import HINTS, TITLES, Verdict, Weighed, weights
from nlp.narrative.identity.year_candidates import year_candidates
from nlp.narrative.identity.years import years_in_sentences
from nlp.narrative.vocabulary.agency_names import PLACES, has_own_place

_STRONG = ("authorship", "signature", "contact", "subject", "first_subject", "own")
"""Sources of the text: where two of them name one agency, a short name elsewhere contradicts nothing."""

_FIELDS = ("origin", "path")
"""Fields of a page that tell whose site or channel it stands in: they contradict no other source."""

_SITE = ("门户", "网")
"""What follows a name that is a part of a site's."""

_PASSING = ("unled_subject", "cited", *_FIELDS)
"""Sources that tell of any body, or of who has the page on line: they alone leave the agency in doubt."""


def is_agency_doubtful(page: Page, agency: Verdict[str]) -> bool:
    """Return whether an agency is not sure, or may be misread, or the page names or speaks as another."""
    return (
        _is_unsettled_agency(agency)
        or _speaks_as_another(page, agency)
        or _has_longer_name(page, agency)
        or (may_agency_be_misread(page) and not _is_spelt_twice(agency))
    )


def is_year_doubtful(page: Page, year: Verdict[int]) -> bool:
    """Return whether a year is not sure, or the page is for another period, or says that it is."""
    return (
        _is_unsettled_year(year)
        or is_for_other_period(page)
        or _announces_another_year(page, year)
        or (_is_of_title_alone(year) and is_year_of_something_else(page))
        or _is_published_within(page, year)
        or _is_of_published_report(page, year)
    )


def _is_of_title_alone(year: Verdict[int]) -> bool:
    """Return whether the title names the year and the text does not."""
    return year.best is not None and "title" in year.best.sources and not year.best.in_text


def _is_published_within(page: Page, year: Verdict[int]) -> bool:
    """Return whether a page was published or signed early in its year, and the text does not name the year.

    A report cannot be: the title may name the year of its publication, or the date be mistaken. What tells
    the year as well is no such date: the first day of the year reported.
    """
    if year.best is None or year.best.in_text:
        return False
    value = year.best.candidates[0].value
    told_at = {candidate.span for candidate in year.best.candidates}
    years = set()
    for candidate in year_candidates(page):
        if candidate.source == "date" and candidate.span not in told_at:
            years.add(candidate.value)
    return value - 1 in years and value not in years


def _is_of_published_report(page: Page, year: Verdict[int]) -> bool:
    """Return whether only a report that is said to be published has the year: 公布了2022年年报."""
    if year.best is None or year.best.sources - set(HINTS) != {"authorship"}:
        return False
    text = page.opening
    published = {text.span(*place) for _, place in years_in_sentences(text.folded, "published")}
    authors = [candidate for candidate in year.best.candidates if candidate.source == "authorship"]
    return all(candidate.span in published for candidate in authors)


def _is_unsettled_agency(agency: Verdict[str]) -> bool:
    """Return whether the agency is not sure, or another one is named by more than a hint."""
    if agency.best is None:
        return False
    table = weights("agency")
    if agency.confidence < table["doubtful"] or not agency.best.sources - {*HINTS, *_PASSING}:
        return True
    name = spelling(agency.best.candidates)
    if is_short(name):
        return True
    has_title = bool(agency.best.sources & set(TITLES))
    is_well_named = has_title or len(agency.best.sources & set(_STRONG)) > 1
    rivals = []
    for rival in agency.rivals:
        is_office_of_it = rival.candidates[0].folded.startswith(name.folded)
        is_settled_against = is_well_named and not any(
            has_own_place(named.folded) for named in rival.candidates
        )
        weighs = rival.weight >= table["doubt"]["rival"] and not rival.sources <= {*HINTS, *_FIELDS}
        if _has_title(rival) and not agency.best.in_text:
            weighs, is_settled_against = True, False
        if weighs and not is_office_of_it and not is_settled_against:
            rivals.append(rival)
    if not rivals:
        return False
    is_settled = agency.best.in_text and has_title
    return not is_settled and (
        agency.lead < table["doubt"]["lead"] or any(_has_title(rival) for rival in rivals)
    )


def _speaks_as_another(page: Page, agency: Verdict[str]) -> bool:
    """Return whether a report speaks of itself as no agency of this kind does: a government as 我局."""
    if agency.best is None or page.self_kind is None:
        return False
    return not is_of_kind(agency.best.candidates, page.self_kind)


def _is_spelt_twice(agency: Verdict[str]) -> bool:
    """Tell whether several sources spell the agency as it is told: nothing may part it from other words."""
    if agency.best is None:
        return False
    told = spelling(agency.best.candidates).folded
    return len({candidate.source for candidate in agency.best.candidates if candidate.folded == told}) > 1


def _has_longer_name(page: Page, agency: Verdict[str]) -> bool:
    """Return whether a line has more places before a name that no title has: text leaves them off at will."""
    if agency.best is None:
        return False
    name = spelling(agency.best.candidates)
    if name.source in TITLES:
        return False
    texts = (page.lines_above.folded, page.text.folded, page.lines_below.folded)
    return any(_has_places_before(name.folded, text) for text in texts)


def _has_places_before(name: str, text: str) -> bool:
    """Return whether places stand before a name that is no site's, near the beginning of a clause.

    >>> _has_places_before("水利局", "由某某市某某县水利局编制"), _has_places_before("水利局", "由水利局编制")
    (True, False)
    """
    start = text.find(name)
    while start >= 0:
        line = text.rfind("\n", 0, start) + 1
        is_site = text.startswith(_SITE, start + len(name))
        if not is_site and _places_in_clause().search(text[line:start]) is not None:
            return True
        start = text.find(name, start + 1)
    return False


@cache
def _places_in_clause() -> re.Pattern[str]:
    """Return what finds places at the end of a text, behind the beginning of a clause and few words."""
    return re.compile(rf"(?:^|[,。;:]).{{0,8}}?{PLACES.pattern}\Z")


def _is_unsettled_year(year: Verdict[int]) -> bool:
    """Return whether the year is not sure, or the text or another title names another one."""
    if year.best is None:
        return False
    table = weights("year")
    if year.confidence < table["doubtful"] or not year.best.sources - set(HINTS):
        return True
    for rival in year.rivals:
        if rival.sources & {"period", "title"}:
            return True
        if rival.weight > table["doubt"]["rival"] and rival.in_text and year.lead < table["doubt"]["lead"]:
            return True
        if _has_title(rival) and not year.best.in_text:
            return True
    return False


def _announces_another_year(page: Page, year: Verdict[int]) -> bool:
    """Return whether the preface says that the report is for another year: 现公布…2022年度…报告."""
    places = []
    for rival in year.rivals:
        for candidate in rival.candidates:
            if candidate.source == "authorship" and candidate.span is not None:
                places.append(candidate.span[0])
    return any(place in page.preface.offsets for place in places)


def _has_title(weighed: Weighed[Any]) -> bool:
    return bool(weighed.sources & {"title", "listed_title", "other_title"})
