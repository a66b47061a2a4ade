"""Finds chapters whose heading is glued to other text, garbled or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec.structs import replace
from rapidfuzz import fuzz

from nlp.narrative.chapters.chapter_names import kinds
from nlp.narrative.chapters.headings import Heading, candidates, opening_of
from nlp.narrative.chapters.levels import is_before_table
from nlp.narrative.chapters.numbered_headings import numbered_headings
from nlp.narrative.identity.titles import title
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.passage import Passage
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.sub_headings import sub_heading_length
from nlp.narrative.wording import expression, wording
from nlp.text.lines import Line

_OVERVIEW, _PROBLEMS = "overview", "problems_and_improvements"

_FEWEST = 2
"""A document with fewer chapters, lost ones included, is no report whose text could be cut further."""

_OPENING, _BELOW = 16, 8
"""So many characters tell how a chapter opens; so many lines, blank ones too, may hold them."""

_SHORTEST_GARBLED, _LONGEST_GARBLED = 6, 40
_ALIKE = 88
"""Percentage of likeness from which a garbled title is a chapter's official one."""

_TABLE_SCORE, _GARBLED_SCORE, _OPENING_SCORE, _TEXT_SCORE = (
    3.0,
    1.5,
    1.0,
    0.5,
)

_SURE = 3.0
"""A heading with such a score is one even where no other chapter is found."""

_MOST_SENTENCES = 10
"""So many sentences above the first chapter may introduce the report."""

_SENTENCE = re.compile("[^。\n]+[。\n]*")


def with_lost_headings(prose: Prose, chosen: Sequence[Heading]) -> list[Heading]:
    """Return the chosen headings and those of chapters that are missing among them, in page order."""
    headings = list(chosen)
    for search in (_passed_over, _garbled, _opened):
        missing = set(kinds()) - {heading.kind for heading in headings}
        if missing:
            headings = _placed(headings, search(prose, missing))
    headings = _placed(headings, numbered_headings(prose, headings))
    is_sure = any(heading.score >= _SURE for heading in headings)
    if not is_sure and len(headings) < _FEWEST:
        return list(chosen)
    if not _has(headings, _PROBLEMS):
        headings = _placed(headings, _problems(prose, headings))
    if not _has(headings, _OVERVIEW):
        headings = _placed(headings, _overview(prose, headings[0].first))
    return headings


def _has(headings: Sequence[Heading], kind: str) -> bool:
    return any(heading.kind == kind for heading in headings)


def _placed(headings: Sequence[Heading], more: Iterable[Heading]) -> list[Heading]:
    """Add the headings that stand between the chapters that they should stand between."""
    placed = list(headings)
    for heading in more:
        if all(_is_in_order(heading, other) for other in headings):
            placed.append(heading)
    return sorted(placed, key=lambda heading: heading.place)


def _is_in_order(heading: Heading, other: Heading) -> bool:
    should_be_after = kinds().index(other.kind) < kinds().index(heading.kind)
    if should_be_after:
        return other.place < heading.place
    return other.place > heading.place


def _passed_over(prose: Prose, missing: set[str]) -> list[Heading]:
    """Find lines that open with a chapter's name and its official number, the first one of each kind."""
    first_of_kind: dict[str, Heading] = {}
    for heading in candidates(prose):
        name = heading.name
        if heading.kind not in missing or name is None or name.is_loose:
            continue
        if name.style == "chinese" and name.number == kinds().index(heading.kind) + 1:
            first_of_kind.setdefault(heading.kind, heading)
    return list(first_of_kind.values())


