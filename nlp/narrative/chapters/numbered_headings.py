"""Finds chapters by their number alone, where the name of one is unknown and its neighbours count past it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.narrative.chapters.chapter_names import kinds
from nlp.narrative.chapters.headings import Heading
from nlp.narrative.identity.titles import title
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.squeezed import readable
from nlp.narrative.wording import expression
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_SCORE = 2.0
_BEFORE_HEADING = HOLE + " \t#*>|"
"""What may stand before a heading that opens its line."""
_LONGEST_NAME = 30
_CLAUSE_MARKS = re.compile("[。,;!?]")


def numbered_headings(prose: Prose, chosen: Sequence[Heading]) -> list[Heading]:
    """Return the headings of missing chapters that are told by number and place, in page order.

    The chapter before has to be the one of the number before, the chapter behind that of the number after,
    which is numbered in the same way, in brackets or not. The first such line between them is the heading.

    >>> from nlp.text.lines import split
    >>> lines = split("一、这一年\\n全年平稳。\\n二、主动公开政府信息情况\\n见下表。")
    >>> second = Heading("disclosure", 2, 2, 0, 13, 5.5)
    >>> found = numbered_headings(Prose(lines, ["heading", "narrative"] * 2), [second])
    >>> [(heading.kind, heading.first) for heading in found]
    [('overview', 0)]
    """
    by_kind = {heading.kind: heading for heading in chosen}
    numbered = []
    for place, kind in enumerate(kinds()):
        if kind in by_kind or place + 1 == len(kinds()):
            continue
        behind = by_kind.get(kinds()[place + 1])
        before = by_kind.get(kinds()[place - 1]) if place else None
        if behind is None or _number(prose, behind) != place + 2:
            continue
        if place and (before is None or _number(prose, before) != place):
            continue
        start = _end_of_title(prose, behind.first) if before is None else before.last + 1
        for heading in _with_number(prose, kind, start, behind.first):
            if _is_in_brackets(prose, heading) == _is_in_brackets(prose, behind):
                numbered.append(heading)
                break
    return numbered


def _number(prose: Prose, heading: Heading) -> int | None:
    """Return the number of a heading; None where it has none."""
    number = expression("sections", "chapter_number").match(_text(prose, heading))
    return None if number is None else number_of(_squeezed(number.group()))


def _is_in_brackets(prose: Prose, heading: Heading) -> bool:
    return _text(prose, heading).startswith("(")


def _text(prose: Prose, heading: Heading) -> str:
    """Return the line of a heading from its first word on."""
    return readable(prose.lines[heading.first])[heading.start :].lstrip(_BEFORE_HEADING)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _end_of_title(prose: Prose, end: int) -> int:
    above = title(prose, end)
    return 0 if above is None else above.last + 1


def _with_number(prose: Prose, kind: str, start: int, end: int) -> Iterator[Heading]:
    """Yield the lines from `start` up to `end` that have the number of a kind and a name behind it."""
    for position in range(start, end):
        line = prose.lines[position]
        if not line.plain or prose.labels[position] in ("table_row", "numeric_cell"):
            continue
        first, last = _name_on(line)
        text = readable(line)
        number = expression("sections", "chapter_number").match(text[first:last])
        if number is None or number_of(_squeezed(number.group())) != kinds().index(kind) + 1:
            continue
        is_run_in = last < len(text.rstrip())
        name = text[first + number.end() : last]
        is_name = 0 < len(_squeezed(name)) <= _LONGEST_NAME and not _CLAUSE_MARKS.search(name)
        is_row_of_form = expression("sections", "form_row").match(_squeezed(text[first:last]))
        if is_name and not is_row_of_form:
            yield Heading(kind, position, position, first, last, _SCORE, is_run_in=is_run_in)


def _name_on(line: Line) -> tuple[int, int]:
    """Return the columns of the first words of a line: up to wide white space with text behind it."""
    folded = readable(line)
    first = len(folded) - len(folded.lstrip(_BEFORE_HEADING))
    wide = expression("sections", "behind_name").search(folded, first)
    return first, wide.start() if wide else len(folded.rstrip())
