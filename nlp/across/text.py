"""Writes what came of comparing reports for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.across.across import Across, Counts, Versions
from nlp.across.findings import Finding
from nlp.across.ground import years_words
from nlp.across.knowledge import kinds, known, phrase

_IDEOGRAPHIC_SPACE = "\u3000"


def findings_text(found: Across) -> str:
    """Return what came of comparing reports, lines of text for people.

    Characters that could control a terminal are shown as `?`.
    """
    return "".join(f"{_one_line(line)}\n" for line in _lines(found))


def records_sentence(found: Across) -> str:
    """Return in a sentence what the records are; each is counted once."""
    counts = dict(found.records)
    return phrase("collection", records=sum(counts.values()), **counts)


def covered_sentence(found: Across) -> str:
    """Return in a sentence which agencies and years are compared; "" where none is."""
    if found.first is None:
        return ""
    return phrase("covered", agencies=found.agencies, years=found.years, first=found.first, last=found.last)


def counts_sentence(counts: Counts) -> str:
    """Return in a sentence how the comparisons of a kind came out.

    >>> counts_sentence(Counts("in_force", 9, 7, 0, 2, {"blank": 2}))
    '现行有效件数与上年报告：比较 9 处，成立 7 处，不成立 0 处，无法核对 2 处（有一格空白 2）。'
    """
    reasons = phrase("and").join(
        phrase("reason", reason=known("reasons")[reason], count=count)
        for reason, count in counts.reasons.items()
    )
    return phrase(
        "tally",
        kind=kinds()[counts.kind].checked,
        all=counts.all,
        holds=counts.holds,
        broken=counts.broken,
        not_assessable=counts.not_assessable,
        reasons=phrase("reasons", reasons=reasons) if reasons else "",
    )


def verdict(found: Across) -> str:
    """Return in words what was found; that nothing was is only said where something was compared."""
    if found.findings:
        return phrase("found", broken=found.broken)
    compared = sum(counts.holds for counts in found.counts)
    return phrase("none", compared=compared) if compared else phrase("nothing_compared")


def headline(number: int, finding: Finding) -> str:
    """Return the first line of a finding: its number, whose it is, its kind."""
    return phrase(
        "finding",
        number=number,
        agency=finding.agency,
        years=years_words(finding.years),
        kind=kinds()[finding.kind].zh,
    )


def versions_sentence(versions: Versions) -> str:
    """Return in a sentence that there are several reports for an agency and a year, and which counts."""
    paths = phrase("and").join(version.path for version in versions.reports)
    if versions.chosen is None:
        return phrase("several_undecided", agency=versions.agency, year=versions.year, paths=paths)
    return phrase(
        "several_chosen",
        agency=versions.agency,
        year=versions.year,
        paths=paths,
        chosen=versions.chosen.path,
    )


def _lines(found: Across) -> Iterator[str]:
    yield phrase("title")
    yield f"  {records_sentence(found)}"
    if found.first is not None:
        yield f"  {covered_sentence(found)}"
    for counts in found.counts:
        if counts.all:
            yield f"  {counts_sentence(counts)}"
    if found.several:
        yield f"  {phrase('several')}"
    for versions in found.several:
        yield f"    - {versions_sentence(versions)}"
    if not found.findings:
        yield f"  {verdict(found)}"
    for number, finding in enumerate(found.findings, 1):
        yield f"  {headline(number, finding)}"
        yield f"     {finding.message}"
        yield f"     {finding.advice}"


def _one_line(text: str) -> str:
    return "".join(
        character if character.isprintable() or character == _IDEOGRAPHIC_SPACE else "?" for character in text
    )
