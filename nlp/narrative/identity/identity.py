"""Tells whose report it is and for which year, by weighing all that names them, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from nlp.labelling.judgement import Slope, Slopes
from nlp.narrative.identity.agency_candidates import agency_candidates
from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.page import Page
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.weighing import HINTS, TITLES, Verdict, Weighed, verdict, weigh
from nlp.narrative.identity.year_candidates import year_candidates
from nlp.narrative.vocabulary.agency_names import (
    PLACES,
    has_own_place,
    is_full_name,
    is_place,
    is_site_name,
    kinds_of_name,
)
from nlp.narrative.wording import expression, wording
from nlp.record.model import Span

_STRONG = ("authorship", "signature", "contact", "subject", "first_subject", "own")
"""Sources of the text: where two of them name one agency, a short name elsewhere contradicts nothing."""

_FIELDS = ("origin", "path")
"""Fields of a page that tell whose site or channel it stands in: they contradict no other source."""

_PASSING = ("unled_subject", *_FIELDS)
"""Sources that tell of any body, or of who has the page on line: they alone leave the agency in doubt."""


class Identity(Struct, frozen=True):
    """Agency and year of a report, each None where the page does not tell, with probability and place.

    A span is None where a file's name alone tells the value. `rival_organizations` and `rival_years` say
    why a person should look: what else is named; `is_organization_doubtful` and `is_year_doubtful` whether.
    `organization_lead` and `year_lead` tell how far the best is ahead of all others, in nats.
    """

    organization: str | None = None
    organization_confidence: float = 0.0
    organization_span: Span | None = None
    organization_lead: float = 0.0
    is_organization_doubtful: bool = False
    rival_organizations: Sequence[str] = ()
    year: int | None = None
    year_confidence: float = 0.0
    year_span: Span | None = None
    year_lead: float = 0.0
    is_year_doubtful: bool = False
    rival_years: Sequence[int] = ()


@cache
def shipped() -> Slopes:
    """Return the slopes of data/evidence.toml."""
    agency, year = _table("agency"), _table("year")
    return Slopes(Slope(agency["slope"], agency["intercept"]), Slope(year["slope"], year["intercept"]))


def identity(page: Page, slopes: Slopes | None = None) -> Identity:
    """Return the agency and the year of a report; `slopes` are None for those that ship.

    >>> from nlp.narrative.paragraphs.prose import Prose
    >>> from nlp.text.lines import split
    >>> lines = split("某某县水利局\\n２０２２年政府信息公开工作年度报告\\n发布时间：2023-01-12")
    >>> read = identity(Page(Prose(lines, ["heading", "heading", "furniture"]), []))
    >>> read.organization, read.organization_span, read.year, read.year_span
    ('某某县水利局', (0, 6), 2022, (7, 11))
    """
    slopes = slopes or shipped()
    year = _year(page, slopes.year)
    agency = _agency(page, year, slopes.agency)
    may_be_misread = (
        page.is_head_glued
        or page.is_agency_among_names
        or page.may_title_hold_several
        or page.may_title_lack_place
    )
    doubtful_agency = (
        _is_agency_doubtful(agency)
        or _speaks_as_another(page, agency)
        or _has_longer_name(page, agency)
        or (may_be_misread and not _is_spelt_twice(agency))
    )
    doubtful_year = _is_year_doubtful(year) or page.is_for_other_period or _announces_another_year(page, year)
    name = None if agency.best is None else _spelling(agency.best.candidates)
    confidence = agency.confidence
    if name is not None and _is_short(name):
        confidence = round(confidence * _table("agency")["short_trust"], 4)
    first = None if year.best is None else _surest(year.best.candidates)
    return Identity(
        organization=None if name is None else name.value,
        organization_confidence=confidence,
        organization_span=None if name is None else name.span,
        organization_lead=agency.lead,
        is_organization_doubtful=doubtful_agency,
        rival_organizations=[_spelling(rival.candidates).value for rival in agency.rivals],
        year=None if first is None else first.value,
        year_confidence=year.confidence,
        year_span=None if first is None else first.span,
        year_lead=year.lead,
        is_year_doubtful=doubtful_year,
        rival_years=[rival.candidates[0].value for rival in year.rivals],
    )


def _table(name: str) -> dict[str, Any]:
    return wording("evidence")[name]  # type: ignore[no-any-return]


def _year(page: Page, slope: Slope) -> Verdict[int]:
    """Weigh the years; a day of publication counts only for a year that is named elsewhere as well."""
    by_year: dict[int, list[Candidate[int]]] = {}
    for candidate in year_candidates(page):
        by_year.setdefault(candidate.value, []).append(candidate)
    weighed = []
    for candidates in by_year.values():
        if any(candidate.source != "date" for candidate in candidates):
            weighed.append(Weighed(candidates, weigh(candidates, _table("year"))))
    return verdict(weighed, _table("year"), slope)


def _agency(page: Page, year: Verdict[int], slope: Slope) -> Verdict[str]:
    """Weigh the agencies: names that mean one agency together, what the text calls itself on top."""
    table = _table("agency")
    weighed = []
    for candidates in _grouped(agency_candidates(page)):
        if _is_office_of_title(page, candidates):
            continue
        weight = weigh(candidates, table)
        weight += _fit(candidates, page.self_kind)
        if _is_of_another_year(page, candidates, year):
            weight += table["adjust"]["title_of_another_year"]
        weighed.append(Weighed(candidates, weight))
    return verdict(weighed, table, slope)


def _grouped(candidates: Sequence[Candidate[str]]) -> list[list[Candidate[str]]]:
    """Put together the candidates that mean one agency; longer names are looked at first."""
    by_name: dict[str, list[Candidate[str]]] = {}
    for candidate in candidates:
        by_name.setdefault(candidate.folded, []).append(candidate)
    groups: list[list[Candidate[str]]] = []
    for name in sorted(by_name, key=lambda name: -len(name)):
        for group in groups:
            if same_agency(group[0].folded, name):
                group.extend(by_name[name])
                break
        else:
            groups.append(by_name[name])
    return groups


def _is_office_of_title(page: Page, candidates: Sequence[Candidate[str]]) -> bool:
    """Return whether names are the office of the title's agency, which draws up and signs its report.

    A government on the line above a title may be the site's, and the office the author.
    """
    agency = None if page.title is None else page.title.agency
    if agency is None or (page.has_name_above_title and is_site_name(agency.folded)):
        return False
    office = expression("identity", "own_office")
    for candidate in candidates:
        rest = candidate.folded.removeprefix(agency.folded)
        if rest == candidate.folded or office.fullmatch(rest) is None:
            return False
    return True


def _fit(candidates: Sequence[Candidate[str]], self_kind: str | None) -> float:
    """Return what it weighs that an agency is of the kind that the text calls itself, or of another."""
    if self_kind is None:
        return 0.0
    adjust = _table("agency")["adjust"]
    return float(adjust["self_fits" if _is_of_kind(candidates, self_kind) else "self_differs"])


def _is_of_kind(candidates: Sequence[Candidate[str]], self_kind: str) -> bool:
    return any(self_kind in kinds_of_name(candidate.folded) for candidate in candidates)


def _is_of_another_year(page: Page, candidates: Sequence[Candidate[str]], year: Verdict[int]) -> bool:
    """Return whether an agency is named by titles alone, and none of these is for the report's year."""
    if year.best is None or not year.best.in_text:
        return False
    if any(candidate.source not in TITLES for candidate in candidates):
        return False
    value = year.best.candidates[0].value
    years: set[int | None] = set()
    for name in {candidate.folded for candidate in candidates}:
        years |= page.years_of_titles.get(name, set())
    return bool(years) and None not in years and value not in years


