"""Gives the Chinese words of audits, from data/auditing.toml."""

from __future__ import annotations

from functools import cache

from nlp.resources import knowledge

Words = dict[str, str]


@cache
def words(part: str) -> Words:
    """Return the words of one part of the file by their names.

    >>> words("where")["page"]
    '第 {numbers} 页'
    """
    return _all_words()[part]


def phrase(part: str, name: str, /, **facts: object) -> str:
    """Return one of the words with its facts filled in.

    >>> phrase("where", "page", numbers=4)
    '第 4 页'
    """
    return words(part)[name].format(**facts)


@cache
def _all_words() -> dict[str, Words]:
    return knowledge("auditing")
