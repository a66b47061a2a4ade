"""Decides whether a page is a report at all, by its title, its chapters, its tables and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from nlp.narrative.identity.located import Located
from nlp.narrative.identity.page import Page
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.wording import expression, wording
from nlp.text.enumerators import filled_in
from nlp.text.pages import is_site_path

_SHORTEST_TITLE = 6
_LONGEST_TITLE = 80
"""A title has so many characters."""

_SENTENCE_END = "。"
_LONGEST_REMARK = 40
"""A sentence above a title has so many characters at most."""

_PATH_MARKS = re.compile("[>»]")
_ATTACHED = re.compile(r"^(?:附件|链接|相关)[^。]{0,6}[:：]")


class Appearance(Struct, frozen=True):
    """What a page looks like: the logarithm of the odds that it is a report, and what it is if not.

    `title` is the line that speaks against a report, as printed; "" where there is none.
    """

    odds: float
    seems: str
    title: str

    @property
    def is_report(self) -> bool:
        """Whether the page is a report, or may well be one."""
        return self.odds >= float(_knowledge()["least"])


class _Kind(Struct, frozen=True):
    """What a page may be instead of a report, with the expressions that tell it."""

    name: str
    weight: float
    title: re.Pattern[str]
    text: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    hands_in: bool


def appearance(page: Page, cells: int) -> Appearance:
    """Return what a page looks like; `cells` is how many cells of the form it prints.

    >>> from nlp.narrative.paragraphs.prose import Prose
    >>> from nlp.text.lines import split
    >>> lines = split("某某县2023年上半年政府信息公开有关数据\\n上半年发布信息30条。")
    >>> seen = appearance(Page(Prose(lines, ["heading", "narrative"]), []), 0)
    >>> seen.is_report, seen.seems
    (False, 'figures of a part of the year')
    """
    knowledge = _knowledge()["report"]
    odds = knowledge["chapter"] * min(page.number_of_chapters, knowledge["most_chapters"])
    if cells >= knowledge["many"]:
        odds += knowledge["many_cells"]
    elif cells >= knowledge["some"]:
        odds += knowledge["some_cells"]
    has_words = _number_of_parts(page) >= knowledge["least_parts"]
    if page.title is not None and _ends_as_report(page.title.whole.folded):
        odds += knowledge["title"]
        has_words = True
    if any(pattern.search(page.opening.folded) for pattern in _statements()):
        odds += knowledge["statement"]
        has_words = True
    if page.number_of_chapters == 0 and cells == 0 and not has_words:
        odds += float(_knowledge()["nothing"])
    against = _against(page)
    if against is None:
        return Appearance(odds, "", "")
    kind, title = against
    return Appearance(odds + kind.weight, kind.name, title)


def _number_of_parts(page: Page) -> int:
    """Return how many parts of a report's first chapter the text names."""
    text = page.opening.folded + page.lines_above.folded
    count = 0
    for form in _knowledge()["report"]["parts"]:
        count += re.search(form, text) is not None
    return count


def _ends_as_report(title: str) -> bool:
    return expression("identity", "ends_as_report").search(title) is not None


def _holds_title_of_report(page: Page) -> bool:
    """Return whether a line above the first chapter is the title of a report, and nothing else."""
    above = page.filled_lines(page.lines[: page.end_above])
    return any(_is_title_of_report(line.folded) for line in above)


def _is_title_of_report(line: str) -> bool:
    return bool(expression("identity", "whole").fullmatch(line)) and _ends_as_report(line)


def _against(page: Page) -> tuple[_Kind, str] | None:
    """Return the kind of page that a title line names first, with that line."""
    for line in _title_lines(page):
        for kind in _kinds():
            if kind.title.search(line.folded) is None:
                continue
            if kind.unless is not None and kind.unless.search(line.folded):
                continue
            if kind.hands_in and page.number_of_chapters and _holds_title_of_report(page):
                continue
            return kind, line.text
    for kind in _kinds():
        if kind.text is not None and kind.text.search(page.opening.folded):
            return kind, ""
    return None


def _title_lines(page: Page) -> Iterator[Located]:
    """Yield the lines that may be the page's title: the first of its head, no sentences and none of the site.

    Where one of them is the title of a report, those above it and it itself, and no line below. A short
    sentence above the title is a letter's or the site's; a longer one, and the first point, end the head.
    The line that opens the page is looked at whatever its label.
    """
    count = 0
    has_line = False
    for line in page.lines[: max(page.end_of_head, 1)]:
        if not line.plain:
            continue
        located = page.located(line.n - 1)
        label = page.labels[line.n - 1]
        if _SENTENCE_END in located.folded:
            if len(located.folded) > _LONGEST_REMARK:
                return
            continue
        if expression("no_report", "point").match(located.folded) and label != "furniture":
            return
        is_first = not has_line
        has_line = True
        if not _may_be_title(located.folded, None if is_first else label):
            continue
        yield located
        count += 1
        if count == _knowledge()["head_lines"] or _is_title_of_report(located.folded):
            return


def _may_be_title(folded: str, label: str | None) -> bool:
    """Return whether a line may be a title; one of the site's has to open with a place or name a year."""
    if not _SHORTEST_TITLE <= len(folded) <= _LONGEST_TITLE or is_furniture(folded):
        return False
    if _PATH_MARKS.search(folded) or is_site_path(folded) or _ATTACHED.match(folded):
        return False
    if label != "furniture":
        return "|" not in folded
    return expression("no_report", "names_place_or_year").match(folded) is not None


@cache
def _statements() -> Sequence[re.Pattern[str]]:
    return tuple(re.compile(filled_in(form)) for form in _knowledge()["report"]["statements"])


@cache
def _kinds() -> Sequence[_Kind]:
    kinds = []
    for entry in _knowledge()["other"]:
        title = _any(entry["title"])
        assert title is not None
        kinds.append(
            _Kind(
                entry["name"],
                entry["weight"],
                title,
                text=_any(entry.get("text")),
                unless=_any(entry.get("unless")),
                hands_in=entry.get("hands_in", False),
            )
        )
    return tuple(kinds)


def _any(forms: Sequence[str] | None) -> re.Pattern[str] | None:
    return re.compile("|".join(forms)) if forms else None


def _knowledge() -> dict[str, Any]:
    return wording("no_report")
