"""Reads the problems and improvements of a report as items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.narrative.chapters.chapter_text import body
from nlp.narrative.identity.agencies import signed_off
from nlp.narrative.items.cue_words import Zone, is_general, problem_noun, zone_of
from nlp.narrative.items.listing import Entry, Listing
from nlp.narrative.items.named_problems import settled
from nlp.narrative.items.side_by_side import Table, facing
from nlp.narrative.items.sub_headings import undertitle
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.paragraphs import Extent, Passage, passage
from nlp.record.model import Improvement, Problem, Section
from nlp.text.folding import fold
from nlp.text.lines import Line

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

    >>> from nlp.text.lines import split
    >>> from nlp.narrative.chapters.sections import sections
    >>> lines = split("五、存在问题及改进情况\\n问题：更新不及时。\\n措施：一是加强学习；二是专人负责。")
    >>> labels = ["heading", "narrative", "narrative"]
    >>> problems, improvements = items(lines, labels, sections(lines, labels))
    >>> [item.text for item in problems], [item.text for item in improvements]
    (['更新不及时'], ['加强学习', '专人负责'])
    """
    found = _Found([], [])
    for section, past in _listed(sections):
        for extent, table in facing(lines, body(lines, section, sections)):
            read = passage(lines, labels, extent, tables=False, titled=undertitle)
            listing = Listing(signed_off(read.folded), "improvements" if past else None, past, year)
            found.enter(read, settled(listing.entries, read.folded))
            if table is not None and table.rows:
                _enter_rows(found, table)
    return found.problems, found.improvements


class _Found(NamedTuple):
    """The problems and the improvements read so far."""

    problems: list[Problem]
    improvements: list[Improvement]

    def enter(self, read: Passage, entries: Sequence[Entry], answers: Sequence[int] = ()) -> None:
        """Enter what a passage lists; all its measures answer the problems `answers` as well."""
        numbers = _positions(entries, len(self.problems))
        self.problems.extend(Problem(*_place(read, entry)) for entry in entries if entry.zone == "problems")
        self.improvements.extend(
            Improvement(
                *_place(read, entry), [*answers, *(numbers[at] for at in entry.answers if at in numbers)]
            )
            for entry in entries
            if entry.zone == "improvements"
        )


def _enter_rows(found: _Found, table: Table) -> None:
    """Enter the problems of each row, and the measures beside them as their answers."""
    labels = ["narrative"] * len(table.problems)
    for first, last in table.rows:
        before = len(found.problems)
        columns: tuple[tuple[Sequence[Line], Zone], ...] = (
            (table.problems, "problems"),
            (table.measures, "improvements"),
        )
        for lines, zone in columns:
            read = passage(lines, labels, Extent(first, last), tables=False, titled=undertitle)
            entries = [
                entry for entry in Listing(read.folded, zone, whole=True).entries if entry.zone == zone
            ]
            found.enter(read, entries, range(before, len(found.problems)))


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
