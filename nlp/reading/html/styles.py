"""The styles of a page's elements: their own, and those that its sheets give them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from lxml import etree

from nlp.reading.html.elements import Elements, PageElements
from nlp.reading.html.selectors import ANY, Combined, Name, names_in, parted, read
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
_MOST_RULES = 50_000
"""Sheets with more rules that matter, each selector counted, are not followed."""
_MOST_POSSIBLE = 20
"""So many rules are looked at of which it is not known whether they are for an element."""
_MOST_READ = 200_000
"""In characters: of the selectors of longer sheets that may mean elements of a page, the rest is not read."""


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


def _telling_of(style: Style) -> Style:
    return {name: value for name, value in style.items() if name in _telling()}


class _Rule(NamedTuple):
    """A rule for one selector, which needs some names on the page; a later one has a higher `order`."""

    selector: str
    names: frozenset[Name]
    order: int
    declared: Style
    important: Style


class _Given(NamedTuple):
    """What the rules for an element declare together, and what of it goes before its own style."""

    declared: Style
    important: Style


_NOTHING = _Given({}, {})


@lru_cache(maxsize=32)
def _rules_of(sheet: str, fold: bool) -> tuple[_Rule, ...]:
    """Return the rules of a sheet; those of one site are the same on all its pages."""
    return tuple(itertools.islice(_telling_rules(sheet, fold), _MOST_RULES + 1))


def _telling_rules(sheet: str, fold: bool) -> Iterator[_Rule]:
    """Yield the rules of a sheet that declare what is looked at, one for each of their selectors."""
    for order, (selectors, body) in enumerate(rules(sheet)):
        declared = _telling_of(declarations(body))
        if declared:
            important = _telling_of(_important(body))
            for selector in parted(selectors):
                yield _Rule(selector, names_in(selector, fold), order, declared, important)


class Styles:
    """The styles of the elements of a page.

    >>> page = etree.HTML("<style>.no{display:none}</style><b class=no style='color:red'>5</b>")
    >>> dict(Styles(page).of(page.find(".//b")))
    {'display': 'none', 'color': 'red'}
    """

    def __init__(self, page: Element) -> None:
        self._meant: list[tuple[_Rule, Elements]] = []
        self._possible: dict[Element, list[_Rule]] = {}
        self._untold: set[Element] = set()
        sheets = [sheet.text or "" for sheet in page.iter("style") if is_for_screen(sheet.get("media") or "")]
        if sheets:
            fold = _FOLDING in (page.getroottree().docinfo.public_id or "")
            self._keep(_rules_of("\n".join(sheets), fold), PageElements(page, fold), fold)
        self._given = _given(self._meant)

    def _keep(self, of_sheets: Sequence[_Rule], elements: PageElements, fold: bool) -> None:
        """Keep the rules that mean elements of the page, those that go first last."""
        if len(of_sheets) > _MOST_RULES:
            self._untold.update(elements.possible(ANY))
            return
        asked: list[tuple[Combined, _Rule]] = []
        length = 0
        for rule in of_sheets:
            if elements.has(rule.names):
                length += len(rule.selector)
                selector = read(rule.selector, fold) if length <= _MOST_READ else ANY
                if selector is not None:
                    asked.append((selector, rule))
        asked.sort(key=_precedence)
        for selector, rule in asked:
            nodes = elements.meant(selector)
            if nodes is None:
                self._untold.update(elements.possible(selector))
            elif selector.is_sure:
                self._meant.append((rule, nodes))
            else:
                for node in nodes:
                    self._possible.setdefault(node, []).append(rule)

    @property
    def are_of_sheets(self) -> bool:
        """Whether the sheets of the page have rules that may be for its elements."""
        return bool(self._meant or self._possible or self._untold)

    def of(self, node: Element) -> Style:
        """Return the style of an element; attributes of old pages for colours and sizes are part of it."""
        own_text = node.get("style") or ""
        own = declarations(own_text)
        attributes = _of_attributes(node)
        given = self._given.get(node, _NOTHING)
        if not attributes and given is _NOTHING:
            return own
        return {**attributes, **given.declared, **own, **given.important, **_important(own_text)}

    def may_be(self, node: Element, tells: Callable[[Style], bool]) -> bool:
        """Return whether `tells` asks for what a rule declares that may be for an element, or not.

        True as well where there are too many such rules, or too many rules and elements to tell which.
        """
        possible = self._possible.get(node, ())
        if node in self._untold or len(possible) > _MOST_POSSIBLE:
            return True
        style = self.of(node) if possible else {}
        return any(tells({**style, **rule.declared}) for rule in possible)

    def declaring(self, tells: Callable[[Style], bool]) -> Iterable[Element]:
        """Return the elements for which a sheet has a rule whose declarations `tells` asks for."""
        telling = [nodes for rule, nodes in self._meant if tells(rule.declared)]
        return dict.fromkeys(itertools.chain.from_iterable(telling))


def _precedence(asked: tuple[Combined, _Rule]) -> tuple[tuple[int, int, int], int]:
    selector, rule = asked
    return selector.specificity, rule.order


def _given(meant: Sequence[tuple[_Rule, Elements]]) -> dict[Element, _Given]:
    """Return what rules give the elements that they mean; the last ones go first."""
    numbers: dict[Element, list[int]] = {}
    for number, (_, nodes) in enumerate(meant):
        for node in nodes:
            numbers.setdefault(node, []).append(number)
    together: dict[tuple[int, ...], _Given] = {}
    given: dict[Element, _Given] = {}
    for node, of_node in numbers.items():
        key = tuple(of_node)
        if key not in together:
            together[key] = _together([meant[number][0] for number in key])
        given[node] = together[key]
    return given


def _together(of_element: Sequence[_Rule]) -> _Given:
    declared: dict[str, str] = {}
    important: dict[str, str] = {}
    for rule in of_element:
        declared.update(rule.declared)
        important.update(rule.important)
    return _Given(declared, important)


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
