"""Finds chapters whose heading is glued to other text, garbled or lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from rapidfuzz import fuzz

from nlp.narrative.chapters.headings import Heading, kinds, squeezed
from nlp.narrative.identity.titles import title
from nlp.narrative.items.sub_headings import undertitle
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.paragraphs import Extent, passage
from nlp.narrative.wording import expression, wording
from nlp.text.lines import Line

_OVERVIEW, _PROBLEMS = "overview", "problems_and_improvements"
_FEWEST = 2
_OPENING, _BELOW = 16, 8
"""So many characters tell how a chapter opens; so many lines, blank ones too, may hold them."""
_ALIKE = 88
_SHORTEST, _LONGEST = 6, 40
_MOST_SENTENCES = 10
_SENTENCE = re.compile("[^。\n]+[。\n]*")


def found_again(
    lines: Sequence[Line], labels: Sequence[str | None], chosen: Sequence[Heading]
) -> list[Heading]:
    """Return headings of the chapters that are missing among the `chosen` ones, each in its place."""
    found = list(chosen)
    for look in (_glued, _garbled, _opened):
        missing = set(kinds()) - {heading.kind for heading in found}
        if missing:
            found = _placed(found, look(lines, missing))
    if len(found) < _FEWEST:
        return list(chosen)
    if _PROBLEMS not in {heading.kind for heading in found}:
        found = _placed(found, _problems(lines, labels, found))
    if _OVERVIEW not in {heading.kind for heading in found}:
        found = _placed(found, _overview(lines, labels, found[0].first))
    return found


def _placed(found: Sequence[Heading], more: Iterable[Heading]) -> list[Heading]:
    """Add what stands between the chapters that it should stand between."""
    placed = [heading for heading in more if all(_in_order(heading, other) for other in found)]
    return sorted([*found, *placed], key=lambda heading: heading.place)


def _in_order(heading: Heading, other: Heading) -> bool:
    before = kinds().index(other.kind) < kinds().index(heading.kind)
    return other.place != heading.place and (other.place < heading.place) == before


@cache
def _inside() -> re.Pattern[str]:
    """A numbered chapter's name inside a line, after a sentence or a cell."""
    names = "|".join(f"(?P<{c['kind']}>{'|'.join(c['names'])})" for c in wording("sections")["chapter"])
    before = "|".join(sorted(wording("sections")["before"], key=len, reverse=True))
    return re.compile(rf"{expression('sections', 'inside').pattern}(?:(?>{before})\s?){{0,8}}(?:{names})")


def _glued(lines: Sequence[Line], missing: set[str]) -> list[Heading]:
    found: dict[str, Heading] = {}
    for at, line in enumerate(lines):
        if len(line.plain) > 8:
            for match in _inside().finditer(line.folded):
                kind = match.lastgroup or ""
                if kind in missing:
                    found.setdefault(kind, Heading(kind, at, at, match.start(), match.end(), 2.0))
    return list(found.values())


def _garbled(lines: Sequence[Line], missing: set[str]) -> list[Heading]:
    """Find numbered lines that are a chapter's official title but for a few characters."""
    chapters = [chapter for chapter in wording("sections")["chapter"] if chapter["kind"] in missing]
    titles = [(chapter["kind"], title) for chapter in chapters for title in chapter["titles"]]
    found: dict[str, Heading] = {}
    for at, line in enumerate(lines):
        if 6 <= len(line.plain) <= _LONGEST and expression("sections", "numbered").match(
            text := squeezed(line)
        ):
            alike, kind = max((fuzz.ratio(text[2:], name), kind) for kind, name in titles)
            if alike >= _ALIKE:
                found.setdefault(kind, Heading(kind, at, at, 0, len(line.raw), 1.5))
    return list(found.values())


@cache
def _openings() -> dict[str, re.Pattern[str]]:
    return {
        c["kind"]: re.compile("|".join(c["opens"])) for c in wording("sections")["chapter"] if "opens" in c
    }


def _opened(lines: Sequence[Line], missing: set[str]) -> list[Heading]:
    """Find where chapters without a heading begin, by what they open with."""
    wanted = {kind: opening for kind, opening in _openings().items() if kind in missing}
    found: dict[str, Heading] = {}
    for at, line in enumerate(lines):
        if len(line.plain) < 2 or not wanted:
            continue
        text = _from(lines, at)
        for kind in [kind for kind, opening in wanted.items() if opening.search(text)]:
            found[kind] = Heading(kind, at, at, 0, 0, 1.0)
            del wanted[kind]
    return list(found.values())


def _from(lines: Sequence[Line], at: int) -> str:
    """Return a line joined with those below it, as far as an opening may reach where lines are short."""
    text, below = squeezed(lines[at]), at + 1
    while len(text) < _OPENING and below < min(at + _BELOW, len(lines)):
        text += squeezed(lines[below])
        below += 1
    return text


def _problems(lines: Sequence[Line], labels: Sequence[str | None], found: Sequence[Heading]) -> list[Heading]:
    """Find the first title of problems or measures behind the tables."""
    earlier = kinds()[: kinds().index(_PROBLEMS)]
    start = max((heading.last + 1 for heading in found if heading.kind in earlier), default=len(lines))
    for at in range(start, len(lines)):
        plain = lines[at].plain
        if plain and (leading(plain) or labels[at] == "heading") and undertitle(plain):
            return [Heading(_PROBLEMS, at, at, 0, 0, 0.5)]
    return []


def _overview(lines: Sequence[Line], labels: Sequence[str | None], end: int) -> list[Heading]:
    """Take the text above the first chapter for the overview, but for what introduces the report."""
    above = title(lines, labels, end)
    start = above.last + 1 if above else 0
    if start >= end:
        return []
    read = passage(lines, labels, Extent(start, end - 1))
    said = list(islice(_SENTENCE.finditer(read.folded), _MOST_SENTENCES))
    parts = [sentence.start() for sentence in said if leading(sentence.group())]
    said = [sentence for sentence in said if not parts or sentence.start() < parts[0]]
    preface = [sentence.end() for sentence in said if _preface().search(sentence.group())]
    introduced = read.lines(0, preface[-1])[1] if preface else 0
    first = next(
        (place for place, number in zip(read.places, read.numbers, strict=True) if number > introduced), None
    )
    if first is None or "。" not in read.folded[first:]:
        return []
    at = read.lines(first, first + 1)[0] - 1
    return [Heading(_OVERVIEW, at, at, 0, 0, 0.5)]


@cache
def _preface() -> re.Pattern[str]:
    return re.compile("|".join(wording("sections")["preface"]))
