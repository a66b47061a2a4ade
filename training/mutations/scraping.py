"""What scrapers do to the lines of a page: join them, leave out equal ones, cut blank cells at their ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

Scraper = Callable[[str], str]

BETWEEN = {"one line, spaces between": " ", "one line, nothing between": ""}
"""What stands in place of white space where a scraper joins all lines."""


def joined(text: str, between: str) -> str:
    """Return a page with all white space replaced, line ends and tabs included.

    >>> joined("规章\\t3\\n许可  7", " "), joined("规章\\t3\\n许可  7", "")
    ('规章 3 许可 7', '规章3许可7')
    """
    return re.sub(r"\s+", between, text.strip())


def each_line_once(text: str) -> str:
    """Return a page without the lines that stand on it before.

    >>> each_line_once("规章\\n0\\n3\\n0\\n")
    '规章\\n0\\n3\\n'
    """
    return "\n".join(dict.fromkeys(text.splitlines())) + "\n"


def trimmed(text: str) -> str:
    """Return a page without blank cells at the ends of its lines.

    >>> trimmed("规章\\t3\\t\\t\\n许可|7||")
    '规章\\t3\\n许可|7\\n'
    """
    return "\n".join(line.rstrip(" \t|") for line in text.splitlines()) + "\n"


def in_full_width(text: str) -> str:
    """Return a page with digits of full width.

    >>> in_full_width("规章 12")
    '规章 １２'
    """
    return text.translate({ord(digit): chr(ord(digit) - ord("0") + ord("０")) for digit in "0123456789"})


SCRAPERS: dict[str, Scraper] = {
    **{name: partial(joined, between=between) for name, between in BETWEEN.items()},
    "each line once": each_line_once,
    "trimmed": trimmed,
    "full width": in_full_width,
}
