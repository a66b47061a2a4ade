"""The lines that a title may stand on, and which of them belong to one title."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from nlp.narrative.identity.located import Located, joined, located_line
from nlp.narrative.identity.site_before import may_be_several
from nlp.narrative.identity.title_parts import agency_in_title, length_before, once, year_in_title
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.vocabulary.agency_names import (
    has_own_place,
    is_full_name,
    is_name,
    is_place,
    is_site_name,
    kinds_of_name,
)
from nlp.narrative.vocabulary.place_names import start_of_torn_place
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_BAR = "|"
_LONGEST_FIRST_LINE = 40
_LONGEST_LINE = 80
_LEVELS = tuple("省市县区旗州盟镇乡道")
"""What the names of places end with."""
_REMEMBERED = 256
"""So many lines are remembered: the title is looked for above the preface, behind it and on the page."""
_FARTHEST = 8
"""Lines of a title that are so many lines apart are not one title, blank lines or not."""


class TitleLine(Struct, frozen=True, gc=False):
    """A line that may be a title's: its position, its label, its text without white space and marks."""

    position: int
    label: str | None
    located: Located

    @property
    def folded(self) -> str:
        return self.located.folded


@lru_cache(maxsize=_REMEMBERED)
def title_line(line: Line, position: int, label: str | None) -> TitleLine | None:
    if not line.plain or len(line.plain) >= 2 * _LONGEST_LINE or label == "numeric_cell":
        return None
    whole = located_line(line)
    located = _cell_of_title(_without_site_words(_without_mark(line, whole)))
    text = located.folded
    if is_furniture(whole.folded) and not names_report(text):
        return None
    rest = text[_length_of_author(text) :]
    if len(text) > _LONGEST_LINE or is_furniture(text) or expression("identity", "no_part").search(rest):
        return None
    return TitleLine(position, label, located)


def _length_of_author(text: str) -> int:
    """Return how many characters of a title are the agency's name before a colon; 0 where it has none.

    >>> _length_of_author("某某县丙丁镇:2023年政府信息公开工作年度报告")
    7
    >>> _length_of_author("政府信息公开年报:2023年年度报告")
    0
    """
    author = expression("identity", "author").match(text)
    return author.end() if author is not None and is_name(author["name"]) else 0


def _without_mark(line: Line, located: Located) -> Located:
    """Return a located line without the mark that a tool or a site put before a title, if one is there."""
    mark = expression("identity", "mark").match(line.plain)
    if mark is None:
        return located
    length = len("".join(mark.group().split()))
    rest = located.part(length, len(located.folded))
    return rest if expression("identity", "marked").match(rest.folded) else located


def _without_site_words(line: Located) -> Located:
    """Return a line without what a site prints behind a title: the day of publication, the source.

    >>> line = "某某县水利局2023年政府信息公开年报2024-01-20来源:某某县人民政府"
    >>> _without_site_words(Located(line, line, range(len(line)))).text
    '某某县水利局2023年政府信息公开年报'
    """
    behind = expression("identity", "behind_title").search(line.folded)
    return line if behind is None else line.part(0, behind.start("rest"))


def _cell_of_title(line: Located) -> Located:
    """Return the cell of a line that is a title, where the others are no more than the names of agencies.

    >>> line = "某某县人民政府|某某县水利局2023年政府信息公开年报"
    >>> _cell_of_title(Located(line, line, range(len(line)))).text
    '某某县水利局2023年政府信息公开年报'
    """
    own: list[Located] = []
    start = 0
    for cell in line.folded.split(_BAR):
        if cell and not is_name(cell):
            own.append(line.part(start, start + len(cell)))
        start += len(cell) + len(_BAR)
    if len(own) != 1:
        return line
    length = length_before(own[0].folded)
    if length is None or agency_in_title(own[0], own[0].part(0, length)) is None:
        return line
    return own[0]


def names_report(text: str) -> bool:
    if expression("identity", "report").search(text) is not None:
        return True
    return expression("identity", "inverse").search(text) is not None


def is_torn(text: str, below: str) -> bool:
    """Return whether the words that make a title stand half on a line and half on the next."""
    if len(below) > _LONGEST_FIRST_LINE or names_report(below):
        return False
    return names_report(text + below)


def names_other_year(line: TitleLine, below: Sequence[TitleLine]) -> bool:
    """Return whether a line names a year, and those below it, which are a title, another one."""
    above = year_in_title(line.located)
    year = year_in_title(joined(part.located for part in below))
    return above is not None and year is not None and above[0] != year[0]


def may_stand_above(line: TitleLine) -> bool:
    """Return whether a line may have the beginning of a title: it is short, no point, and names no report."""
    text = line.folded
    return len(text) <= _LONGEST_FIRST_LINE and not names_report(text) and not leading(text)


