"""Reads the year that a report is for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from nlp.resources import folder

YEAR = r"(?:20\d\d|二[〇零○oO0][一二三四五六七八九〇零○oO0]{2})"

_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_IN_TITLE = re.compile(rf"(?<!\d)(?P<year>{YEAR})(?!\d|[-./]\d|年\d|[-至]\d{{2,4}}学?年)")


def year_in_title(title: str) -> int | None:
    """Return the year that a folded title names; a date in it is none.

    >>> [year_in_title(title) for title in ("某局2023年度报告", "某局二〇二一年年报", "某局年报2024-01-12")]
    [2023, 2021, None]
    """
    match = _IN_TITLE.search(title)
    return _number(match["year"]) if match else None


def year_in(text: str, how: str) -> int | None:
    """Return the year that a folded text without white space tells: `period`, `said` or `body`.

    >>> year_in("统计期限为:2021年1月1日-2021年12月31日", "period")
    2021
    """
    for form in _forms()[how]:
        if match := form.search(text):
            return _number(match["year"])
    return None


def _number(said: str) -> int:
    return int(said.translate(_DIGITS).replace("二", "2"))


@cache
def _forms() -> dict[str, list[re.Pattern[str]]]:
    data = tomllib.loads((folder("data") / "identity.toml").read_text(encoding="utf-8"))["year"]
    return {how: _compiled(forms) for how, forms in data.items()}


def _compiled(forms: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(form.replace("YEAR", YEAR)) for form in forms]
