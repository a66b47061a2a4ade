"""Tells which elements of a page a selector of a style sheet means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from lxml import etree

Element = etree._Element
Test = Callable[[Element], bool]

_NAME = r"(?:[\w-]|\\.)+"
_PART = re.compile(
    rf"(?P<kind>[.#])(?P<name>{_NAME})|(?P<element>\*|{_NAME})|\[(?P<attribute>[^\]]*)\]"
    rf"|(?P<colons>::?)(?P<state>[\w-]+)(?:\((?P<argument>[^()]*)\))?"
)
_ATTRIBUTE = re.compile(
    rf"""\s*(?P<name>{_NAME})\s*(?:(?P<how>[~|^$*]?=)\s*["']?(?P<value>.*?)["']?(?:\s+[is])?\s*)?""",
    re.IGNORECASE,
)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_FORMULA = re.compile(r"(?P<step>[+-]?\d*)n(?:(?P<first>[+-]\d+))?|(?P<only>[+-]?\d+)")
_SIBLINGS = 100
"""So far apart two elements may be of which one stands somewhere behind the other."""
_STATES = frozenset(
    re.findall(
        r"[\w-]+",
        "hover focus focus-within focus-visible active visited target checked disabled before after "
        "first-line first-letter",
    )
)
"""What no element is in when its page is opened, and parts of elements in the old way of writing."""


class Compound(NamedTuple):
    """What is asked of one element; `element` is "" for any; `tests` are of its attributes and its place."""

    element: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()

    def fits(self, node: Element, fold: bool) -> bool:
        """Return whether an element is meant; `fold`: names may be written in capitals."""
        if self.element and node.tag != self.element:
            return False
        if self.ids and any(name != _folded(node.get("id") or "", fold) for name in self.ids):
            return False
        if self.classes:
            classes = _folded(node.get("class") or "", fold).split()
            if any(name not in classes for name in self.classes):
                return False
        return all(test(node) for test in self.tests)

    @property
    def key(self) -> tuple[str, str]:
        """A kind of name, `#`, `.`, `[` or none, and a name that every element has that is meant."""
        if self.ids:
            return "#", self.ids[0]
        if self.classes:
            return ".", self.classes[0]
        if self.attributes:
            return "[", self.attributes[0]
        return "", self.element


class Selector(NamedTuple):
    """The elements that a selector names, from the one that is meant to the outermost one.

    `combinators` say how each stands to the one before; `is_sure` is False where the selector asks something
    more that cannot be told.
    """

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]
    specificity: tuple[int, int, int]
    is_sure: bool

    @property
    def is_of_names(self) -> bool:
        """Whether the names and classes of an element and of those around it tell if it is meant."""
        are_around = all(combinator in (" ", ">") for combinator in self.combinators)
        return are_around and not any(compound.tests for compound in self.compounds)

    def means(self, node: Element, fold: bool) -> bool:
        """Return whether an element is meant; `fold`: the names are folded, and so are the page's."""
        if not self.compounds[0].fits(node, fold):
            return False
        nodes = [node]  # the innermost first: what is around it is around the others as well
        for combinator, compound in zip(self.combinators, self.compounds[1:], strict=True):
            inner_nodes = nodes[:1] if combinator == " " else nodes
            related = dict.fromkeys(other for inner in inner_nodes for other in _related(inner, combinator))
            nodes = [other for other in related if compound.fits(other, fold)]
            if not nodes:
                return False
        return True


def parsed(selectors: str, fold: bool) -> Iterator[Selector]:
    """Yield each of some selectors, parted by commas, that may mean elements of a page as it is opened.

    >>> page = etree.HTML("<div id=zoom><p><i class='a b'>5</i></p></div>")
    >>> [part.means(page.find(".//i"), False) for part in parsed("#zoom i.b, p>i, div>i, i:not(.a)", False)]
    [True, True, False, False]
    >>> list(parsed("a:hover, p::after", False))
    []
    """
    for text in _COMMA.split(selectors):
        selector = _selector(text.strip(), fold)
        if selector is not None:
            yield selector


