"""Reads the name of the agency whose report it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeeze
from nlp.narrative.wording import expression, wording
from nlp.text.enumerators import filled_in
from nlp.text.lines import Line

_CHARACTERS = "[\u4e00-\u9fff\u3007()·]"
_LAST_LINES = 30
_NEAR = 4


def _knowledge() -> dict[str, Any]:
    return wording("identity")["organization"]  # type: ignore[no-any-return]


@cache
def _ends() -> str:
    return "|".join(sorted(_knowledge()["ends"], key=len, reverse=True))


@cache
def _forms(how: str) -> tuple[re.Pattern[str], ...]:
    name = rf"{_CHARACTERS}{{1,36}}?(?:{_ends()})"
    words = {"NAME": name, "LONG": name.replace("?", "", 1)}
    forms = (re.sub("NAME|LONG", lambda match: words[match.group()], form) for form in _knowledge()[how])
    return tuple(re.compile(filled_in(form)) for form in forms)


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
    parts = expression("identity", "about").split(expression("identity", "years").sub("", before.folded))
    for part in reversed([part for part in parts if part]):
        bare = _round("before").sub("", part)
        for name in (bare, _round("after").sub("", bare)):
            if is_name(name):
                start = before.folded.find(name)
                return before.text[start : start + len(name)] if start >= 0 else name
    return None


def author_under(lines: Sequence[Line], title: int) -> str | None:
    """Return the agency that has the next line under a title to itself."""
    below = next((line for line in lines[title + 1 : title + 1 + _NEAR] if line.plain), None)
    name = squeeze(below.typed, below.folded) if below else None
    return name.text if name and is_name(name.folded) and not _short().search(name.folded) else None


def author_above(lines: Sequence[Line], title: int) -> str | None:
    """Return the agency that has the line above a title to itself, unless it is the name of the site."""
    first = max(title - _NEAR, 0)
    above = next((line for line in reversed(lines[first:title]) if line.plain), None)
    name = squeeze(above.typed, above.folded) if above else None
    if name is None or not is_name(name.folded) or _short().search(name.folded):
        return None
    return None if re.search(_knowledge()["sites"], name.folded) else name.text


def author_of_own(lines: Sequence[Line]) -> str | None:
    """Return the agency whose accounts and marks a text tells of, where it tells of one agency's alone.

    >>> from nlp.text.lines import split
    >>> author_of_own(split("“某某县水利局发布”微信公众号发布25条\\n考核结果显示，某某县水利局得分85分"))
    '某某县水利局'
    """
    squeezed = [squeeze(line.typed, line.folded) for line in lines if line.plain]
    torn = (joined(both) for both in pairwise([*squeezed, Squeezed("", "")]))
    found = {name for text in torn for name in _names_of_own(text)}
    return found.pop() if len(found) == 1 else None


def _names_of_own(text: Squeezed) -> Iterator[str]:
    for form in _forms("own"):
        for match in form.finditer(text.folded):
            if is_name(match["name"]) and not _short().search(match["name"]):
                start, end = match.span("name")
                yield text.text[start:end]


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


def signed_off(folded: str) -> str:
    """Return a text without the agency and the date that may stand under it.

    >>> signed_off("请专家培训。\\n某某县水利局\\n2024年1月12日")
    '请专家培训。'
    """
    found = expression("identity", "signed").search(folded)
    return folded[: found.start()] if found and (not found["name"] or is_name(found["name"])) else folded


def signature(lines: Sequence[Line], labels: Sequence[str | None]) -> str | None:
    """Return the agency that stands above the date at the end of a text."""
    last = [line for line in lines[-_LAST_LINES:] if line.plain and labels[line.n - 1] != "furniture"]
    for line, below in pairwise(last):
        if expression("identity", "date").fullmatch("".join(below.plain.split())):
            name = squeeze(line.typed, line.folded)
            if is_name(name.folded):
                return name.text
    return None
