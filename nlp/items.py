"""Reads the problems and improvements of a report as items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.lines import Line
from nlp.narrative.authors import signed_off
from nlp.narrative.bodies import body
from nlp.narrative.enumerators import leading
from nlp.narrative.listing import Entry, Listing
from nlp.narrative.passages import Passage, passage
from nlp.narrative.settling import settled
from nlp.narrative.undertitles import undertitle
from nlp.narrative.zones import is_general, problem_noun, zone_of
from nlp.normalising import fold
from nlp.report import Improvement, Problem, Section

_CHAPTER = "problems_and_improvements"


def items(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    sections: Sequence[Section],
    year: int | None = None,
) -> tuple[list[Problem], list[Improvement]]:
    """Return the problems and the improvements that a report for a year names, each in page order.

    They stand in the fifth chapter; what was done about last year's problems is read wherever a part of
    another chapter is called so. A problem of a year before the report's is none of its own.

    >>> from nlp.lines import split
    >>> from nlp.sections import sections
    >>> lines = split("五、存在问题及改进情况\\n问题：更新不及时。\\n措施：一是加强学习；二是专人负责。")
    >>> labels = ["heading", "narrative", "narrative"]
    >>> problems, improvements = items(lines, labels, sections(lines, labels))
    >>> [item.text for item in problems], [item.text for item in improvements]
    (['更新不及时'], ['加强学习', '专人负责'])
    """
    problems: list[Problem] = []
    improvements: list[Improvement] = []
    for section, past in _listed(sections):
        read = passage(lines, labels, body(lines, section, sections), tables=False, titled=undertitle)
        listing = Listing(signed_off(read.folded), "improvements" if past else None, past, year)
        entries = settled(listing.entries, read.folded)
        numbers = _positions(entries, len(problems))
        problems += [Problem(*_place(read, entry)) for entry in entries if entry.zone == "problems"]
        improvements += [
            Improvement(*_place(read, entry), [numbers[at] for at in entry.answers if at in numbers])
            for entry in entries
            if entry.zone == "improvements"
        ]
    return problems, improvements


def _listed(sections: Sequence[Section]) -> Iterator[tuple[Section, bool]]:
    """Yield the sections that list items, and whether they do so for last year's problems."""
    for section in sections:
        if section.kind == _CHAPTER:
            yield section, False
        else:
            yield from ((part, True) for part in section.sections if _is_past(part.title))


def _is_past(title: str) -> bool:
    words = fold(title)
    if problem_noun().search(words) is None:
        return False
    mark = leading(words)
    words = words[mark.end :] if mark else words
    return is_general(words) and zone_of(words) == "improvements"


def _positions(entries: Sequence[Entry], before: int) -> dict[int, int]:
    places = [at for at, entry in enumerate(entries) if entry.zone == "problems"]
    return {at: before + number for number, at in enumerate(places)}


def _place(read: Passage, entry: Entry) -> tuple[str, tuple[int, int], tuple[int, int]]:
    text = read.text[entry.start : entry.end]
    return text, read.lines(entry.start, entry.end), read.span(entry.start, entry.end)
