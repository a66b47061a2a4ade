"""Finds where a chapter ends before the next: at a chapter that the form lacks, at the site's foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.narrative.chapters.chapter_names import BRACKETS, words_before
from nlp.narrative.chapters.headings import Heading, opening_of
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerator_numbers import number_of
from nlp.narrative.wording import expression, wording
from nlp.text.lines import Line
from nlp.text.pages import is_page_number, is_site_line, site_words

_SENTENCE_MARKS = re.compile("[。;!?]")

_LONGEST_LINK = 60
"""A line of the site's foot has so many characters at most, unless it has words of sites."""


def foreign_chapter(lines: Sequence[Line], heading: Heading, next_heading: Heading | None, end: int) -> int:
    """Return the line that opens a chapter which the form lacks, as 五、收费及减免情况; `end` if none does.

    It is numbered as the chapter above it, beyond that and before the next.
    """
    name = heading.name
    if name is None or name.number is None:
        return end
    next_number = None
    if next_heading is not None and next_heading.name is not None:
        next_number = next_heading.name.number
    pattern = _foreign_names()["brackets" if name.style in BRACKETS else "plain"]
    for position in range(heading.last + 1, end):
        match = pattern.match(opening_of(lines[position])) if lines[position].plain else None
        number = number_of(match["number"]) if match else None
        if number is None or number <= name.number:
            continue
        if next_number is None or number < next_number:
            return position
    return end


@cache
def _foreign_names() -> dict[str, re.Pattern[str]]:
    """Return the numbered names of chapters that the form lacks, by whether the number stands in brackets."""
    names = "|".join(wording("sections")["foreign"])
    numeral = str(wording("numbers")["numeral"])
    behind = rf"(?:(?>{words_before()})){{0,4}}(?:{names})(?:[。:]|$)"
    return {
        "plain": re.compile(rf"(?P<number>{numeral})[、.,]{behind}"),
        "brackets": re.compile(rf"\((?P<number>{numeral})\)[、.,]?{behind}"),
    }


def foot_of_page(lines: Sequence[Line], start: int, end: int) -> int:
    """Return the line from `start` on with which the foot of a web page begins; `end` where it has none.

    >>> from nlp.text.lines import split
    >>> foot_of_page(split("六、其他事项\\n无。\\n相关链接\\n某某县人民政府\\n网站地图"), 1, 5)
    2
    """
    foot = end
    for position in range(end - 1, start - 1, -1):
        plain = lines[position].plain
        if not plain:
            continue
        if _opens_foot(plain):
            foot = position
        elif not _may_be_in_foot(plain):
            break
    return foot


def _opens_foot(plain: str) -> bool:
    if is_page_number(plain) or expression("sections", "attachment").match(plain):
        return False
    return is_furniture(plain) and is_site_line(plain)


def _may_be_in_foot(plain: str) -> bool:
    if site_words().search(plain) is not None:
        return True
    return len(plain) <= _LONGEST_LINK and _SENTENCE_MARKS.search(plain) is None
