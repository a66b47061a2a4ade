"""What the elements of a page say of the text in them: that it is hidden, struck out, raised, small."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree
from msgspec import Struct

from nlp.reading.html.styles import Style, Styles, declarations
from nlp.resources import knowledge

Element = etree._Element
UNSEEN = frozenset(
    re.findall(r"\w+", "script style noscript template head select textarea button svg iframe object")
)
"""The elements whose text is not shown, or belongs to controls."""
_INHERITED = frozenset(("font-size", "color", "text-indent"))
"""Properties that an element within another may have otherwise, and be seen."""


class Look(Struct, frozen=True):
    """The elements, classes and styles that tell a look."""

    elements: frozenset[str]
    classes: re.Pattern[str] | None
    styles: Mapping[str, re.Pattern[str]]

    def is_of(self, node: Element, style: Style) -> bool:
        """Return whether an element, whose style is given, has the look."""
        if node.tag in self.elements:
            return True
        if self.classes is not None:
            for class_ in (node.get("class") or "").lower().split():
                if self.classes.fullmatch(class_):
                    return True
        return any(self._styled(style))

    def _styled(self, style: Style) -> list[str]:
        """Return the properties of a style that tell the look."""
        if not style:
            return []
        return [name for name, value in self.styles.items() if name in style and value.fullmatch(style[name])]

    def hides(self, node: Element, styles: Styles | None = None) -> bool:
        """Return whether the look hides all that is in an element; nothing within may be seen again.

        Without `styles`, those of the element itself are looked at alone.
        """
        if not self.is_of(node, _style_of(node, styles)):
            return False
        telling = self._styled(_style_of(node, styles))
        if not telling or not _INHERITED.issuperset(telling):
            return True
        return not any(_may_differ(inner, telling, styles) for inner in node.iterdescendants(etree.Element))


def _may_differ(node: Element, properties: list[str], styles: Styles | None) -> bool:
    """Return whether an element may have properties of its own: in its style, or from sheets elsewhere."""
    style = _style_of(node, styles)
    return node.get("class") is not None or any(name in style for name in properties)


def _style_of(node: Element, styles: Styles | None) -> Style:
    return declarations(node.get("style") or "") if styles is None else styles.of(node)


@cache
def look(name: str) -> Look:
    """Return a look by its name in data/reading.toml.

    >>> look("raised").is_of(etree.Element("sup"), {}), look("struck").is_of(etree.Element("b"), {})
    (True, False)
    """
    known = markup(name)
    classes = known.get("classes")
    styles = {property: re.compile(value) for property, value in known.get("styles", {}).items()}
    return Look(frozenset(known.get("elements", ())), classes and re.compile(classes), styles)


@cache
def markup(name: str) -> dict[str, Any]:
    """Return what is known of one kind of elements."""
    known: dict[str, Any] = knowledge("reading")["markup"][name]
    return known


def is_hidden(node: Element) -> bool:
    """Return whether an element's own attributes hide it, and all that is in it.

    >>> is_hidden(etree.XML('<b style="display: none">5</b>')), is_hidden(etree.XML("<b>5</b>"))
    (True, False)
    """
    if node.get("hidden") is not None:
        return True
    return node.get("style") is not None and look("hidden").hides(node)


def is_white(node: Element, styles: Styles) -> bool:
    """Return whether an element is white, and nothing around it has a background of another colour."""
    white = _white("color")
    if not white.fullmatch(styles.of(node).get("color", "")):
        return False
    for around in (node, *node.iterancestors()):
        style = styles.of(around)
        for name in ("background", "background-color", "background-image"):
            value = style.get(name)
            if value and not (white.fullmatch(value) or _white("background").fullmatch(value)):
                return False
        if around.get("background"):
            return False
    return True


@cache
def _white(name: str) -> re.Pattern[str]:
    return re.compile(markup("white")[name])


def is_note(node: Element) -> bool:
    """Return whether an element is a link to a note on its page: `<a href="#fn8">[8]</a>`."""
    if node.tag != "a":
        return False
    known = markup("note")
    text = "".join(map(str, node.itertext())).strip()
    address = (node.get("href") or "").strip()
    return (
        re.fullmatch(known["address"], address) is not None and re.fullmatch(known["text"], text) is not None
    )
