"""Knows page numbers and the words of web pages, whatever a line is labelled."""

from __future__ import annotations

from nlp.text.pages import is_page_number, is_site_line

_LONGEST = 100
"""Longer lines, in characters, are prose."""


def is_furniture(plain: str) -> bool:
    """Tell whether a folded line is a page number or belongs to the site that printed it.

    >>> [is_furniture(line) for line in ("- 4 -", "第 3 页 共 9 页", "上一篇:无", "2 023 年工作", "无")]
    [True, True, True, False, False]
    """
    return len(plain) <= _LONGEST and (is_page_number(plain) or is_site_line(plain))
