"""Finds the title of a report: the lines above its text that name agency, year and report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeezed_line
from nlp.narrative.vocabulary.agency_names import is_name
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_MOST_LINES_ABOVE = 3
"""A title has at most so many lines above its last one."""

_LONGEST_FIRST_LINE = 40
_LONGEST_LINE = 80
_FARTHEST = 8
"""Lines of a title that are so many lines apart are not one title, blank lines or not."""

_GOVERNMENT = len("政府")
"""Of 人民政府信息公开 the characters 政府 belong to the name that stands before 信息公开."""


class Title(Struct, frozen=True, gc=False):
    """The title's lines by position, what it says, and what of that stands before 政府信息公开."""

    first: int
    last: int
    whole: Squeezed
    before: Squeezed


class _TitleLine(Struct, frozen=True, gc=False):
    """A line that may be one of a title's, by its position, its label, and without its white space."""

    position: int
    label: str | None
    squeezed: Squeezed

    @property
    def folded(self) -> str:
        return self.squeezed.folded


def title(prose: Prose, end: int, start: int = 0) -> Title | None:
    """Return the title among the lines from position `start` up to `end`; None where there is none.

    A title whose last line is labelled as a heading is believed before one whose is not.
    """
    titles = list(_titles(prose.lines, prose.labels, start, end))
    for candidate in titles:
        if prose.labels[candidate.last] == "heading":
            return candidate
    return titles[0] if titles else _title_among_furniture(prose, start, end)


def _title_among_furniture(prose: Prose, start: int, end: int) -> Title | None:
    """Return a title that was labelled as one of the site's lines: it names the year, and stands last."""
    last = end - 1
    while last >= start and not prose.lines[last].plain:
        last -= 1
    if last < start or expression("identity", "year_in_title").search(prose.lines[last].plain) is None:
        return None
    unlabelled = [*prose.labels[:last], None]
    return next(_titles(prose.lines, unlabelled, last, last + 1), None)


def _titles(lines: Sequence[Line], labels: Sequence[str | None], start: int, end: int) -> Iterator[Title]:
    """Yield what reads like a report's title, a name of a report on one line or torn over two."""
    possible = []
    for position in range(start, end):
        line = _title_line(lines[position], position, labels[position])
        if line is not None:
            possible.append(line)
    for place, line in enumerate(possible):
        last = place
        if not _names_report(line.folded):
            last = place + 1
            if last == len(possible) or not _is_torn(line.folded, possible[last].folded):
                continue
        whole = _joined_title(lines, possible, place, last)
        if whole is not None:
            yield whole


def _title_line(line: Line, position: int, label: str | None) -> _TitleLine | None:
    if not line.plain or len(line.plain) >= 2 * _LONGEST_LINE or label in ("furniture", "numeric_cell"):
        return None
    squeezed = squeezed_line(line)
    text = squeezed.folded
    if len(text) > _LONGEST_LINE or is_furniture(text) or expression("identity", "no_part").search(text):
        return None
    return _TitleLine(position, label, squeezed)


def _names_report(text: str) -> bool:
    return expression("identity", "report").search(text) is not None


def _is_torn(text: str, below: str) -> bool:
    """Return whether the words that make a title stand half on a line and half on the next."""
    if len(below) > _LONGEST_FIRST_LINE or _names_report(below):
        return False
    return _names_report(text + below)


def _joined_title(
    lines: Sequence[Line], possible: Sequence[_TitleLine], first: int, last: int
) -> Title | None:
    """Join the lines that name a report with those above them and the year below them."""
    if last + 1 < len(possible) and _is_next(lines, possible[last], possible[last + 1]):
        is_year = expression("identity", "year_line").fullmatch(possible[last + 1].folded)
        last += 1 if is_year else 0
    highest = max(last - _MOST_LINES_ABOVE, 0)
    while first > highest and _is_next(lines, possible[first - 1], possible[first]):
        if not _leads_to_title(possible[first - 1]):
            break
        first -= 1
    whole = joined(line.squeezed for line in possible[first : last + 1])
    match = expression("identity", "whole").fullmatch(whole.folded)
    if match is None:
        return None
    end = match.end("before") + (_GOVERNMENT if match["people"] else 0)
    return Title(possible[first].position, possible[last].position, whole, whole.part(0, end))


def _leads_to_title(line: _TitleLine) -> bool:
    """Return whether a line may be the first part of a title."""
    text = line.folded
    if len(text) > _LONGEST_FIRST_LINE or _names_report(text) or leading(text):
        return False
    if line.label == "heading" or is_name(text):
        return True
    return expression("identity", "leads").search(text) is not None


def _is_next(lines: Sequence[Line], line: _TitleLine, below: _TitleLine) -> bool:
    """Return whether nothing but blank lines stands between two lines, and not many."""
    if below.position - line.position >= _FARTHEST:
        return False
    return not any(lines[between].plain for between in range(line.position + 1, below.position))
