"""The styles of a page's elements: their own, and those that its sheets give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from lxml import etree

from nlp.reading.html.selectors import Selector, parsed
from nlp.reading.html.sheets import is_for_screen, rules
from nlp.resources import knowledge

Element = etree._Element
Style = Mapping[str, str]
"""Properties and their values, in lower case."""

BACKGROUNDS = ("background", "background-color", "background-image")
"""The properties that say what is behind an element."""
_FONT_SIZE = re.compile(r"(?:^|\s)(?P<size>0|\d*\.?\d+(?:[a-z]+|%))(?=[/\s])")
"""The size within what is told of a font at once."""
_FOLDING = "HTML 4.0 Transitional"
"""What the parser calls a page without a type of document; such pages take names in capitals for the same."""
_OF_FONT = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "7": "48px"}
"""The sizes of `<font size>`; relative ones are smaller or larger."""


@lru_cache(maxsize=1 << 12)
def declarations(text: str) -> Style:
    """Return the properties that a text of CSS declares.

    >>> declarations("Color: #FFF !important; opacity:0; font: bold 6pt/1 SimSun")
    {'color': '#fff', 'opacity': '0', 'font': 'bold 6pt/1 simsun', 'font-size': '6pt'}
    """
    declared = {}
    for declaration in text.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            name = name.strip()
            declared[name] = value.replace("!important", "").strip()
            if name == "font" and (size := _FONT_SIZE.search(value)):
                declared["font-size"] = size["size"]
    return declared


def _important(text: str) -> Style:
    """Return those properties alone that go before all others."""
    if "!" not in text:
        return {}
    return declarations(";".join(part for part in text.split(";") if "!important" in part.lower()))


@cache
def _telling() -> frozenset[str]:
    """Return the properties that tell a look of data/reading.toml, or are needed to tell one."""
    properties = {"display", "font-size", *BACKGROUNDS}
    for look in knowledge("reading")["markup"].values():
        for styles in (look.get("styles", {}), *look.get("together", ())):
            for names in styles:
                properties.update(names.split("|"))
    return frozenset(properties)


class _Rule(NamedTuple):
    """A rule for one selector; a later one has a higher `order`."""

    selector: Selector
    order: int
    declared: Style
    important: Style


def _precedence(rule: _Rule) -> tuple[tuple[int, int, int], int]:
    return rule.selector.specificity, rule.order


@lru_cache(maxsize=32)
def _rules_of(sheet: str, fold: bool) -> tuple[_Rule, ...]:
    """Return the rules of a sheet; those of one site are the same on all its pages."""
    of_sheet: list[_Rule] = []
    for order, (selectors, body) in enumerate(rules(sheet)):
        declared = declarations(body)
        if not _telling().isdisjoint(declared):
            important = _important(body)
            of_sheet += [_Rule(selector, order, declared, important) for selector in parsed(selectors, fold)]
    return tuple(of_sheet)


class Styles:
    """The styles of the elements of a page.

    >>> page = etree.HTML("<style>.no{display:none}</style><b class=no style='color:red'>5</b>")
    >>> dict(Styles(page).of(page.find(".//b")))
    {'display': 'none', 'color': 'red'}
    """

    def __init__(self, page: Element) -> None:
        self._fold = _FOLDING in (page.getroottree().docinfo.public_id or "")
        self._of_names: dict[tuple[str, str], list[_Rule]] = {}
        self._of_places: dict[tuple[str, str], list[_Rule]] = {}
        self._attributes: list[str] = []
        self._paths: dict[Element, int] = {}
        self._numbers: dict[tuple[str, str | None, str | None, int], int] = {}
        self._meant: dict[int, list[_Rule]] = {}
        self._are_sure = True
        sheets = [sheet.text or "" for sheet in page.iter("style") if is_for_screen(sheet.get("media") or "")]
        if sheets:
            self._keep(page, _rules_of("\n".join(sheets), self._fold))

    def _keep(self, page: Element, of_sheets: Sequence[_Rule]) -> None:
        """Keep the rules that name nothing but what is on the page."""
        names = {("", "")}
        for node in page.iter(etree.Element):
            names.update(self._keys(node))
        for rule in of_sheets:
            keys = [compound.key for compound in rule.selector.compounds]
            if all(kind == "[" or (kind, name) in names for kind, name in keys):
                kept = self._of_names if rule.selector.is_of_names else self._of_places
                kept.setdefault(keys[0], []).append(rule)
                self._are_sure = self._are_sure and rule.selector.is_sure
        self._attributes = [name for kind, name in self._of_places if kind == "["]

    @property
    def are_of_sheets(self) -> bool:
        """Whether the sheets of the page have rules that may be for its elements."""
        return bool(self._of_names or self._of_places)

    def of(self, node: Element) -> Style:
        """Return the style of an element; attributes of old pages for colours and sizes are part of it."""
        if not self.are_of_sheets:
            own = declarations(node.get("style") or "")
            given = _of_attributes(node)
            return {**given, **own} if given else own
        return self._cascaded(node, is_sure=True)

    def possible(self, node: Element) -> Style | None:
        """Return the style of an element with all rules that may be for it; None where there are no more."""
        return None if self._are_sure else self._cascaded(node, is_sure=False)

    def declaring(self, page: Element, tells: Callable[[Style], bool]) -> Iterator[Element]:
        """Yield the elements for which a sheet has a rule whose declarations `tells` asks for."""
        keys = set()
        for kept in (self._of_names, self._of_places):
            keys |= {key for key, of_key in kept.items() if any(tells(rule.declared) for rule in of_key)}
        if not keys:
            return
        for node in page.iter(etree.Element):
            is_asked_for = not keys.isdisjoint(self._keys(node))
            if is_asked_for and any(tells(rule.declared) for rule in self._rules_for(node)):
                yield node

    def _cascaded(self, node: Element, is_sure: bool) -> Style:
        own_text = node.get("style") or ""
        style = _of_attributes(node)
        meant = [rule for rule in self._rules_for(node) if rule.selector.is_sure or not is_sure]
        for rule in meant:
            style.update(rule.declared)
        style.update(declarations(own_text))
        for rule in meant:
            style.update(rule.important)
        style.update(_important(own_text))
        return style

    def _rules_for(self, node: Element) -> list[_Rule]:
        """Return the rules that mean an element, those that go first last.

        Rules of names alone are looked for once for all elements on the same path.
        """
        path = self._path(node)
        meant = self._meant.get(path)
        if meant is None:
            meant = self._meant[path] = self._meaning(node, self._of_names)
        if not self._of_places:
            return meant
        return sorted(meant + self._meaning(node, self._of_places), key=_precedence)

    def _meaning(self, node: Element, kept: Mapping[tuple[str, str], list[_Rule]]) -> list[_Rule]:
        may_mean = [rule for key in self._keys(node) for rule in kept.get(key, ())]
        return sorted((rule for rule in may_mean if rule.selector.means(node, self._fold)), key=_precedence)

    def _path(self, node: Element) -> int:
        """Return a number for the names and classes of an element and of those around it."""
        number = self._paths.get(node)
        if number is None:
            parent = node.getparent()
            around = 0 if parent is None else self._path(parent)
            path = (str(node.tag), node.get("class"), node.get("id"), around)
            number = self._paths[node] = self._numbers.setdefault(path, len(self._numbers) + 1)
        return number

    def _keys(self, node: Element) -> list[tuple[str, str]]:
        """Return by what rules for an element may be kept."""
        keys = [("", ""), ("", str(node.tag))]
        classes, name = node.get("class"), node.get("id")
        if classes:
            keys += [(".", class_) for class_ in self._folded(classes).split()]
        if name:
            keys.append(("#", self._folded(name)))
        for attribute in self._attributes:
            if node.get(attribute) is not None:
                keys.append(("[", attribute))
        return keys

    def _folded(self, name: str) -> str:
        return name.lower() if self._fold else name


def _of_attributes(node: Element) -> dict[str, str]:
    """Return the style that the attributes of an element give it, in the way of old pages."""
    style = {}
    colour, background = node.get("color"), node.get("bgcolor")
    if colour is not None:
        style["color"] = colour.strip().lower()
    if background is not None:
        style["background-color"] = background.strip().lower()
    if node.tag == "font" and (size := (node.get("size") or "").strip()):
        style["font-size"] = _OF_FONT.get(size, "smaller" if size.startswith("-") else "larger")
    return style
