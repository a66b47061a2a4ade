"""The numbers of pages and the words of web sites, from data/pages.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.resources import knowledge
from nlp.text.cells import any_of

_PAGES = knowledge("pages")
_NUMBER: dict[str, Any] = _PAGES["number"]
_SITE: list[dict[str, Any]] = _PAGES["site"]

NUMBER_STARTS = frozenset(_NUMBER["starts"])
"""What a line with the number of a page may begin with, digits apart."""
NUMBER_MARKS: str = _NUMBER["marks"]
"""What may stand around the number of a page."""
NUMBER_DRESS: str = _NUMBER["dress"]
"""Marks with which a number is no value of a table."""
_DIGITS = re.compile(r"\d+")


def is_page_number(folded: str) -> bool:
    """Return whether a folded line holds the number of a page and nothing else.

    >>> [is_page_number(line) for line in ("- 4 -", "第 3 页 共 9 页", "Page 3 of 9", "2023", "1.")]
    [True, True, True, False, False]
    """
    return _shapes().fullmatch(folded) is not None


def may_be_page_number(folded: str) -> bool:
    """Return whether a folded line may be the number of a page, if what stands around it says so.

    >>> [may_be_page_number(line) for line in ("- 4 -", "1.", "无")]
    [True, True, False]
    """
    return _doubtful_shapes().fullmatch(folded) is not None


def number_among_cells(folded: str) -> int | None:
    """Return the number of the page that a line among a table's may hold, whole or torn; None where none.

    >>> [number_among_cells(line) for line in ("- 4 -", "第 3", "12", "1,234")]
    [4, 3, 12, None]
    """
    if _torn_shapes().fullmatch(folded) is None:
        return None
    digits = _DIGITS.search(folded)
    return int(digits.group()) if digits else None


@cache
def _shapes() -> re.Pattern[str]:
    return _any(_NUMBER["shapes"], _NUMBER["digits"])


@cache
def _torn_shapes() -> re.Pattern[str]:
    return _any([*_NUMBER["shapes"], *_NUMBER["torn"]], _NUMBER["digits"])


@cache
def _doubtful_shapes() -> re.Pattern[str]:
    return _any([*_NUMBER["shapes"], *_NUMBER["doubtful"]], _NUMBER["doubtful_digits"])


def _any(shapes: list[str], digits: str) -> re.Pattern[str]:
    return re.compile("|".join(shapes).replace("DIGITS", digits))


@cache
def site_words() -> re.Pattern[str]:
    """Return an expression for the words that make a line look like a web site's."""
    return re.compile(any_of(word for entry in _SITE for word in entry.get("words", ())))


def is_site_line(folded: str) -> bool:
    """Return whether a folded line is built as those that a web site prints around a report.

    >>> [is_site_line(line) for line in ("上一篇:无", "【打印】【关闭】", "字体:大 中 小", "打印设备")]
    [True, True, True, False]
    """
    return _site_lines().fullmatch(folded) is not None


@cache
def _site_lines() -> re.Pattern[str]:
    lines = []
    for entry in _SITE:
        if "line" in entry:
            words = any_of([*entry.get("words", ()), *entry.get("also", ())])
            lines.append(entry["line"].replace("WORDS", words))
    return re.compile("|".join(lines))


@cache
def address() -> re.Pattern[str]:
    """Return an expression for the address that a browser prints on each page."""
    return re.compile(_PAGES["printed"]["address"], re.IGNORECASE)


def is_site_path(folded: str) -> bool:
    """Return whether a folded line is the path through a site that leads to a page.

    >>> is_site_path("首页"), is_site_path("当前位置:首页>政务公开"), is_site_path("上一篇:无")
    (True, True, False)
    """
    return _site_path().match(folded) is not None


@cache
def _site_path() -> re.Pattern[str]:
    words = []
    for entry in _SITE:
        if entry["name"] == "path":
            words += [*entry["words"], *entry["also"]]
    return re.compile(f"(?:{any_of(words)})(?:$|[ :>])")
