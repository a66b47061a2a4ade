"""Knows the titles inside the fifth chapter: 存在的主要问题, 改进措施:, (二)下一步工作打算."""

from __future__ import annotations

from nlp.narrative.items.cue_words import Zone, general, is_general, zone_of
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.wording import expression

_LONGEST = 40
_LONGEST_COLUMN = 15
_AFTER = ":。"


def undertitle(plain: str) -> int:
    """Return how many characters of a folded line are a title; 0 where it has none.

    >>> [undertitle(line) for line in ("(一)存在的主要问题", "改进措施:一是加强学习。", "工作中仍有不足,如")]
    [10, 5, 0]
    """
    mark = leading(plain)
    match = general().match(plain, mark.end if mark else 0, _LONGEST)
    if match is None or not _is_title(match.group(), mark is not None):
        return 0
    if match.end() == len(plain) or (plain[match.end() :] in _AFTER and mark):
        return len(plain)
    return match.end() + 1 if plain[match.end()] == ":" else 0


def _is_title(words: str, counted: bool) -> bool:
    if zone_of(words) is None:
        return False
    return counted or expression("items", "no_title").search(words) is None


def column(words: str) -> Zone | None:
    """Tell what a column of that name holds, if it says no more.

    >>> [column(words) for words in ("存在的问题", "2.整改措施", "责任科室", "更新不及时")]
    ['problems', 'improvements', None, None]
    """
    if len(words) > _LONGEST_COLUMN:
        return None
    mark = leading(words)
    words = words[mark.end :] if mark else words
    return zone_of(words) if is_general(words) else None
