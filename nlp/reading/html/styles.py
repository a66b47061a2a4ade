"""The styles of a page's elements: their own, and those that its sheets give their names and classes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

Element = etree._Element
Style = Mapping[str, str]
"""Properties and their values, in lower case."""

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"(?P<element>[a-z][a-z0-9]*|\*)?(?:\.(?P<class>[\w-]+))?", re.IGNORECASE)
"""What is told of a selector: the name of an element, a class, or both."""
_ON_SCREEN = ("", "all", "screen")
"""The media of sheets that are for the screen; "" where none is named."""
_NONE: Style = {}


@lru_cache(maxsize=1 << 12)
def declarations(text: str) -> Style:
    """Return the properties that a text of CSS declares.

    >>> declarations("Color: #FFF !important; opacity:0")
    {'color': '#fff', 'opacity': '0'}
    """
    declared = {}
    for declaration in text.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            declared[name.strip()] = value.replace("!important", "").strip()
    return declared


class Styles:
    """The styles of the elements of a page.

    Of its sheets, rules for an element's name, a class or both are known, those behind others going first;
    rules for elements within others, and for paper, are not.

    >>> page = etree.HTML("<style>.no{display:none}</style><b class=no style='color:red'>5</b>")
    >>> dict(Styles(page).of(page.find(".//b")))
    {'display': 'none', 'color': 'red'}
    """

    def __init__(self, page: Element) -> None:
        self._rules: dict[tuple[str, str], dict[str, str]] = {}
        for sheet in page.iter("style"):
            if (sheet.get("media") or "").strip().lower() in _ON_SCREEN:
                for selectors, body in _rules(_COMMENT.sub("", sheet.text or "")):
                    self._add(selectors, declarations(body))

    def _add(self, selectors: str, declared: Style) -> None:
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match and match.group():
                name = (match["element"] or "*").lower()
                self._rules.setdefault((name, match["class"] or ""), {}).update(declared)

    @property
    def are_of_sheets(self) -> bool:
        """Whether the page has sheets that give any element a style."""
        return bool(self._rules)

    def of(self, node: Element) -> Style:
        """Return the style of an element; attributes of old pages for colours are part of it."""
        own = declarations(node.get("style") or "")
        colour, background = node.get("color"), node.get("bgcolor")
        if not self._rules and colour is None and background is None:
            return own
        style: dict[str, str] = {}
        if colour is not None:
            style["color"] = colour.strip().lower()
        if background is not None:
            style["background-color"] = background.strip().lower()
        if self._rules:
            for key in _keys(node):
                style.update(self._rules.get(key, _NONE))
        style.update(own)
        return style


def _keys(node: Element) -> Iterator[tuple[str, str]]:
    """Yield what rules for an element may be kept by, the least special first."""
    classes = (node.get("class") or "").split()
    for class_ in ("", *classes):
        yield "*", class_
        yield str(node.tag), class_


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of each rule of a sheet, but those within rules such as @media.

    >>> list(_rules("@import 'a'; .a, b {top:1px} @media print { .c {top:0} } i{}"))
    [('.a, b', 'top:1px'), ('i', '')]
    """
    depth = 0
    start = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace.group() == "{":
            if depth == 0:
                selectors = sheet[start : brace.start()].rpartition(";")[2].strip()
                start = brace.end()
            depth += 1
        elif depth > 0:
            depth -= 1
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, sheet[start : brace.start()]
                start = brace.end()