def _spelling(candidates: Sequence[Candidate[str]]) -> Candidate[str]:
    """Return the candidate whose spelling is the agency's name.

    It is a title's; else that of the best source, with all the places before it that another source has.
    """
    full = [candidate for candidate in candidates if _is_spelt_in_full(candidate)]
    ordered = _by_source(full or candidates)
    best = ordered[0]
    if best.source in TITLES:
        return best
    for candidate in ordered:
        is_longer = candidate.folded.endswith(best.folded) and candidate.source != "origin"
        if is_longer and is_place(candidate.folded[: -len(best.folded)]):
            best = candidate
    return best


def _is_spelt_in_full(name: Candidate[str]) -> bool:
    """Return whether a name is one in full; in a title that of a town is, with the county before it."""
    return is_full_name(name.folded) or (name.source in TITLES and has_own_place(name.folded))


def _is_short(name: Candidate[str]) -> bool:
    """Return whether a name lacks its place and no title has it."""
    return name.source not in TITLES and not is_full_name(name.folded)


def _speaks_as_another(page: Page, agency: Verdict[str]) -> bool:
    """Return whether a report speaks of itself as no agency of this kind does: a government as 我局."""
    if agency.best is None or page.self_kind is None:
        return False
    return not _is_of_kind(agency.best.candidates, page.self_kind)


def _is_spelt_twice(agency: Verdict[str]) -> bool:
    """Tell whether several sources spell the agency as it is told: nothing may part it from other words."""
    if agency.best is None:
        return False
    told = _spelling(agency.best.candidates).folded
    return len({candidate.source for candidate in agency.best.candidates if candidate.folded == told}) > 1


def _has_longer_name(page: Page, agency: Verdict[str]) -> bool:
    """Return whether a line has more places before a name that no title has: text leaves them off at will."""
    if agency.best is None:
        return False
    name = _spelling(agency.best.candidates)
    if name.source in TITLES:
        return False
    longer = rf"(?m)(?:^|[,。;:])[^\n]{{0,8}}?{PLACES.pattern}{re.escape(name.folded)}(?!门户|网)"
    return any(re.search(longer, line.folded) for line in (page.lines_above, page.text, page.lines_below))


def _by_source(candidates: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    weights = _table("agency")["source"]
    return sorted(candidates, key=lambda candidate: -weights[candidate.source])


def _surest(candidates: Sequence[Candidate[int]]) -> Candidate[int]:
    """Return the candidate of the best source that stands in the text."""
    weights = _table("year")["source"]
    return max(candidates, key=lambda candidate: (candidate.source != "date", weights[candidate.source]))


def _is_agency_doubtful(agency: Verdict[str]) -> bool:
    """Return whether the agency is not sure, or another one is named by more than a hint."""
    if agency.best is None:
        return False
    table = _table("agency")
    if agency.confidence < table["doubtful"] or not agency.best.sources - {*HINTS, *_PASSING}:
        return True
    name = _spelling(agency.best.candidates)
    if _is_short(name):
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


def _is_year_doubtful(year: Verdict[int]) -> bool:
    """Return whether the year is not sure, or the text or another title names another one."""
    if year.best is None:
        return False
    table = _table("year")
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
    announced = [one for rival in year.rivals for one in rival.candidates if one.source == "authorship"]
    return any(one.span is not None and one.span[0] in page.preface.offsets for one in announced)


def _has_title(weighed: Weighed[Any]) -> bool:
    return bool(weighed.sources & {"title", "listed_title", "other_title"})
