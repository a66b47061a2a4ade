"""Knows the titles inside the fifth chapter: 存在的主要问题, 改进措施:, (二)下一步工作打算."""

from __future__ import annotations

import re

from nlp.narrative.enumerators import leading
from nlp.narrative.zones import general, zone_of

_LONGEST = 40
_AFTER = ":。"
_SENTENCE = re.compile("[还仍尚也]|但")


def undertitle(plain: str) -> int:
    """Return how many characters of a folded line are a title; 0 where it has none.

    >>> [undertitle(line) for line in ("(一)存在的主要问题", "改进措施:一是加强学习。", "工作中仍有不足,如")]
    [10, 5, 0]
    """
    mark = leading(plain)
    match = general().match(plain, mark.end if mark else 0, _LONGEST)
    if match is None or zone_of(match.group()) is None or (not mark and _SENTENCE.search(match.group())):
        return 0
    if match.end() == len(plain) or (plain[match.end() :] in _AFTER and mark):
        return len(plain)
    return match.end() + 1 if plain[match.end()] == ":" else 0
