"""Finds the element, the title and the attachments of a report on a page of a web site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from nlp.reading.patterns import marks, pattern
from nlp.resources import knowledge
from nlp.text.folding import fold

Element = etree._Element

_WHITE = re.compile(r"\s+")
_LONGEST_TITLE = 70
"""In characters: the title of a report is shorter."""
_LOOKED_AT = 12
"""So many texts at the beginning of a report are searched for its title."""


@cache
def _marks() -> re.Pattern[str]:
    """Return a pattern of what only a report says: the titles of its chapters, some labels of its tables."""
    sections = knowledge("sections")
    names = [title for chapter in sections["chapter"] for title in chapter["titles"]]
    return re.compile("|".join(map(re.escape, [*names, *marks()])))


def said_of_report(text: str) -> set[str]:
    """Return all that a text says that only a report says.

    >>> sorted(said_of_report("一、总体情况 二、主动公开政府信息情况 首页")), said_of_report("首页")
    (['主动公开政府信息情况', '总体情况'], set())
    """
    return set(_marks().findall(fold(text)))


def names_report(text: str) -> bool:
    """Return whether a text says what only a report says.

    >>> names_report("一、总体情况"), names_report("首页")
    (True, False)
    """
    return _marks().search(fold(text)) is not None


def find(page: Element) -> Element | None:
    """Return the smallest element that holds every chapter of a report; None where there is no chapter."""
    marked = list(_marked(page))
    if not marked:
        return None
    shared = _path(marked[0])
    for node in marked[1:]:
        shared = [one for one, other in zip(shared, _path(node), strict=False) if one is other]
    return _enclosing_block(shared[-1]) if shared else page


def _marked(page: Element) -> Iterator[Element]:
    """Yield the elements whose own text names a chapter, without links, which lead to other pages."""
    for node in page.iter(etree.Element):
        if node.tag in ("script", "style", "title", "meta", "option"):
            continue
        own_parts = [node.text or ""]
        own_parts += [child.tail or "" for child in node]
        own_text = _WHITE.sub("", "".join(own_parts))
        if own_text and names_report(own_text) and not _in_link(node):
            yield node


def _in_link(node: Element) -> bool:
    return node.tag == "a" or any(parent.tag == "a" for parent in node.iterancestors())


def _path(node: Element) -> list[Element]:
    """Return the elements from the root down to an element."""
    path = [node, *node.iterancestors()]
    path.reverse()
    return path


_PARTS_OF_BLOCKS = frozenset(
    "td th tr tbody thead tfoot table p span b strong font h1 h2 h3 h4 li em u i".split()  # noqa: SIM905
)


def _enclosing_block(node: Element) -> Element:
    """Return the innermost element around a part of a table or paragraph that is no such part itself."""
    while node.tag in _PARTS_OF_BLOCKS:
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return node


def begins_with_title(body: Element) -> bool:
    """Return whether a title is among the first texts of a report."""
    return any(is_title(_clean(text)) for text in _first_texts(body, _LOOKED_AT))


def title(page: Element, body: Element) -> str | None:
    """Return the title of the report `body` that stands elsewhere on the page: headings, then `<title>`.

    None where the report itself begins with a title, or none is found.
    """
    if begins_with_title(body):
        return None
    for node in [*page.iter("h1", "h2", "h3"), *page.iter("title")]:
        text = pattern("page", "site").sub("", _clean("".join(map(str, node.itertext()))))
        if is_title(text):
            return text
    return _above(page, body)


def _above(page: Element, body: Element) -> str | None:
    """Return the last text before the report that looks like a title and is no link; None for none."""
    last_title = None
    for node in page.iter(etree.Element):
        if node is body:
            return last_title
        text = _clean(node.text or "")
        if is_title(text) and not _in_link(node):
            last_title = text
    return last_title


def is_title(text: str) -> bool:
    """Return whether a text is the title of a report: it is short, and says so."""
    return len(text) <= _LONGEST_TITLE and bool(pattern("page", "title").search(text))


def _first_texts(node: Element, count: int) -> Iterator[str]:
    """Yield the first `count` texts below an element that are not blank."""
    texts = (str(text) for text in node.itertext() if text.strip())
    return islice(texts, count)


def _clean(text: str) -> str:
    return _WHITE.sub(" ", text).strip()


def attachments(page: Element) -> list[str]:
    """Return the links of a page to documents (.pdf, .doc …), each once, in the order of the page."""
    links: dict[str, None] = {}
    for node in page.iter("a", "iframe", "embed", "object"):
        link = node.get("href") or node.get("src") or node.get("data")
        if link and pattern("page", "attachment").search(link):
            links[link] = None
    return list(links)
