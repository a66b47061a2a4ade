"""Knows page numbers and the words of web pages, whatever a line is labelled."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from nlp.resources import folder


def is_furniture(plain: str) -> bool:
    """Tell whether a folded line is a page number or belongs to the site that printed it.

    >>> [is_furniture(line) for line in ("- 4 -", "第 3 页 共 9 页", "上一篇:无", "2 023 年工作", "无")]
    [True, True, True, False, False]
    """
    if len(plain) > 100:
        return False
    return _furniture().fullmatch(plain) is not None


@cache
def _furniture() -> re.Pattern[str]:
    data = tomllib.loads((folder("data") / "sections.toml").read_text(encoding="utf-8"))["furniture"]
    return re.compile("|".join((*data["pages"], *data["site"])))
