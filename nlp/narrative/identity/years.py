"""Reads the year that a report is for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nlp.narrative.wording import expression, wording
from nlp.text.enumerators import filled_in


def year_in_title(title: str) -> int | None:
    """Return the year that a folded title names; a date in it is none.

    >>> [year_in_title(title) for title in ("某局2023年度报告", "某局二〇二一年年报", "某局年报2024-01-12")]
    [2023, 2021, None]
    """
    match = expression("identity", "year_in_title").search(title)
    return _year(match) if match else None


def year_in_sentences(text: str, kind: str) -> int | None:
    """Return the year in the sentences of a kind: `period`, `said` or `body` of data/identity.toml.

    `text` is folded and has no white space. The first form of the kind that fits anywhere is believed.

    >>> year_in_sentences("统计期限为:2021年1月1日-2021年12月31日", "period")
    2021
    """
    for sentence in _sentences(kind):
        match = sentence.search(text)
        if match:
            return _year(match)
    return None


def only_year_mentioned(texts: Iterable[str]) -> int | None:
    """Return the year that folded texts tell of in passing; None where they tell of several or of none.

    >>> only_year_mentioned(["2021年共举办培训2期。", "2021年度收取0元。"])
    2021
    >>> only_year_mentioned(["2021年收到2件,2022年收到3件。"])
    """
    years = set()
    for text in texts:
        for sentence in _sentences("told"):
            for match in sentence.finditer(text):
                years.add(_year(match))
    return years.pop() if len(years) == 1 else None


def _year(match: re.Match[str]) -> int:
    """Return the year of a match, which may be written in Chinese digits."""
    digits = str.maketrans(wording("numbers")["digits"], wording("numbers")["values"])
    return int(match["year"].translate(digits))


@cache
def _sentences(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(filled_in(form)) for form in wording("identity")["year"][kind])
