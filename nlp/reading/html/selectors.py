"""Reads the selectors of style sheets, by cssselect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cssselect import HTMLTranslator, Selector, SelectorError, parse
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash, Negation, Pseudo
from cssselect.xpath import ExpressionError, XPathExpr
from lxml import etree

if TYPE_CHECKING:
    from cssselect.parser import Function, Relation, Tree

Name = tuple[str, str]
"""A kind of name and a name that an element has: `#` for ids, `.` for classes, "" for elements."""

_MARK = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.|[(\[\]),]""", re.DOTALL)
"""What tells whether a comma parts two selectors: strings, and brackets around it."""
_NAME = re.compile(r"([.#])((?:[\w-]|[^\0-\x7f])++)(?!\\)")
_OTHERWISE = re.compile(r"[\\(\[\"']")
"""What may make other things of the dots behind it than names of classes."""
_INNER = r"[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*"
_CONDITION = re.compile(rf"(\[[^\]]*\])|(?<![:\\]):[\w-]+(?:\({_INNER}\))?")
"""A condition such as `:is(td .new)` outside of brackets; within it they are three deep at most."""
_ANYWHERE = ":nth-child(n)"
"""A condition that every element meets; it stands for one that cannot be told."""
_LONGEST = 300
"""In characters: a longer selector is not read."""
_NEVER = frozenset(("hover", "focus", "focus-within", "focus-visible", "active", "visited", "target"))
"""What no element is in when its page is opened."""
_NAMESPACES = (None, "*")
"""What stands before the names of elements that may be those of HTML."""
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Compound(NamedTuple):
    """What is asked of one element: the names that it has, and a path that leads from it to itself.

    There is no path where the names are all that is asked; `is_of_place` says that it may count others.
    """

    names: frozenset[Name]
    path: etree.XPath | None = None
    is_of_place: bool = False


class Combined(NamedTuple):
    """What a selector asks of an element, and of those around and before it; what it means comes last.

    The combinators (`>`, `+`, `~` or a space) stand between the compounds. `is_sure` is False where the
    selector asks something more that cannot be told.
    """

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...] = ()
    specificity: tuple[int, int, int] = (0, 0, 0)
    is_sure: bool = True


ANY = Combined((Compound(frozenset()),), is_sure=False)
"""Stands for a selector that is not read: any element may be meant."""


def parted(selectors: str) -> Iterator[str]:
    """Yield the selectors that stand before the declarations of a rule, parted by commas.

    >>> list(parted("a, b:is(.c, .d),[e=',']"))
    ['a', 'b:is(.c, .d)', "[e=',']"]
    """
    depth = 0
    start = 0
    for match in _MARK.finditer(selectors):
        mark = match.group()
        if mark in ("(", "["):
            depth += 1
        elif mark in (")", "]"):
            depth = max(0, depth - 1)
        elif mark == "," and depth == 0:
            yield selectors[start : match.start()].strip()
            start = match.end()
    yield selectors[start:].strip()


def names_in(selector: str, fold: bool) -> frozenset[Name]:
    """Return classes and ids that a page must have for a selector to mean any of its elements.

    `fold`: those in capitals are the same as others, here and below.

    >>> sorted(names_in("#zoom > td.old", False)), names_in("td:not(.new)", False)
    ([('#', 'zoom'), ('.', 'old')], frozenset())
    """
    otherwise = _OTHERWISE.search(selector)
    plain = selector[: otherwise.end()] if otherwise else selector
    return frozenset((kind, folded(name, fold)) for kind, name in _NAME.findall(plain))


def folded(name: str, fold: bool) -> str:
    """Return a class or an id as it is compared."""
    return name.lower() if fold else name


@lru_cache(maxsize=1 << 12)
def read(selector: str, fold: bool) -> Combined | None:
    """Return what a selector asks as far as it can be told; None for one that means nothing.

    >>> read("#zoom i.b", False).specificity, read("p > :is(a b)", False).is_sure
    ((1, 1, 1), False)
    >>> read("a:hover", False), read("p::after", False), read("..", False)
    (None, None, None)
    """
    if len(selector) > _LONGEST:
        return ANY
    try:
        return _read(selector, fold)
    except SelectorError:
        without_conditions = _CONDITION.sub(lambda match: match[1] or _ANYWHERE, selector)
    try:
        combined = _read(without_conditions, fold)
    except SelectorError:
        return ANY if "(" in selector else None
    return combined and combined._replace(is_sure=False)