def _garbled(prose: Prose, missing: set[str]) -> list[Heading]:
    """Find numbered lines that are a chapter's official title but for a few characters."""
    titles = []
    for chapter in wording("sections")["chapter"]:
        if chapter["kind"] in missing:
            titles += [(chapter["kind"], official) for official in chapter["titles"]]
    first_of_kind: dict[str, Heading] = {}
    for position, line in enumerate(prose.lines):
        if not _SHORTEST_GARBLED <= len(line.plain) <= _LONGEST_GARBLED:
            continue
        text = opening_of(line)
        if not expression("sections", "numbered").match(text):
            continue
        without_number = text[2:]
        likeness, kind = max((fuzz.ratio(without_number, official), kind) for kind, official in titles)
        if likeness >= _ALIKE and kind not in first_of_kind:
            first_of_kind[kind] = Heading(kind, position, position, 0, len(line.raw), _GARBLED_SCORE)
    return list(first_of_kind.values())


def _opened(prose: Prose, missing: set[str]) -> list[Heading]:
    """Find where chapters without a heading begin, by what they open with."""
    wanted = {kind: opening for kind, opening in _openings().items() if kind in missing}
    openings = []
    for position, line in enumerate(prose.lines):
        if not wanted:
            break
        if len(line.plain) < 2:
            continue
        text = _opening_text(prose.lines, position)
        for kind in list(wanted):
            if wanted[kind].search(text):
                opening = Heading(kind, position, position, 0, 0, _OPENING_SCORE)
                if is_before_table(opening, prose.labels):
                    opening = replace(opening, score=_TABLE_SCORE)
                openings.append(opening)
                del wanted[kind]
    return openings


@cache
def _openings() -> dict[str, re.Pattern[str]]:
    """Return what chapters open with below their heading, by kind; not every kind has such words."""
    openings = {}
    for chapter in wording("sections")["chapter"]:
        if "opens" in chapter:
            openings[chapter["kind"]] = re.compile("|".join(chapter["opens"]))
    return openings


def _opening_text(lines: Sequence[Line], position: int) -> str:
    """Return a line joined with those below it, as far as an opening may reach where lines are short."""
    text = ""
    for line in lines[position : position + _BELOW]:
        text += opening_of(line)
        if len(text) >= _OPENING:
            break
    return text


def _problems(prose: Prose, headings: Sequence[Heading]) -> list[Heading]:
    """Find the first title of problems or measures behind the tables."""
    earlier_kinds = kinds()[: kinds().index(_PROBLEMS)]
    start = max((heading.last + 1 for heading in headings if heading.kind in earlier_kinds), default=None)
    if start is None:
        return []
    for position in range(start, len(prose.lines)):
        plain = prose.lines[position].plain
        if not plain or not sub_heading_length(plain):
            continue
        if leading(plain) or prose.labels[position] == "heading":
            return [Heading(_PROBLEMS, position, position, 0, 0, _TEXT_SCORE)]
    return []


def _overview(prose: Prose, end: int) -> list[Heading]:
    """Take the text above the first chapter for the overview, but for what introduces the report."""
    above = title(prose, end)
    start = above.last + 1 if above else 0
    if start >= end:
        return []
    passage = prose.passage(Extent(start, end - 1))
    first = _behind_preface(passage)
    if first is None or "。" not in passage.folded[first:]:
        return []
    position = passage.lines(first, first + 1)[0] - 1
    return [Heading(_OVERVIEW, position, position, 0, 0, _TEXT_SCORE)]


def _behind_preface(passage: Passage) -> int | None:
    """Return where the first line starts that stands behind the sentences which introduce a report."""
    preface_end = 0
    for count, sentence in enumerate(_SENTENCE.finditer(passage.folded)):
        if count == _MOST_SENTENCES or leading(sentence.group()):
            break
        if _introduces_report().search(sentence.group()):
            preface_end = sentence.end()
    last_line = passage.lines(0, preface_end)[1] if preface_end else 0
    for place, number in zip(passage.places, passage.numbers, strict=True):
        if number > last_line:
            return place
    return None


@cache
def _introduces_report() -> re.Pattern[str]:
    return re.compile("|".join(wording("sections")["preface"]))
