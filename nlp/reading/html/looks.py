"""What the elements of a page say of the text in them: that it is hidden, struck out, raised, small."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from lxml import etree
from msgspec import Struct

from nlp.reading.html.styles import BACKGROUNDS, Style, Styles, declarations
from nlp.resources import knowledge

Element = etree._Element
UNSEEN = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head select textarea button svg iframe object audio video canvas "
        "noframes noembed datalist progress meter",
    )
)
"""The elements whose text is not shown, or belongs to controls."""
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody "
        "td tfoot th thead title tr ul",
    )
)
"""The elements that begin and end a line."""
APART = "apart"
"""The name of an element, none of a page's own, that parts two numbers on a line."""
_INHERITED = frozenset(("font-size", "color", "text-indent"))
"""Properties that an element within another may have otherwise, and be seen."""


class Look(Struct, frozen=True):
    """The elements, classes and styles that tell a look.

    `styles` tell it by one property each; each of `together` by several, one out of each group of them.
    """

    elements: frozenset[str]
    classes: re.Pattern[str] | None
    styles: Mapping[str, re.Pattern[str]]
    together: Sequence[Mapping[str, re.Pattern[str]]]

    def is_of(self, node: Element, style: Style) -> bool:
        """Return whether an element, whose style is given, has the look."""
        return self.told_by_name(str(node.tag), node.get("class")) or bool(style and self.told_by(style))

    def told_by_name(self, element: str, classes: str | None) -> bool:
        """Return whether the name of an element or one of its classes tells the look."""
        if element in self.elements:
            return True
        if self.classes is not None and classes:
            return any(map(self.classes.fullmatch, classes.lower().split()))
        return False

    def told_by(self, style: Style) -> list[str]:
        """Return the properties of a style that tell the look."""
        telling = []
        for name, value in style.items():
            pattern = self.styles.get(name)
            if pattern is not None and pattern.fullmatch(value):
                telling.append(name)
        if len(style) > 1:
            for groups in self.together:
                having = [
                    [name for name in names.split("|") if _has(style, name, value)]
                    for names, value in groups.items()
                ]
                if all(having):
                    telling += itertools.chain.from_iterable(having)
        return telling

    def hides(self, node: Element, styles: Styles | None = None) -> bool:
        """Return whether the look hides all that is in an element; nothing within may be seen again.

        Without `styles`, those of the element itself are looked at alone.
        """
        style = _style_of(node, styles)
        telling = self.told_by(style)
        if not telling:
            return self.told_by_name(str(node.tag), node.get("class"))
        if not _INHERITED.issuperset(telling):
            return True
        return not any(_may_differ(inner, telling, styles) for inner in node.iterdescendants(etree.Element))


def _has(style: Style, name: str, value: re.Pattern[str]) -> bool:
    return name in style and value.fullmatch(style[name]) is not None


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
    >>> look("raised").told_by({"position": "relative", "top": "-6.0pt"})
    ['position', 'top']
    """
    known = markup(name)
    classes = known.get("classes")
    together = tuple(map(_patterns, known.get("together", ())))
    return Look(
        frozenset(known.get("elements", ())),
        classes and re.compile(classes),
        _patterns(known.get("styles", {})),
        together,
    )


def _patterns(styles: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Return the patterns for the values of properties; lengths in them are told by their names."""
    lengths = markup("lengths")
    names = re.compile("|".join(lengths))
    return {
        property: re.compile(names.sub(lambda name: f"(?:{lengths[name.group()]})", value))
        for property, value in styles.items()
    }


@cache
def markup(name: str) -> dict[str, Any]:
    """Return what is known of one kind of elements."""
    known: dict[str, Any] = knowledge("reading")["markup"][name]
    return known


def is_hidden(node: Element) -> bool:
    """Return whether an element's own attributes hide it, and all that is in it.

    >>> is_hidden(etree.XML('<b style="display: none">5</b>')), is_hidden(etree.XML("<b>5</b>"))
    (True, False)
    >>> is_hidden(etree.XML("<dialog>5</dialog>")), is_hidden(etree.XML('<dialog open="">5</dialog>'))
    (True, False)
    """
    is_closed = node.tag == "dialog" and node.get("open") is None
    if is_closed or node.get("hidden") is not None:
        return True
    return node.get("style") is not None and look("hidden").hides(node)


def says_nothing(node: Element) -> bool:
    """Return whether an element says nothing of its text by itself: by its name, classes and own style.

    >>> says_nothing(etree.XML('<p align="center">5</p>')), says_nothing(etree.XML("<s>5</s>"))
    (True, False)
    """
    if node.get("color") is not None or node.get("hidden") is not None or node.tag == "a":
        return False
    return _say_nothing(str(node.tag), node.get("class"), node.get("style"))


@lru_cache(maxsize=1 << 12)
def _say_nothing(element: str, classes: str | None, style_text: str | None) -> bool:
    style = declarations(style_text or "")
    if _white("color").fullmatch(style.get("color", "")):
        return False
    for name in ("hidden", "unseen", "struck", "raised", "small", "doubtful"):
        if look(name).told_by_name(element, classes) or look(name).told_by(style):
            return False
    return True


def is_left_out(cell: Element) -> bool:
    """Return whether a hidden cell of a table leaves its place to the next one, and is not just blank.

    >>> is_left_out(etree.XML("<td hidden=''>5</td>"))
    True
    >>> is_left_out(etree.XML("<td style='visibility:hidden'>5</td>"))
    False
    """
    telling = look("hidden").told_by(declarations(cell.get("style") or ""))
    return cell.get("hidden") is not None or telling != ["visibility"]


def is_white(node: Element, styles: Styles) -> bool:
    """Return whether an element is white, and nothing around it has a background of another colour."""
    white = _white("color")
    if not white.fullmatch(styles.of(node).get("color", "")):
        return False
    for around in (node, *node.iterancestors()):
        style = styles.of(around)
        for name in BACKGROUNDS:
            value = style.get(name)
            if value and not (white.fullmatch(value) or _white("background").fullmatch(value)):
                return False
        if around.get("background"):
            return False
    return True


def _white(name: str) -> re.Pattern[str]:
    return look("white").styles[name]


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