def _read(text: str, fold: bool) -> Combined | None:
    """Return what a selector asks; None for one that means nothing; raises SelectorError."""
    selector, *others = parse(text)
    if others:
        raise SelectorError("A bracket is not closed.")
    compounds: list[Compound | None] = []
    combinators: list[str] = []
    tree = selector.parsed_tree
    while isinstance(tree, CombinedSelector):
        compounds.append(_compound(tree.subselector, fold))
        combinators.append(tree.combinator)
        tree = tree.selector
    compounds.append(_compound(tree, fold))
    possible = tuple(compound for compound in reversed(compounds) if compound is not None)
    if selector.pseudo_element or len(possible) < len(compounds):
        return None
    return Combined(possible, tuple(reversed(combinators)), selector.specificity())


def _compound(tree: Tree, fold: bool) -> Compound | None:
    """Return what is asked of one element; None for what no element is; raises SelectorError."""
    names: set[Name] = set()
    asks_more = False
    is_of_place = False
    part: Tree | None = tree
    while part is not None:
        if isinstance(part, Class):
            names.add((".", folded(part.class_name, fold)))
        elif isinstance(part, Hash):
            names.add(("#", folded(part.id, fold)))
        elif isinstance(part, Element):
            if part.namespace not in _NAMESPACES:
                return None
            if part.element:
                names.add(("", part.element.lower()))
        elif isinstance(part, Pseudo) and part.ident in _NEVER:
            return None
        else:
            asks_more = True
            is_of_place = is_of_place or not isinstance(part, Attrib)
        part = getattr(part, "selector", None)
    if not asks_more:
        return Compound(frozenset(names))
    path = _Translator(fold).selector_to_xpath(Selector(tree), prefix="self::")
    return Compound(frozenset(names), _compiled(path), is_of_place)


@lru_cache(maxsize=1 << 12)
def _compiled(path: str) -> etree.XPath:
    """Return a path to be followed; raises SelectorError where it holds what no page can hold."""
    try:
        return etree.XPath(path)
    except (ValueError, etree.XPathSyntaxError) as error:
        raise SelectorError(str(error)) from error


class _Translator(HTMLTranslator):
    """Translates selectors, but for what no browser knows and what may look at all of a page each time."""

    xpath_scope_pseudo = HTMLTranslator.xpath_root_pseudo

    def __init__(self, fold: bool) -> None:
        super().__init__()
        self._fold = fold

    def xpath_class(self, class_selector: Class) -> XPathExpr:
        name = folded(class_selector.class_name, self._fold)
        return self.xpath_attrib_includes(self.xpath(class_selector.selector), self._folded("@class"), name)

    def xpath_hash(self, id_selector: Hash) -> XPathExpr:
        name = folded(id_selector.id, self._fold)
        return self.xpath_attrib_equals(self.xpath(id_selector.selector), self._folded("@id"), name)

    def _folded(self, attribute: str) -> str:
        return f"translate({attribute}, '{_CAPITALS}', '{_CAPITALS.lower()}')" if self._fold else attribute

    def xpath_relation(self, relation: Relation) -> XPathExpr:
        raise ExpressionError("The conditions of :has() are not looked at.")

    def xpath_negation(self, negation: Negation) -> XPathExpr:
        if isinstance(negation.subselector, CombinedSelector):
            raise ExpressionError("What is around an element is not looked at in :not().")
        return super().xpath_negation(negation)

    def xpath_contains_function(self, xpath: XPathExpr, function: Function) -> XPathExpr:
        raise ExpressionError("Browsers do not know :contains().")

    def xpath_attrib(self, selector: Attrib) -> XPathExpr:
        if selector.operator == "!=" or selector.namespace not in _NAMESPACES:
            raise ExpressionError("Browsers do not know !=, and pages of HTML no prefixes.")
        return super().xpath_attrib(selector)
