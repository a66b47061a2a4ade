"""Finds the report among everything else that stands on a page of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree

from nlp.reading.patterns import marks, pattern
from nlp.resources import knowledge
from nlp.text.folding import fold

Element = etree._Element

_WHITE = re.compile(r"\s+")
_LONGEST_TITLE = 70


@cache
def _marks() -> re.Pattern[str]:
    """What a report alone says: the names of its chapters, some labels of its tables."""
    sections = knowledge("sections")
    names = [title for chapter in sections["chapter"] for title in chapter["titles"]]
    return re.compile("|".join(map(re.escape, [*names, *marks()])))


def find(page: Element) -> Element | None:
    """Return the smallest element that holds every chapter of a report; None where none is found."""
    paths = [_path(node) for node in _marked(page)]
    if not paths:
        return None
    shared = paths[0]
    for path in paths[1:]:
        shared = [one for one, two in zip(shared, path, strict=False) if one is two]
    return _whole(shared[-1]) if shared else page


def _marked(page: Element) -> Iterator[Element]:
    """Yield the elements whose own text names a chapter; a link does not, it leads elsewhere."""
    for node in page.iter(etree.Element):
        if node.tag in ("script", "style", "title", "meta", "option"):
            continue
        own = _WHITE.sub("", "".join([node.text or "", *(child.tail or "" for child in node)]))
        if own and _marks().search(fold(own)) and not _in_link(node):
            yield node


def _in_link(node: Element) -> bool:
    return node.tag == "a" or any(parent.tag == "a" for parent in node.iterancestors())


def _path(node: Element) -> list[Element]:
    return [*list(node.iterancestors())[::-1], node]


def _whole(node: Element) -> Element:
    """Return what an element is part of, where it is a piece of a table or of a paragraph."""
    while node.tag in _PIECES and (parent := node.getparent()) is not None:
        node = parent
    return node


_PIECES = frozenset(
    "td th tr tbody thead tfoot table p span b strong font h1 h2 h3 h4 li em u i".split()  # noqa: SIM905
)


def title(page: Element, body: Element) -> str | None:
    """Return the title that stands on the page above the report, or in its head."""
    if any(_is_title(_clean(text)) for text in _texts(body, 12)):
        return None
    for node in [*page.iter("h1", "h2", "h3"), *page.iter("title")]:
        text = pattern("page", "site").sub("", _clean("".join(map(str, node.itertext()))))
        if _is_title(text):
            return text
    return _above(page, body)


def _above(page: Element, body: Element) -> str | None:
    """Return the last short text before the report that reads like its title."""
    found = None
    for node in page.iter(etree.Element):
        if node is body:
            return found
        text = _clean(node.text or "")
        if _is_title(text) and not _in_link(node):
            found = text
    return found


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and bool(pattern("page", "title").search(text))


def _texts(node: Element, count: int) -> Iterator[str]:
    for text in node.itertext():
        if text.strip():
            yield str(text)
            count -= 1
        if not count:
            return


def _clean(text: str) -> str:
    return _WHITE.sub(" ", text).strip()


def attachments(page: Element) -> list[str]:
    """Return the links of a page to documents."""
    links: Iterable[str | None] = (
        node.get("href") or node.get("src") or node.get("data")
        for node in page.iter("a", "iframe", "embed", "object")
    )
    return list(dict.fromkeys(link for link in links if link and pattern("page", "attachment").search(link)))
