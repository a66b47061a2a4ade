"""Tells where a half-width full stop closes a Chinese sentence: 更新较慢.二是解读偏少."""

from __future__ import annotations

from nlp.narrative.paragraphs.enumerators import enumerators, leading
from nlp.narrative.wording import expression


def with_full_stops(text: str) -> str:
    """Return a folded text whose half-width full stops are `。`; its length stays.

    That of an enumerator, a number or a Latin word is none.

    >>> with_full_stops("一.目录不全,仅1.5万条.改进措施:补齐附件.doc.")
    '一.目录不全,仅1.5万条。改进措施:补齐附件.doc.'
    """
    stops = [match.start() for match in expression("items", "half_width_stop").finditer(text)]
    if not stops:
        return text
    counted: set[int] = set()
    for mark in enumerators(text):
        counted.update(range(mark.start, mark.end))
    characters = list(text)
    for place in stops:
        if place not in counted:
            characters[place] = "。"
    return "".join(characters)


def ends_in_half_width_stop(plain: str) -> bool:
    """Return whether a folded line ends in a half-width full stop that is not an enumerator's.

    >>> ends_in_half_width_stop("解读偏少."), ends_in_half_width_stop("一."), ends_in_half_width_stop("5.")
    (True, False, False)
    """
    if not plain.endswith(".") or expression("items", "half_width_stop").match(plain, len(plain) - 1) is None:
        return False
    mark = leading(plain)
    return mark is None or mark.end < len(plain)
