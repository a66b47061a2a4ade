"""Finds reports whose prose speaks of another year than the report is for."""

from __future__ import annotations

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import Ground
from nlp.across.knowledge import known, phrase
from nlp.collection.prose import Prose

KIND = "another_year_in_prose"


def compare(ground: Ground) -> Compared:
    """Return what came of comparing the year of each report that counts with those that its prose names.

    Reports that were found to stand under two years are left out: that is told of them already. Where agency
    or year is in doubt, it is left open which of the two is wrong.
    """
    tally = Tally(KIND)
    findings = []
    for report in ground.reports.tolist():
        prose = ground.collection.prose[report]
        year = int(ground.collection.years[report])
        if report in ground.under_two_years:
            tally.cannot("repeated")
            continue
        if not prose.periods and not prose.years:
            tally.cannot("no_text")
            continue
        message = _message(prose, year)
        if message is None:
            tally.add("holds")
        else:
            tally.add("broken")
            findings.append(_finding(ground, report, year, message))
    return Compared(findings, [tally])


def _message(prose: Prose, year: int) -> str | None:
    """Return what the prose says of another year; None where it speaks of the report's own.

    >>> _message(Prose(9, 1, 1, ((2021, 3), (2022, 1)), (2021,)), 2022)
    '报告年度为 2022，正文所写的统计期限却是 2021 年。'
    >>> _message(Prose(9, 1, 1, ((2020, 4), (2022, 1)), ()), 2022) is None
    True
    """
    if prose.periods:
        if year in prose.periods:
            return None
        return phrase("other_period", year=year, named=prose.periods[0])
    times = dict(prose.years)
    earlier = [named for named in times if named < year]
    if year in times or len(earlier) != 1 or times[earlier[0]] < known("prose")["named"]:
        return None
    return phrase("other_year", year=year, named=earlier[0], times=times[earlier[0]])


def _finding(ground: Ground, report: int, year: int, message: str) -> Finding:
    doubts = ground.doubts((report,))
    return Finding(
        id=f"{KIND}:{ground.key(report)}:{year}",
        kind=KIND,
        agency=ground.name(report),
        code=ground.code(report),
        years=[year],
        reports=[ground.collection.ids[report]],
        paths=[ground.collection.paths[report]],
        outcome="broken",
        blame="undecided" if doubts else "source",
        message=message,
        advice=phrase(f"advice_{KIND}"),
        doubts=doubts,
    )
