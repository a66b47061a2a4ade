"""Tells headings of chapters from those of parts and points called like chapters, by their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from nlp.narrative.chapters.chapter_names import BRACKETS, kinds, numerals
from nlp.narrative.chapters.headings import Heading, opening_of
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.wording import expression
from nlp.record.model import TABLE_LABELS
from nlp.text.lines import Line

_CHAPTER_STYLES = ("chinese", "lost")
_TABLE_CHAPTERS = ("disclosure", "requests", "review_litigation")

_NEAR = 8
"""A table begins within so many lines below its chapter's heading."""

_BRACKETS_AS_CHAPTERS = 2.5
"""What is added to the score of a heading in brackets where all chapters are numbered so."""


def chapter_level(prose: Prose, headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings that may be those of chapters; parts and points called like a chapter are left out.

    Of headings in brackets, (一)主动公开政府信息情况, those are parts that stand below a chapter numbered
    一、. A heading that counts on in a list inside a chapter is a point of that list.
    """
    listed = _in_lists(prose, headings)
    kept = [heading for place, heading in enumerate(headings) if place not in listed]
    if _are_numbered_in_brackets(kept):
        return [_raised(heading) for heading in kept]
    chapter_above: Heading | None = None
    chapters = []
    for heading in kept:
        if _is_in_brackets(heading):
            if _is_part(heading, chapter_above, prose.labels):
                continue
        elif _is_strict(heading):
            chapter_above = heading
        chapters.append(heading)
    return chapters


def is_before_table(heading: Heading, labels: Sequence[str | None]) -> bool:
    """Return whether lines that are labelled as a table's stand just below a heading."""
    near = labels[heading.last + 1 : heading.last + 1 + _NEAR]
    return any(label in TABLE_LABELS for label in near)


def is_official_number(heading: Heading) -> bool:
    """Return whether a heading has the number that its chapter has in the form."""
    return heading.name is not None and heading.name.number == kinds().index(heading.kind) + 1


def _is_strict(heading: Heading) -> bool:
    return heading.name is not None and not heading.name.is_loose


def _is_in_brackets(heading: Heading) -> bool:
    return heading.name is not None and heading.name.style in BRACKETS


def _are_numbered_in_brackets(headings: Sequence[Heading]) -> bool:
    """Return whether the chapters are numbered (一), (二): the first one is, and none is numbered 一、."""
    has_first = False
    for heading in headings:
        if not _is_strict(heading):
            continue
        if heading.name is not None and heading.name.style in _CHAPTER_STYLES:
            return False
        if _is_in_brackets(heading) and heading.kind == kinds()[0]:
            has_first = True
    return has_first


def _raised(heading: Heading) -> Heading:
    if not _is_in_brackets(heading):
        return heading
    return replace(heading, score=heading.score + _BRACKETS_AS_CHAPTERS)


def _is_part(heading: Heading, chapter_above: Heading | None, labels: Sequence[str | None]) -> bool:
    """Return whether a heading in brackets is one of a part."""
    if heading.is_run_in or not _is_strict(heading):
        return True
    is_official = is_official_number(heading)
    if is_official and heading.kind in _TABLE_CHAPTERS and is_before_table(heading, labels):
        return False
    if chapter_above is None:
        return False
    is_below_numbered = chapter_above.name is not None and chapter_above.name.style in _CHAPTER_STYLES
    return is_below_numbered or not is_official


def _in_lists(prose: Prose, headings: Sequence[Heading]) -> set[int]:
    """Return which headings, by place, count on in a list 一、二、三、 that begins anew inside a chapter."""
    place_of_line = {heading.first: place for place, heading in enumerate(headings)}
    listed: set[int] = set()
    in_chapter = False
    last_number: int | None = None
    for position, number in _numbered_lines(prose.lines).items():
        place = place_of_line.get(position)
        if place is not None and _is_of_chapter(headings[place], prose.labels):
            in_chapter, last_number = True, None
            continue
        starts_list = number == 1 and in_chapter
        counts_on = starts_list or (last_number is not None and number == last_number + 1)
        last_number = number if counts_on else None
        if counts_on and place is not None:
            listed.add(place)
    return listed


def _numbered_lines(lines: Sequence[Line]) -> Mapping[int, int]:
    """Return the numbers of the lines that open with 一、, by position; rows of the form are left out."""
    numbers = {}
    for position, line in enumerate(lines):
        if line.plain[:1] not in numerals() or not line.plain:
            continue
        text = opening_of(line)
        numbered = expression("sections", "numbered").match(text)
        if numbered is None or expression("sections", "form_row").match(text):
            continue
        number = number_of(numbered.group())
        if number is not None:
            numbers[position] = number
    return numbers


def _is_of_chapter(heading: Heading, labels: Sequence[str | None]) -> bool:
    """Return whether a heading is certainly a chapter's: a line of its own with its name, number or table."""
    if heading.is_run_in or not _is_strict(heading):
        return False
    if is_official_number(heading):
        return True
    return heading.kind in _TABLE_CHAPTERS and is_before_table(heading, labels)
