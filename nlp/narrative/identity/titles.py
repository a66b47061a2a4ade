"""Finds the titles of reports: the lines above the text that name agency, year and report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.identity.located import Located, joined, located_line
from nlp.narrative.identity.title_lines import (
    TitleLine,
    is_next,
    is_of_year_list,
    is_torn,
    leads_to_title,
    names_agency_of,
    names_other_year,
    names_report,
    title_line,
)
from nlp.narrative.identity.title_parts import agency_in_title, length_before, year_in_title
from nlp.narrative.identity.torn_names import Beginning, are_two_names, beginning
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import is_full_name
from nlp.narrative.wording import expression
from nlp.text.lines import Line
from nlp.text.pages import is_site_path

_MOST_LINES_ABOVE = 3
"""A title has at most so many lines above its last one."""

_NEAR = 40
_LAST_LINES = 30
"""The fields and the preface stand within so many lines of a title, the signature in the last lines."""

_SENTENCE_END = "。"
_HEADING_SCORE = 2.0


class Title(Struct, frozen=True, gc=False):
    """The title's lines by position, what it says, what of that stands before 政府信息公开, and its label.

    `agency` is the name of an agency in it, `year` the year that it names; None where it has none.
    `is_beginning_open` says that the agency's name may begin on another line than it is told to.
    """

    first: int
    last: int
    whole: Located
    before: Located
    label: str | None = None
    agency: Located | None = None
    year: int | None = None
    is_beginning_open: bool = False

    @property
    def score(self) -> float:
        """How much it looks like the title of the report: a heading that names agency and year."""
        score = _HEADING_SCORE if self.label == "heading" else 0.0
        score += self.agency is not None
        return score + (self.year is not None)


def title(prose: Prose, end: int, start: int = 0) -> Title | None:
    """Return the title among the lines from position `start` up to `end`; None where there is none.

    Of several the one with the highest score; of equals the last that no sentence parts from the first.
    """
    return best_title(prose, titles(prose, end, start))


def best_title(prose: Prose, listed: Sequence[Title]) -> Title | None:
    """Return of some titles, in page order, the one that reads most like the report's own; None of none."""
    best: Title | None = None
    for candidate in listed:
        if (
            best is None
            or candidate.score > best.score
            or (candidate.score == best.score and not _is_sentence_between(prose.lines, best, candidate))
        ):
            best = candidate
    return best


def titles(prose: Prose, end: int, start: int = 0) -> list[Title]:
    """Return all that reads like the title of a report, in page order; links to other reports left out."""
    return split_titles(prose, end, start)[0]


def split_titles(prose: Prose, end: int, start: int = 0) -> tuple[list[Title], list[Title]]:
    """Return the titles, and those that are announced below the page's own as links to other reports."""
    whole_titles = _all_titles(prose, end, start)
    number = _number_of_own(prose.lines, whole_titles)
    return _credible(prose, whole_titles[:number], end), whole_titles[number:]


def _credible(prose: Prose, whole_titles: Sequence[Title], end: int) -> list[Title]:
    """Return the titles that are no lines of the site.

    A part of a title may be labelled as a line of the site. Where all of one is, it has to name both agency
    and year, and counts only where no other is a title.
    """
    listed: list[Title] = []
    of_site: list[Title] = []
    for whole in whole_titles:
        labels = prose.labels[whole.first : whole.last + 1]
        is_of_site = set(labels) <= {"furniture", None}
        (of_site if is_of_site else listed).append(whole)
    if not listed:
        return _titles_among_furniture(prose, of_site, end)
    if any(whole.agency is not None or whole.year is not None for whole in listed):
        return listed
    full = [whole for whole in of_site if whole.agency is not None and whole.year is not None]
    return sorted([*listed, *full], key=lambda whole: whole.first)


def _all_titles(prose: Prose, end: int, start: int) -> list[Title]:
    possible = []
    for position in range(start, end):
        line = title_line(prose.lines[position], position, prose.labels[position])
        if line is not None:
            possible.append(line)
    return list(_titles(prose.lines, possible))


