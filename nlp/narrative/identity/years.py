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
    return _number(match["year"]) if match else None


def year_in(text: str, how: str) -> int | None:
    """Return the year that a folded text without white space tells: `period`, `said` or `body`.

    >>> year_in("统计期限为:2021年1月1日-2021年12月31日", "period")
    2021
    """
    matches = (form.search(text) for form in _forms(how))
    return next((_number(match["year"]) for match in matches if match), None)


def year_told(texts: Iterable[str]) -> int | None:
    """Return the year that folded texts tell of in passing, where they tell of one alone.

    >>> year_told(["2021年共举办培训2期。", "2021年度收取0元。"])
    2021
    >>> year_told(["2021年收到2件,2022年收到3件。"])
    """
    found = {
        _number(match["year"]) for text in texts for form in _forms("told") for match in form.finditer(text)
    }
    return found.pop() if len(found) == 1 else None


def _number(said: str) -> int:
    names, values = wording("numbers")["digits"], wording("numbers")["values"]
    return int(said.translate(str.maketrans(names, values)))


@cache
def _forms(how: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(filled_in(form)) for form in wording("identity")["year"][how])
