"""Finds where a chapter ends before the next: at a chapter that the form lacks, at the site's foot."""

from __future__ import annotations

import re
from functools import cache

from nlp.narrative.chapters.chapter_names import BRACKETS, words_before
from nlp.narrative.chapters.headings import Heading, opening_of
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.cue_words import kind_of
from nlp.narrative.wording import expression, wording
from nlp.text.pages import is_page_number, is_site_line, site_words

_SENTENCE_MARKS = re.compile("[。;!?]")
_CLAUSE_MARKS = re.compile("[。;:!?,]")

_LONGEST_TITLE = 30
"""The title of an unknown chapter has so many characters at most."""

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
        text = opening_of(prose.lines[position]) if prose.lines[position].plain else ""
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
    return foot


def _opens_foot(plain: str, label: str | None) -> bool:
    """Return whether a line may be the first of a site's foot: cell borders alone are a table's."""
    if not any(map(str.isalnum, plain)):
        return False
    if is_page_number(plain) or expression("sections", "attachment").match(plain):
        return False
    is_labelled = label == "furniture" and leading(plain) is None
    return is_labelled or (is_furniture(plain) and is_site_line(plain))


def _may_be_in_foot(plain: str) -> bool:
    if site_words().search(plain) is not None:
        return True
    return len(plain) <= _LONGEST_LINK and _SENTENCE_MARKS.search(plain) is None
