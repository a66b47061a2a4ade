"""Reads the name of the agency whose report it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from nlp.lines import Line
from nlp.narrative.squeezing import Squeezed, squeeze
from nlp.narrative.years import YEAR
from nlp.resources import folder

_YEARS = re.compile(rf"[(]?{YEAR}(?:[-至]\d{{2,4}})?学?年?度?[)]?")
_DATE = re.compile(rf"{YEAR}年[\d一二三四五六七八九十]{{1,3}}月[\d一二三四五六七八九十]{{1,3}}日")
_CHARACTERS = "[一-鿿〇()·]"
_LAST_LINES = 30


@cache
def _knowledge() -> dict[str, Any]:
    return tomllib.loads((folder("data") / "identity.toml").read_text(encoding="utf-8"))["organization"]


@cache
def _ends() -> str:
    return "|".join(sorted(_knowledge()["ends"], key=len, reverse=True))


@cache
def _forms(how: str) -> tuple[re.Pattern[str], ...]:
    name = rf"{_CHARACTERS}{{1,36}}?(?:{_ends()})"
    words = {"NAME": name, "LONG": name.replace("?", "", 1), "YEAR": YEAR}
    return tuple(re.compile(re.sub("NAME|LONG|YEAR", lambda m: words[m.group()], form)) for form in _knowledge()[how])


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(rf"{_CHARACTERS}{{1,40}}(?:{_ends()})")


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["never"]))


@cache
def _short() -> re.Pattern[str]:
    return re.compile("|".join(_knowledge()["short"]))


@cache
def _round(side: str) -> re.Pattern[str]:
    words = "|".join(_knowledge()[side])
    return re.compile(rf"(?:{words})+$" if side in ("after", "desks") else rf"^(?:{words})+")


def is_name(folded: str) -> bool:
    """Tell whether a folded text may be the name of an agency or of a place.

    >>> [is_name(text) for text in ("某某县水利局", "我局", "某某市2023年度", "按照国务院办公厅")]
    [True, False, False, False]
    """
    return _shape().fullmatch(folded) is not None and _never().search(folded) is None


def author_in_title(before: Squeezed) -> str | None:
    """Return the agency in what a title says before 政府信息公开; its years are no part of the name.

    >>> author_in_title(Squeezed("关于某某县水利局2023年度", "关于某某县水利局2023年度"))
    '某某县水利局'
    """
    parts = [part for part in re.split("关于(?:印发|公布|发布|报送)?", _without_years(before.folded)) if part]
    for part in reversed(parts):
        name = _round("before").sub("", _round("after").sub("", part))
        if is_name(name):
            start = before.folded.find(name)
            return before.text[start : start + len(name)] if start >= 0 else name
    return None


def _without_years(folded: str) -> str:
    return _YEARS.sub("", folded)


def author_in(text: Squeezed, how: str) -> str | None:
    """Return the agency that a text names: in so many words (`said`), as `contact`, in its `body`, …"""
    for form in _forms(how):
        for match in form.finditer(text.folded):
            start, end = match.span("name")
            if how == "contact":
                end = start + len(_round("desks").sub("", match["name"]))
            name = text.folded[start:end]
            if is_name(name) and (how == "said" or not _short().search(name)):
                return text.text[start:end]
    return None


def signature(lines: Sequence[Line], labels: Sequence[str | None]) -> str | None:
    """Return the agency that stands above the date at the end of a text."""
    last = [line for line in lines[-_LAST_LINES:] if line.plain and labels[line.n - 1] != "furniture"]
    for line, below in zip(last, last[1:], strict=False):
        if _DATE.fullmatch("".join(below.plain.split())):
            name = squeeze(line.raw, line.folded)
            if is_name(name.folded):
                return name.text
    return None