def _selector(text: str, fold: bool) -> Selector | None:
    """Return a selector; None for one that means nothing, or cannot be read."""
    compounds: list[Compound] = []
    combinators: list[str] = []
    is_sure = True
    position = 0
    while position < len(text):
        if compounds:
            combinator = _COMBINATOR.match(text, position)
            if combinator is None:
                return None
            combinators.append(combinator[1] or " ")
            position = combinator.end()
        compound, position, is_told = _compound(text, position, fold)
        if compound is None:
            return None
        compounds.append(compound)
        is_sure = is_sure and is_told
    if not compounds:
        return None
    specificity = (
        sum(len(compound.ids) for compound in compounds),
        sum(len(compound.classes) + len(compound.tests) for compound in compounds),
        sum(bool(compound.element) for compound in compounds),
    )
    return Selector(tuple(reversed(compounds)), tuple(reversed(combinators)), specificity, is_sure)


def _compound(text: str, position: int, fold: bool) -> tuple[Compound | None, int, bool]:
    """Return what is asked of one element, where it ends, and whether all of it could be told.

    None stands for what no element is.
    """
    element = ""
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[str] = []
    tests: list[Test] = []
    is_told = True
    start = position
    while part := _PART.match(text, position):
        if part["element"]:
            element = "" if part["element"] == "*" else part["element"].lower()
        elif part["kind"]:
            name = _folded(part["name"].replace("\\", ""), fold)
            (ids if part["kind"] == "#" else classes).append(name)
        elif part["attribute"] is not None:
            attribute = _ATTRIBUTE.fullmatch(part["attribute"])
            if attribute is None:
                return None, position, False
            name = attribute["name"].lower()
            attributes.append(name)
            tests.append(partial(_has, name=name, how=attribute["how"] or "", value=attribute["value"] or ""))
        elif part["colons"] == "::" or part["state"].lower() in _STATES:
            return None, position, False
        else:
            test = _place(part["state"].lower(), (part["argument"] or "").strip(), fold)
            if test is None:
                is_told = False
            else:
                tests.append(test)
        position = part.end()
    if position == start:
        return None, position, False
    return Compound(element, tuple(ids), tuple(classes), tuple(attributes), tuple(tests)), position, is_told


def _has(node: Element, name: str, how: str, value: str) -> bool:
    """Return whether an element has an attribute, and its value compares with another as `how` says."""
    own = node.get(name)
    if own is None:
        return False
    compared = {
        "": True,
        "=": own == value,
        "~=": value in own.split(),
        "|=": own == value or own.startswith(value + "-"),
        "^=": bool(value) and own.startswith(value),
        "$=": bool(value) and own.endswith(value),
        "*=": bool(value) and value in own,
    }
    return compared[how]


def _place(name: str, argument: str, fold: bool) -> Test | None:
    """Return a test of the place of an element among others; None where it cannot be told."""
    if name == "not":
        other, end, is_told = _compound(argument, 0, fold)
        if other is None or not is_told or end < len(argument):
            return None
        return partial(_is_not, other=other, fold=fold)
    if name in ("first-child", "last-child", "nth-child", "nth-last-child"):
        formula = argument.lower().replace(" ", "")
        formula = {"odd": "2n+1", "even": "2n", "": "1"}.get(formula, formula)
        match = _FORMULA.fullmatch(formula)
        if match is None:
            return None
        step, first = _numbers(match)
        return partial(_is_nth, step=step, first=first, from_end="last" in name)
    if name == "only-child":
        return lambda node: node.getprevious() is None and node.getnext() is None
    if name == "root":
        return lambda node: node.getparent() is None
    return None


def _numbers(formula: re.Match[str]) -> tuple[int, int]:
    """Return the step and the first number of a formula such as `2n+1`."""
    if formula["only"]:
        return 0, int(formula["only"])
    step = formula["step"]
    return int(step + "1" if step in ("", "+", "-") else step), int(formula["first"] or 0)


def _is_nth(node: Element, step: int, first: int, from_end: bool) -> bool:
    before = islice(node.itersiblings(etree.Element, preceding=not from_end), _SIBLINGS)
    number = 1 + sum(1 for _ in before)
    if step == 0:
        return number == first
    return (number - first) % step == 0 and (number - first) // step >= 0


def _is_not(node: Element, other: Compound, fold: bool) -> bool:
    return not other.fits(node, fold)


def _related(node: Element, combinator: str) -> Iterable[Element]:
    """Return the elements that may stand to another as a combinator says."""
    if combinator == " ":
        return node.iterancestors()
    if combinator == "~":
        return islice(node.itersiblings(etree.Element, preceding=True), _SIBLINGS)
    related = node.getparent() if combinator == ">" else node.getprevious()
    return () if related is None else (related,)


def _folded(name: str, fold: bool) -> str:
    return name.lower() if fold else name