def _number_of_own(lines: Sequence[Line], listed: Sequence[Title]) -> int:
    """Return how many titles stand above the links to other pages.

    Links stand behind a line that announces them (相关链接), below a title that names agency and year.
    """
    looked_at: int | None = None  # the end of the lines below the first complete title that announce nothing
    for number, whole in enumerate(listed):
        if looked_at is None:
            looked_at = whole.last + 1 if _is_complete(lines, whole) else None
            continue
        if _has_links(lines[looked_at : whole.first]):
            return number
        looked_at = max(looked_at, whole.first)
    return len(listed)


def _is_complete(lines: Sequence[Line], whole: Title) -> bool:
    """Return whether a title names the year, and the agency too or the line below it does."""
    if whole.year is None:
        return False
    below = lines[whole.last + 1 : whole.last + 2]
    return whole.agency is not None or any(is_full_name(located_line(line).folded) for line in below)


def _has_links(lines: Sequence[Line]) -> bool:
    """Return whether one of some lines announces links to other pages."""
    return any(expression("identity", "links").fullmatch(located_line(line).folded) for line in lines)


def _titles_among_furniture(prose: Prose, of_site: Sequence[Title], end: int) -> list[Title]:
    """Return the titles among those labelled as lines of the site; above a path they are links.

    One that names no agency is believed where it is alone and in several lines, as no link is.
    """
    below_path = []
    last_path = -1
    for position in range(end):
        if is_site_path(prose.lines[position].plain):
            last_path = position
    for whole in of_site:
        if whole.last >= last_path:
            below_path.append(whole)
    full = [whole for whole in below_path if whole.agency is not None and whole.year is not None]
    if full or len(below_path) != 1:
        return full
    alone = below_path[0]
    return below_path if alone.year is not None and alone.last > alone.first else []


def _is_sentence_between(lines: Sequence[Line], above: Title, below: Title) -> bool:
    return any(_SENTENCE_END in line.plain for line in lines[above.last + 1 : below.first])


def _titles(lines: Sequence[Line], possible: Sequence[TitleLine]) -> Iterator[Title]:
    """Yield what reads like a report's title, a name of a report on one line or torn over two."""
    for place, line in enumerate(possible):
        last = place
        if not names_report(line.folded):
            last = place + 1
            if last == len(possible) or not is_torn(line.folded, possible[last].folded):
                continue
        whole = _joined_title(lines, possible, place, last)
        if whole is not None:
            yield whole


def _lines_with_agency(lines: Sequence[Line], position: int) -> list[Line]:
    """Return the lines in which a page may name the agency of a title: those around it and the last ones."""
    near = lines[max(position - _NEAR, 0) : position + _NEAR]
    return [*near, *lines[-_LAST_LINES:]]


def _joined_title(
    lines: Sequence[Line], possible: Sequence[TitleLine], first: int, last: int
) -> Title | None:
    """Join the lines that name a report with those above them and the year or the agency below them."""
    is_beginning_open = False
    has_below = last + 1 < len(possible) and is_next(lines, possible[last], possible[last + 1])
    if has_below and expression("identity", "year_line").fullmatch(possible[last + 1].folded):
        last += 1
        has_below = False
    highest = max(last - _MOST_LINES_ABOVE, 0)
    while first > highest and is_next(lines, possible[first - 1], possible[first]):
        above, below = possible[first - 1], possible[first]
        if names_other_year(above, possible[first : last + 1]) or is_of_year_list(lines, above):
            break
        title_below = joined(line.located for line in possible[first : last + 1])
        near = _lines_with_agency(lines, above.position)
        if leads_to_title(above, below):
            is_beginning_open = is_beginning_open or are_two_names(above, title_below, near)
        else:
            begins = beginning(above, title_below, near)
            is_beginning_open = begins in (Beginning.UNSURE, Beginning.LIKELY)
            if begins in (Beginning.NONE, Beginning.UNSURE):
                break
        first -= 1
    if has_below and names_agency_of(possible[first : last + 1], possible[last + 1]):
        last += 1
    whole = joined(line.located for line in possible[first : last + 1])
    length = length_before(whole.folded)
    if length is None:
        return None
    before = whole.part(0, length)
    label = "heading" if any(line.label == "heading" for line in possible[first : last + 1]) else None
    found = year_in_title(whole)
    return Title(
        possible[first].position,
        possible[last].position,
        whole,
        before,
        label,
        agency=agency_in_title(whole, before),
        year=None if found is None else found[0],
        is_beginning_open=is_beginning_open,
    )
