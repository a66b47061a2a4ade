"""The titles inside the fifth chapter: 存在的主要问题, 改进措施:, (二)下一步工作打算."""

from __future__ import annotations

import re

from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.vocabulary.cue_words import Kind, general_words, is_general, kind_of, kinds_announced
from nlp.narrative.wording import expression

_LONGEST_TITLE = 40
"""Characters of a line, its enumerator included, in which a title ends."""

_LONGEST_COLUMN_NAME = 15

_SEVERAL_CLAUSES = 2
"""So many clauses announce items; a single one is a title, which has its own form."""

_SENTENCE = re.compile(rf"(?P<words>[^:。]{{2,{_LONGEST_TITLE}}})[:。]")


def sub_heading_length(plain: str) -> int:
    """Return how many characters of a folded line are a title; 0 where it has none.

    >>> lines = ("(一)存在的主要问题", "改进措施:一是加强学习。", "工作中仍有不足,如", "对此,我局将:1.学习")
    >>> [sub_heading_length(line) for line in lines]
    [10, 5, 0, 7]
    """
    mark = leading(plain)
    announced = 0 if mark else _announcement_length(plain)
    if announced:
        return announced
    title = general_words().match(plain, mark.end if mark else 0, _LONGEST_TITLE)
    if title is None or not _is_title(title.group(), mark is not None):
        return 0
    rest = plain[title.end() :]
    if not rest or (mark and rest in (":", "。", ":。")):
        return len(plain)
    return title.end() + 1 if rest[0] == ":" else 0


def _announcement_length(plain: str) -> int:
    """Return how long the words are that announce problems or measures and name none.

    A colon or a full stop closes them.
    """
    sentence = _SENTENCE.match(plain)
    kinds = kinds_announced(sentence["words"]) if sentence else []
    if sentence is None or len(kinds) < _SEVERAL_CLAUSES:
        return 0
    return sentence.end() if kinds[-1] or kinds[0] else 0


def _is_title(words: str, counted: bool) -> bool:
    if kind_of(words) is None:
        return False
    return counted or expression("items", "no_title").search(words) is None


def kind_of_column(name: str) -> Kind | None:
    """Return what a table's column of some name holds, if the name says no more.

    >>> [kind_of_column(name) for name in ("存在的问题", "2.整改措施", "责任科室", "更新不及时")]
    ['problems', 'improvements', None, None]
    """
    if len(name) > _LONGEST_COLUMN_NAME:
        return None
    words = without_enumerator(name)
    return kind_of(words) if is_general(words) else None


def without_enumerator(title: str) -> str:
    """Return a title without the enumerator that it opens with.

    >>> without_enumerator("(二)改进措施")
    '改进措施'
    """
    mark = leading(title)
    return title[mark.end :] if mark else title