def leads_to_title(line: TitleLine, below: TitleLine) -> bool:
    """Return whether a line may be the first part of a title; one that names its agency needs no other."""
    text = line.folded
    if not may_stand_above(line):
        return False
    if may_be_several(once(line.located)):
        return False
    leads = expression("identity", "leads").search(text) is not None
    if expression("identity", "disclosure").search(text) and expression("identity", "disclosure").search(
        below.folded
    ):
        return False
    own = _own_agency(below)
    own_name = "" if own is None else own.folded
    if own is below.located and expression("identity", "disclosure").search(text):
        return False
    if own is None and is_place(text) and _is_torn_name(text, below.folded):
        return True
    if own is not None and is_name(text) and _stands_behind(own, below):
        return not is_site_name(text)
    if own_name and _is_torn_name(text, own_name):
        return True
    if has_own_place(own_name) or _are_apart(text, own_name):
        return not is_name(text) and leads
    if line.label == "furniture":
        return leads or (is_full_name(text) and not is_site_name(text))
    return line.label == "heading" or is_name(text) or leads


def is_of_year_list(lines: Sequence[Line], line: TitleLine) -> bool:
    """Return whether a line holds several years, or one below a line of another: a site's list of years."""
    if expression("identity", "year_list").fullmatch(line.folded) is not None:
        return True
    single = expression("identity", "single_year")
    if single.fullmatch(line.folded) is None:
        return False
    for above in reversed(lines[: line.position]):
        if above.plain:
            folded = located_line(above).folded
            return single.fullmatch(folded) is not None and folded != line.folded
    return False


def names_agency_of(title: Sequence[TitleLine], line: TitleLine) -> bool:
    """Return whether a line below a title has its agency, where the title names none or only a place."""
    marked = expression("identity", "behind_report").fullmatch(line.folded)
    name = line.folded if marked is None else marked["name"]
    if not is_name(name):
        return False
    whole = joined(part.located for part in title)
    length = length_before(whole.folded)
    if length is None:
        return False
    own = agency_in_title(whole, whole.part(0, length))
    if own is None:
        return marked is not None
    return is_place(own.folded) and bool(kinds_of_name(name))


def _is_torn_name(text: str, rest: str) -> bool:
    """Return whether a line has the place that a name begins with, and the one below it the name's end.

    >>> _is_torn_name("某某县卫", "生健康局"), _is_torn_name("某某自", "治县人民政府")
    (True, True)
    >>> _is_torn_name("某某县要闻", "某乙县水利局"), _is_torn_name("栏目", "水利局")
    (False, False)
    >>> _is_torn_name("数字某县城", "某县城市管理局"), _is_torn_name("某某市", "县水利局")
    (False, False)
    >>> _is_torn_name("肥西", "县水利局"), _is_torn_name("魅力肥西", "县水利局")
    (True, False)
    """
    if not is_full_name(text + rest):
        return False
    if _are_apart(text, rest):
        return False
    is_within_place = expression("identity", "torn_place").search(f"{text}\n{rest}") is not None
    start = start_of_torn_place(text, rest)
    is_within_place = is_within_place or (start is not None and _may_precede_place(text[:start]))
    has_place = expression("identity", "place_first").match(text) is not None
    return is_within_place or (has_place and not has_own_place(rest))


def _may_precede_place(text: str) -> bool:
    """Return whether a name may have these words before its place: a place around it, a body, nothing.

    >>> _may_precede_place("吉林省四平市"), _may_precede_place("国家税务总局"), _may_precede_place("魅力")
    (True, True, False)
    """
    return not text or is_name(text) or expression("identity", "national").match(text) is not None


def _are_apart(text: str, rest: str) -> bool:
    """Return whether a line ends as a place does, and the one below begins with such a word (县水利局)."""
    return text.endswith(_LEVELS) and expression("identity", "level_first").match(rest) is not None


def _own_agency(line: TitleLine) -> Located | None:
    """Return the agency that a line of a title names by itself, or is; None where it names none."""
    length = length_before(line.folded)
    if length is None:
        return line.located if _is_name_with_place(line.folded) else None
    return agency_in_title(line.located, line.located.part(0, length))


def _is_name_with_place(text: str) -> bool:
    """Return whether a line is an agency's name with its place: what stands above it is no part of it.

    >>> _is_name_with_place("某某县水利局"), _is_name_with_place("城市管理局")
    (True, False)
    """
    place = expression("identity", "place_first").match(text)
    return place is not None and place.end() < len(text) and is_full_name(text)


def _stands_behind(agency: Located, line: TitleLine) -> bool:
    """Return whether a line of a title names its agency behind the report: `2023年年度报告(某某县水利局)`."""
    length = length_before(line.folded)
    return length is not None and agency.offsets[0] >= line.located.offsets[length]


def is_next(lines: Sequence[Line], line: TitleLine, below: TitleLine) -> bool:
    """Return whether nothing but blank lines stands between two lines, and not many."""
    if below.position - line.position >= _FARTHEST:
        return False
    return not any(lines[between].plain for between in range(line.position + 1, below.position))
