"""Reads years as digits or words, and the sentences that name the year of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.narrative.wording import wording
from nlp.record.model import Span
from nlp.text.enumerators import filled_in

_CENTURY = 2000


def year_of(printed: str) -> int:
    """Return a year that may be written in Chinese digits, or without its century.

    >>> year_of("2023"), year_of("二〇二一"), year_of("22")
    (2023, 2021, 2022)
    """
    digits = str.maketrans(wording("numbers")["digits"], wording("numbers")["values"])
    year = int(printed.translate(digits))
    return _CENTURY + year if year < 100 else year


def years_in_sentences(folded: str, kind: str) -> Iterator[tuple[int, Span]]:
    """Yield the years in the sentences of a kind (a key of `year` in data/identity.toml), and their places.

    `folded` is a text as it is read, without white space. A place that several forms fit is told once.

    >>> list(years_in_sentences("统计期限为:2021年1月1日-2021年12月31日", "period"))
    [(2021, (6, 10))]
    """
    places = set()
    for sentence in _sentences(kind):
        for match in sentence.finditer(folded):
            place = match.span("year")
            if place not in places:
                places.add(place)
                yield year_of(match["year"]), place


@cache
def _sentences(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(filled_in(form)) for form in wording("identity")["year"][kind])
