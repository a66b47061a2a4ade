"""Finds where a chapter ends before the next: at a chapter that the form lacks, at the site's foot."""

from __future__ import annotations

import re
from functools import cache

from nlp.narrative.chapters.chapter_names import BRACKETS, numerals, words_before
from nlp.narrative.chapters.headings import Heading, opening_of
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import is_full_name
from nlp.narrative.vocabulary.cue_words import kind_of
from nlp.narrative.vocabulary.dates import is_date_line
from nlp.narrative.wording import expression, wording
from nlp.text.pages import is_page_number, is_site_line, site_words

_SENTENCE_MARKS = re.compile("[。;!?]")
_CLAUSE_MARKS = re.compile("[。;:!?,]")

_LONGEST_TITLE = 30
"""The title of an unknown chapter has so many characters at most."""

_NEAR = 4
"""A signature's agency stands at most so many lines above its date."""

_LONGEST_LINK = 60
"""A line of the site's foot has so many characters at most, unless it has words of sites."""


def foreign_chapter(prose: Prose, heading: Heading, next_heading: Heading | None, end: int) -> int:
    """Return the line that opens a chapter which the form lacks, as 五、收费及减免情况; `end` if none does.

    It is numbered as the chapter above it, beyond that and before the next. One whose name is not known is a
    heading that counts on from the chapter and leads neither to problems nor to measures.
    """
    name = heading.name
    if name is None or name.number is None:
        return end
    next_number = None
    if next_heading is not None and next_heading.name is not None:
        next_number = next_heading.name.number
    style = "brackets" if name.style in BRACKETS else "plain"
    has_list = False
    for position in range(heading.last + 1, end):
        if not prose.lines[position].plain.startswith(_opens_numbered()):
            continue
        text = opening_of(prose.lines[position])
        numbered = _numbered(style).match(text)
        if numbered is None:
            continue
        number = number_of(numbered.group())
        has_list = has_list or number == 1
        if number is None or number <= name.number:
            continue
        if next_number is not None and number >= next_number:
            continue
        title = text[numbered.end() :]
        if _foreign_name().match(title):
            return position
        counts_on = number == name.number + 1 and not has_list
        if counts_on and prose.labels[position] == "heading" and _is_unknown_title(title):
            return position
    return end


def _is_unknown_title(title: str) -> bool:
    """Return whether a title is short and leads neither to problems nor to measures."""
    if len(title) > _LONGEST_TITLE or _CLAUSE_MARKS.search(title):
        return False
    return kind_of(title) in (None, "other")


@cache
def _opens_numbered() -> tuple[str, ...]:
    """Return what a line begins with that may be a chapter's title, or has a bookmark before it."""
    return ("(", "[", *numerals())


@cache
def _numbered(style: str) -> re.Pattern[str]:
    numeral = str(wording("numbers")["numeral"])
    return re.compile(rf"\({numeral}\)[、.,]?" if style == "brackets" else rf"{numeral}[、.,]")


@cache
def _foreign_name() -> re.Pattern[str]:
    """Return the names of chapters that the form lacks."""
    names = "|".join(wording("sections")["foreign"])
    return re.compile(rf"(?:(?>{words_before()})){{0,4}}(?:{names})(?:[。:]|$)")


def foot_of_page(prose: Prose, start: int, end: int) -> int:
    """Return the line from `start` on with which the foot of a web page begins; `end` where it has none.

    It is told by what sites print there, or by the label of its first line.

    >>> from nlp.text.lines import split
    >>> lines = split("六、其他事项\\n无。\\n相关链接\\n某某县人民政府\\n网站地图")
    >>> foot_of_page(Prose(lines, ["heading", "narrative", "furniture", "furniture", "furniture"]), 1, 5)
    2
    >>> lines = split("六、其他事项\\n无。\\n制作维护")
    >>> foot_of_page(Prose(lines, ["heading", "narrative", "furniture"]), 1, 3)
    2
    """
    foot = end
    for position in range(end - 1, start - 1, -1):
        plain = prose.lines[position].plain
        if not plain:
            continue
        if _opens_foot(plain, prose.labels[position]):
            foot = position
        elif not _may_be_in_foot(plain):
            break
    foot = _with_links_above(prose, start, foot)
    return _behind_signature(prose, foot, end)


