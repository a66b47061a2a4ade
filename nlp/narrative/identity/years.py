"""Reads years as digits or words, and the sentences that name the year of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.narrative.wording import expression, wording
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
    number_of_notice = expression("identity", "number_of_notice")
    places = set()
    for sentence in _sentences(kind):
        for match in sentence.finditer(folded):
            place = match.span("year")
            if place not in places and number_of_notice.match(folded, place[1]) is None:
                places.add(place)
                yield year_of(match["year"]), place


def names_part_of_year(title: str, text: str) -> bool:
    """Return whether a report says that it is for a part of a year: in its title, or in its text.

    >>> names_part_of_year("某某县水利局2023年1-6月政府信息公开工作报告", "")
    True
    >>> names_part_of_year("", "所列数据统计期限为2023年7月1日至9月30日。")
    True
    >>> names_part_of_year("某某县2023年1-12月政务公开年报", "统计期限自2023年1月1日起至2023年12月31日止。")
    False
    """
    if _part_of_year().search(title) is not None:
        return True
    return any(sentence.search(text) is not None for sentence in _sentences_of_part())


@cache
def _part_of_year() -> re.Pattern[str]:
    return re.compile(filled_in(wording("identity")["year"]["part"]))


@cache
def _sentences_of_part() -> tuple[re.Pattern[str], ...]:
    forms = wording("identity")["year"]["part_told"]
    return tuple(re.compile(filled_in(form).replace("PART", _part_of_year().pattern)) for form in forms)


@cache
def _sentences(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(filled_in(form)) for form in wording("identity")["year"][kind])
