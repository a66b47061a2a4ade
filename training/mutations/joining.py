"""Joins the lines of a page, as scrapers do that write down all text that they find as one string."""

from __future__ import annotations

import re

BETWEEN = {"one line, spaces between": " ", "one line, nothing between": ""}
"""What stands in place of white space."""


def joined(text: str, between: str) -> str:
    """Return a page with all white space replaced, line ends and tabs included.

    >>> joined("规章\\t3\\n许可  7", " "), joined("规章\\t3\\n许可  7", "")
    ('规章 3 许可 7', '规章3许可7')
    """
    return re.sub(r"\s+", between, text.strip())
