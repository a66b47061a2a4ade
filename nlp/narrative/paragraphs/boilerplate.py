"""Knows page numbers and the words of web pages, whatever a line is labelled."""

from __future__ import annotations

import re
from functools import cache

from nlp.narrative.wording import wording

_LONGEST = 100


def is_furniture(plain: str) -> bool:
    """Tell whether a folded line is a page number or belongs to the site that printed it.

    >>> [is_furniture(line) for line in ("- 4 -", "第 3 页 共 9 页", "上一篇:无", "2 023 年工作", "无")]
    [True, True, True, False, False]
    """
    return len(plain) <= _LONGEST and _furniture().fullmatch(plain) is not None


@cache
def _furniture() -> re.Pattern[str]:
    known = wording("sections")["furniture"]
    return re.compile("|".join((*known["pages"], *known["site"])))