def _with_links_above(prose: Prose, start: int, foot: int) -> int:
    """Return where the lines of the site begin that stand between the last sentence and the foot.

    They are links to other pages, and lines without any clause; the chapter's first line is none of them.
    """
    first_filled = _first_filled(prose, start)
    has_foot = foot < len(prose.lines)
    first_of_site = first_link = foot
    for position in range(foot - 1, first_filled - 1, -1):
        plain = prose.lines[position].plain
        if not plain:
            continue
        if prose.labels[position] in ("table_row", "numeric_cell"):
            break
        if _SENTENCE_MARKS.search(plain) or _is_signature(prose, position) or _is_number(plain):
            return first_of_site
        if position == first_filled:
            break
        if _is_link(plain):
            first_of_site = first_link = position
            has_foot = True
        elif has_foot and _may_be_of_site(prose, position):
            first_of_site = position
        else:
            break
    return first_link


def _first_filled(prose: Prose, start: int) -> int:
    """Return the first position from `start` on that is not blank; `start` where none is near."""
    for position in range(start, min(start + _NEAR, len(prose.lines))):
        if prose.lines[position].plain:
            return position
    return start


def _is_link(plain: str) -> bool:
    """Return whether a line is the title of a page on disclosure: short, and no clause."""
    if len(plain) > _LONGEST_LINK or _CLAUSE_MARKS.search(plain):
        return False
    return expression("sections", "link").search("".join(plain.split())) is not None


def _may_be_of_site(prose: Prose, position: int) -> bool:
    """Return whether a line above the foot says nothing that a report closes with."""
    text = "".join(prose.lines[position].plain.split())
    if len(text) > _LONGEST_LINK or re.search("[,;]", text) or leading(text) or _is_name(prose, position):
        return False
    return expression("sections", "closing").match(text) is None


def _behind_signature(prose: Prose, foot: int, end: int) -> int:
    """Return the line behind the signature that the foot seems to begin with; `foot` where there is none."""
    position = foot
    while position < end and (not prose.lines[position].plain or _is_name(prose, position)):
        position += 1
    if position == end or not _is_signature(prose, position):
        return foot
    behind = position + 1
    while behind < end and not prose.lines[behind].plain:
        behind += 1
    return behind


def _is_signature(prose: Prose, position: int) -> bool:
    """Return whether a line is the date with which a report is signed: below the name of an agency."""
    if not is_date_line("".join(prose.lines[position].plain.split())):
        return False
    for above in range(position - 1, max(position - 1 - _NEAR, -1), -1):
        if prose.lines[above].plain:
            return _is_name(prose, above)
    return False


def _is_name(prose: Prose, position: int) -> bool:
    return is_full_name("".join(prose.lines[position].plain.split()))


def _opens_foot(plain: str, label: str | None) -> bool:
    """Return whether a line may be the first of a site's foot: cell borders alone are a table's."""
    if not any(map(str.isalnum, plain)):
        return False
    if _is_number(plain) or expression("sections", "attachment").match(plain):
        return False
    is_labelled = label == "furniture" and leading(plain) is None
    return is_labelled or (is_furniture(plain) and is_site_line(plain))


def _is_number(plain: str) -> bool:
    """Return whether a line is the number of a page, however it is dressed."""
    return is_page_number(plain) or expression("sections", "number_alone").fullmatch(plain) is not None


def _may_be_in_foot(plain: str) -> bool:
    if site_words().search(plain) is not None:
        return True
    return len(plain) <= _LONGEST_LINK and _SENTENCE_MARKS.search(plain) is None
