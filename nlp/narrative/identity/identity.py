"""Tells whose report it is and for which year, by weighing all that names them, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from nlp.labelling.judgement import Slope, Slopes
from nlp.narrative.identity.agency_candidates import agency_candidates
from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.doubts import is_agency_doubtful, is_year_doubtful
from nlp.narrative.identity.page import Page
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.spelling import is_of_kind, is_short, spelling
from nlp.narrative.identity.weighing import TITLES, Verdict, Weighed, title_of_tied, verdict, weigh, weights
from nlp.narrative.identity.year_candidates import year_candidates
from nlp.narrative.vocabulary.agency_names import has_own_place, is_site_name
from nlp.narrative.wording import expression
from nlp.record.model import Span


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
    agency, year = weights("agency"), weights("year")
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
    name = None if agency.best is None else spelling(agency.best.candidates)
    confidence = agency.confidence
    if name is not None and is_short(name):
        confidence = round(confidence * weights("agency")["short_trust"], 4)
    first = None if year.best is None else _surest(year.best.candidates)
    return Identity(
        organization=None if name is None else name.value,
        organization_confidence=confidence,
        organization_span=None if name is None else name.span,
        organization_lead=agency.lead,
        is_organization_doubtful=is_agency_doubtful(page, agency),
        rival_organizations=[spelling(rival.candidates).value for rival in agency.rivals],
        year=None if first is None else first.value,
        year_confidence=year.confidence,
        year_span=None if first is None else first.span,
        year_lead=year.lead,
        is_year_doubtful=is_year_doubtful(page, year),
        rival_years=[rival.candidates[0].value for rival in year.rivals],
    )


def _year(page: Page, slope: Slope) -> Verdict[int]:
    """Weigh the years; a day of publication counts only for a year that is named elsewhere as well."""
    by_year: dict[int, list[Candidate[int]]] = {}
    for candidate in year_candidates(page):
        by_year.setdefault(candidate.value, []).append(candidate)
    weighed = []
    for candidates in by_year.values():
        if any(candidate.source != "date" for candidate in candidates):
            weighed.append(Weighed(candidates, weigh(candidates, weights("year"))))
    return verdict(weighed, weights("year"), slope, title_of_tied)


def _agency(page: Page, year: Verdict[int], slope: Slope) -> Verdict[str]:
    """Weigh the agencies: names that mean one agency together, what the text calls itself on top."""
    table = weights("agency")
    weighed = []
    for candidates in _grouped(agency_candidates(page)):
        if _is_office_of_title(page, candidates):
            continue
        weight = weigh(candidates, table)
        weight += _fit(candidates, page.self_kind)
        if _is_of_another_year(page, candidates, year):
            weight += table["adjust"]["title_of_another_year"]
        weighed.append(Weighed(candidates, weight))
    return verdict(weighed, table, slope, _full_name_in_title)


def _full_name_in_title(tied: Sequence[Weighed[str]]) -> Weighed[str] | None:
    """Return of agencies that are hardly apart the one that a title has in full, if others lack a place.

    A text may call a county's bureau by the city's (市水利局); of two names in full either may be the agency.
    """
    named_in_full = []
    for agency in tied:
        if any(has_own_place(candidate.folded) for candidate in agency.candidates):
            named_in_full.append(agency)
    if len(named_in_full) != 1 or not named_in_full[0].sources & set(TITLES):
        return None
    return named_in_full[0]


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
    adjust = weights("agency")["adjust"]
    return float(adjust["self_fits" if is_of_kind(candidates, self_kind) else "self_differs"])


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


def _surest(candidates: Sequence[Candidate[int]]) -> Candidate[int]:
    """Return the candidate of the best source that stands in the text."""
    by_source = weights("year")["source"]
    return max(candidates, key=lambda candidate: (candidate.source != "date", by_source[candidate.source]))
