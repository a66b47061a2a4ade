"""Gives the words of audits: Chinese ones from data/auditing.toml, English ones where these are asked for."""

from __future__ import annotations

from functools import cache
from typing import Literal

from nlp.resources import knowledge

Words = dict[str, str]
Language = Literal["zh", "en"]

_spoken: Language = "zh"
"""The language in which findings are told."""


def speak(language: Language) -> None:
    """From now on tell findings in a language."""
    global _spoken
    _spoken = language


def spoken() -> Language:
    """Return the language in which findings are told."""
    return _spoken


def words(part: str) -> Words:
    """Return the words of one part of the file by their names.

    >>> words("where")["page"]
    '第 {numbers} 页'
    """
    return _all_words(_spoken)[part]


def phrase(part: str, name: str, /, **facts: object) -> str:
    """Return one of the words with its facts filled in.

    >>> phrase("where", "page", numbers=4)
    '第 4 页'
    """
    return words(part)[name].format(**facts)


@cache
def _all_words(language: Language) -> dict[str, Words]:
    """Return the words of a language; parts that are not told in it are as they are."""
    chinese: dict[str, Words] = knowledge("auditing")
    return chinese if language == "zh" else {**chinese, **knowledge("auditing_en")}
