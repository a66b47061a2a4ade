"""Finds the report that a page holds in its scripts alone: in one string of their JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct

from nlp.reading.html.body import is_title, said_of_report

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SOME = 3
"""A string that says so many different things that only a report says is one."""
_SHORTEST = 8
"""In characters: no title of a report, nor a report, is shorter."""


class InScripts(Struct, frozen=True):
    """The markup or text of a report, and its title where that is a string of its own."""

    content: str
    title: str | None


def report_in(page: etree._Element) -> InScripts | None:
    """Return the report in the scripts of a page; None where no string is one, or several differ.

    >>> chapters = "一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况"
    >>> script = etree.fromstring(f'<script>app={{"title": "", "content": "{chapters}"}}</script>')
    >>> report_in(script) == InScripts(chapters, None)
    True
    """
    contents: set[str] = set()
    titles: set[str] = set()
    for text in _strings(page):
        if len(said_of_report(text)) >= _SOME:
            contents.add(text)
        elif is_title(text):
            titles.add(text)
    if len(contents) != 1:
        return None
    return InScripts(contents.pop(), titles.pop() if len(titles) == 1 else None)


def _strings(page: etree._Element) -> Iterator[str]:
    """Yield the strings of all scripts that are written as JSON has them."""
    for script in page.iter("script"):
        for literal in _STRING.findall(script.text or ""):
            if len(literal) < _SHORTEST:
                continue
            try:
                yield str(json.loads(literal, strict=False))
            except ValueError:
                continue
