"""Finds the titles of reports: the lines above the text that name agency, year and report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.identity.located import Located, joined, located_line
from nlp.narrative.identity.title_parts import agency_in_title, length_before, year_in_title
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import is_full_name, is_name, is_site_name
from nlp.narrative.wording import expression
from nlp.text.lines import Line
from nlp.text.pages import is_site_path

_MOST_LINES_ABOVE = 3
"""A title has at most so many lines above its last one."""

_LONGEST_FIRST_LINE = 40
_LONGEST_LINE = 80
_FARTHEST = 8
"""Lines of a title that are so many lines apart are not one title, blank lines or not."""

_SENTENCE_END = "。"
_HEADING_SCORE = 2.0


class Title(Struct, frozen=True, gc=False):
    """The title's lines by position, what it says, what of that stands before 政府信息公开, and its label."""

    first: int
    last: int
    whole: Located
    before: Located
    label: str | None = None

    @property
    def agency(self) -> Located | None:
        """The name of an agency in it; None where it has none."""
        return agency_in_title(self.whole, self.before)

    @property
    def year(self) -> int | None:
        """The year that it names; None where it names none."""
        found = year_in_title(self.whole)
        return None if found is None else found[0]

    @property
    def score(self) -> float:
        """How much it looks like the title of the report: a heading that names agency and year."""
        score = _HEADING_SCORE if self.label == "heading" else 0.0
        score += self.agency is not None
        return score + (self.year is not None)


class _TitleLine(Struct, frozen=True, gc=False):
    """A line that may be a title's: its position, its label, its text without white space and marks."""

    position: int
    label: str | None
    located: Located

    @property
    def folded(self) -> str:
        return self.located.folded


def title(prose: Prose, end: int, start: int = 0) -> Title | None:
    """Return the title among the lines from position `start` up to `end`; None where there is none.

    Of several the one with the highest score; of equals the last that no sentence parts from the first.
    """
    best: Title | None = None
    for candidate in titles(prose, end, start):
        if (
            best is None
            or candidate.score > best.score
            or (candidate.score == best.score and not _is_sentence_between(prose.lines, best, candidate))
        ):
            best = candidate
    return best


def titles(prose: Prose, end: int, start: int = 0) -> list[Title]:
    """Return all that reads like the title of a report, in page order.

    A part of a title may be labelled as a line of the site. Where all of one is, it has to name both agency
    and year, and counts only where no other is a title.
    """
    possible = []
    for position in range(start, end):
        line = _title_line(prose.lines[position], position, prose.labels[position])
        if line is not None:
            possible.append(line)
    listed: list[Title] = []
    of_site: list[Title] = []
    for whole in _titles(prose.lines, possible):
        labels = prose.labels[whole.first : whole.last + 1]
        is_of_site = set(labels) <= {"furniture", None}
        (of_site if is_of_site else listed).append(whole)
    return listed or _titles_among_furniture(prose, of_site, end)


def _titles_among_furniture(prose: Prose, of_site: Sequence[Title], end: int) -> list[Title]:
    """Return the titles among those labelled as lines of the site; above a path they are links.

    One that names no agency is believed where it is alone and in several lines, as no link is.
    """
    below_path = []
    for whole in of_site:
        if not any(is_site_path(below.plain) for below in prose.lines[whole.last + 1 : end]):
            below_path.append(whole)
    full = [whole for whole in below_path if whole.agency is not None and whole.year is not None]
    if full or len(below_path) != 1:
        return full
    alone = below_path[0]
    return below_path if alone.year is not None and alone.last > alone.first else []


def _is_sentence_between(lines: Sequence[Line], above: Title, below: Title) -> bool:
    return any(_SENTENCE_END in line.plain for line in lines[above.last + 1 : below.first])


def _titles(lines: Sequence[Line], possible: Sequence[_TitleLine]) -> Iterator[Title]:
    """Yield what reads like a report's title, a name of a report on one line or torn over two."""
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
    if not line.plain or len(line.plain) >= 2 * _LONGEST_LINE or label == "numeric_cell":
        return None
    located = _without_mark(line)
    text = located.folded
    if len(text) > _LONGEST_LINE or is_furniture(text) or expression("identity", "no_part").search(text):
        return None
    return _TitleLine(position, label, located)


def _without_mark(line: Line) -> Located:
    """Return a line without its white space and without a mark that a tool or a site put before a title."""
    located = located_line(line)
    mark = expression("identity", "mark").match(line.plain)
    if mark is None:
        return located
    length = len("".join(mark.group().split()))
    rest = located.part(length, len(located.folded))
    return rest if expression("identity", "marked").match(rest.folded) else located


def _names_report(text: str) -> bool:
    if expression("identity", "report").search(text) is not None:
        return True
    return expression("identity", "inverse").search(text) is not None


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
        if not _leads_to_title(possible[first - 1], possible[first]):
            break
        first -= 1
    whole = joined(line.located for line in possible[first : last + 1])
    length = length_before(whole.folded)
    if length is None:
        return None
    before = whole.part(0, length)
    label = "heading" if any(line.label == "heading" for line in possible[first : last + 1]) else None
    return Title(possible[first].position, possible[last].position, whole, before, label)


def _leads_to_title(line: _TitleLine, below: _TitleLine) -> bool:
    """Return whether a line may be the first part of a title; one that names its agency needs no other."""
    text = line.folded
    if len(text) > _LONGEST_FIRST_LINE or _names_report(text) or leading(text):
        return False
    leads = expression("identity", "leads").search(text) is not None
    if expression("identity", "disclosure").search(text) and expression("identity", "disclosure").search(
        below.folded
    ):
        return False
    own_name = _own_name(below)
    if own_name and _is_torn_name(text, own_name):
        return True
    if is_full_name(own_name):
        return not is_name(text) and leads
    if line.label == "furniture":
        return leads or (is_full_name(text) and not is_site_name(text))
    return line.label == "heading" or is_name(text) or leads


def _is_torn_name(text: str, rest: str) -> bool:
    """Return whether a line has the place that a name begins with, and the one below it the name's end.

    >>> _is_torn_name("某某县卫", "生健康局"), _is_torn_name("某某自", "治县人民政府")
    (True, True)
    >>> _is_torn_name("某某县要闻", "某乙县水利局"), _is_torn_name("栏目", "水利局")
    (False, False)
    >>> _is_torn_name("数字某县城", "某县城市管理局")
    False
    """
    if not is_full_name(text + rest):
        return False
    is_within_place = expression("identity", "torn_place").search(f"{text}\n{rest}") is not None
    has_place = expression("identity", "place_first").match(text) is not None
    return is_within_place or (has_place and not is_full_name(rest))


def _own_name(line: _TitleLine) -> str:
    """Return the agency that a line of a title names by itself; "" where it names none."""
    length = length_before(line.folded)
    if length is None:
        return ""
    agency = agency_in_title(line.located, line.located.part(0, length))
    return "" if agency is None else agency.folded


def _is_next(lines: Sequence[Line], line: _TitleLine, below: _TitleLine) -> bool:
    """Return whether nothing but blank lines stands between two lines, and not many."""
    if below.position - line.position >= _FARTHEST:
        return False
    return not any(lines[between].plain for between in range(line.position + 1, below.position))
