"""Reads the number that an enumerator counts: 十二、, (3), ⑤, 其次."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nlp.narrative.wording import wording
from nlp.text.enumerators import from_circled, from_letters, from_words

_DIGITS = re.compile("[0-9]+")


@lru_cache(1024)
def number_of(enumerator: str) -> int | None:
    """Return the number of an enumerator, the last one of several; None where it has none, as a bullet.

    >>> [number_of(text) for text in ("十二、", "(3)", "⑤", "其次，", "-", "二十一、", "5.2", "c.")]
    [12, 3, 5, 2, None, 21, 2, 3]
    """
    digits = _DIGITS.findall(enumerator)
    if digits:
        return int(digits[-1])
    word = _sequence_words().match(enumerator)
    if word:
        return int(wording("enumerators")["sequence"][word.group()])
    numeral = _numeral().search(enumerator)
    if numeral:
        return from_words(numeral.group())
    number = from_circled(enumerator)
    return from_letters(enumerator.strip("(.、) ")) if number is None else number


@cache
def _sequence_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, wording("enumerators")["sequence"])))


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile(wording("numbers")["numeral"])
