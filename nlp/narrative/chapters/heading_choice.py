"""Chooses the headings of a report among the lines that read like one: by their order and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.narrative.chapters.chapter_names import kinds
from nlp.narrative.chapters.headings import Heading, candidates
from nlp.narrative.chapters.levels import chapter_level, is_before_table
from nlp.narrative.chapters.lost_headings import with_lost_headings
from nlp.narrative.identity.titles import title
from nlp.narrative.paragraphs.prose import Prose
from nlp.text.lines import Line

TABLE_CHAPTERS = ("disclosure", "requests", "review_litigation")
"""The kinds of the chapters that are tables."""

_FAR = 40
"""A heading with so many blank lines below it has nothing under it."""

_EMPTY = -2.0
_BEFORE_TABLE = 1.0
_WITHOUT_TABLE = 0.75
"""What the score of a table's heading is multiplied by where no table follows."""

_LEAST = 0.4
"""A heading with no higher score is none."""

_SURE = 4.0
"""A heading with such a score has its chapter's name and number, and is believed in whatever order."""

_STARTS_REPORT = 2.0
"""A heading of the first chapter with a higher score may start another report."""

_ANOTHER_REPORT = 3
"""A heading of the first chapter behind so many others starts another report."""

_AS_GOOD = 0.8
"""Of several reports the first is read whose headings score so much of the best one's."""


def headings(prose: Prose) -> tuple[list[Heading], int]:
    """Return the headings of a report's chapters in page order, at most one of a kind, and where it ends.

    The end is the number of lines, or the position of the line with which another report begins.
    """
    weighed = _weighed(chapter_level(prose, list(candidates(prose))), prose)
    chosen, next_report = _best_report(weighed)
    end = len(prose.lines)
    if next_report is not None:
        end = _start_of_report(prose, chosen[-1].last + 1, next_report)
    if len(chosen) < len(kinds()):
        chosen = with_lost_headings(prose, chosen)
    return chosen, end


def _weighed(candidates: Sequence[Heading], prose: Prose) -> list[Heading]:
    """Weigh what follows each heading: a list of headings has nothing under them, a table has a table."""
    weighed = []
    for place, heading in enumerate(candidates):
        score = heading.score
        if place + 1 < len(candidates) and _is_empty(heading, candidates[place + 1].first, prose.lines):
            score += _EMPTY
        if heading.kind in TABLE_CHAPTERS:
            if is_before_table(heading, prose.labels):
                score += _BEFORE_TABLE
            else:
                score -= (1 - _WITHOUT_TABLE) * heading.score
        if score > _LEAST:
            weighed.append(replace(heading, score=score))
    return weighed


def _is_empty(heading: Heading, next_heading: int, lines: Sequence[Line]) -> bool:
    """Return whether nothing stands between a heading and the line of the next one."""
    has_text_on_line = heading.column < len(lines[heading.last].raw)
    if has_text_on_line or next_heading >= len(lines):
        return False
    below = range(heading.last + 1, min(next_heading, heading.last + _FAR))
    return not any(lines[position].plain for position in below)


def _best_report(weighed: Sequence[Heading]) -> tuple[list[Heading], Heading | None]:
    """Return the headings of the report to read, and the first heading of a report behind it.

    Of a table of contents and a text it is the text, of two reports the first.
    """
    reports = []
    for headings_of_report in _reports(weighed):
        chain = _chain(headings_of_report)
        if chain:
            reports.append(chain)
    best = max(map(_sum, reports), default=0)
    good = [chain for chain in reports if _sum(chain) >= _AS_GOOD * best]
    if not good:
        return [], None
    next_report = good[1][0] if len(good) > 1 else None
    return good[0], next_report


def _sum(chain: Sequence[Heading]) -> float:
    return sum(heading.score for heading in chain)


def _reports(weighed: Sequence[Heading]) -> list[list[Heading]]:
    """Cut the headings where they begin anew: an overview behind several other chapters."""
    reports: list[list[Heading]] = [[]]
    kinds_of_report: set[str] = set()
    for heading in weighed:
        others = kinds_of_report - {heading.kind}
        is_first_kind = heading.kind == kinds()[0] and heading.score > _STARTS_REPORT
        if is_first_kind and len(others) >= _ANOTHER_REPORT:
            reports.append([])
            kinds_of_report = set()
        reports[-1].append(heading)
        kinds_of_report.add(heading.kind)
    return reports


def _chain(headings_of_report: Sequence[Heading]) -> list[Heading]:
    """Return the headings in official order that score best together, then those that fit nowhere.

    `best[n]` is the best chain whose last heading is of the kind number `n`, counted from one.
    """
    best: list[tuple[float, list[Heading]]] = [(0.0, [])] * (len(kinds()) + 1)
    for heading in headings_of_report:
        number = kinds().index(heading.kind) + 1
        score, chain = max(best[:number], key=lambda scored: scored[0])
        score += heading.score
        if score > best[number][0]:
            best[number] = (score, [*chain, heading])
    _, chain = max(best, key=lambda scored: scored[0])
    chain = [*chain, *_out_of_order(headings_of_report, chain)]
    return sorted(chain, key=lambda heading: heading.place)


def _out_of_order(headings_of_report: Sequence[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Return the headings of sure name and number whose kind has no place in the chain."""
    placed = {heading.kind for heading in chain}
    added = []
    for heading in headings_of_report:
        if heading.score >= _SURE and heading.kind not in placed:
            placed.add(heading.kind)
            added.append(heading)
    return added


def _start_of_report(prose: Prose, start: int, first_chapter: Heading) -> int:
    """Return the line from `start` on with which a report begins: its title, else its first chapter."""
    above = title(prose, first_chapter.first, start)
    return above.first if above else first_chapter.first
