"""Finds the elements of a page that selectors mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import methodcaller

from lxml import etree

from nlp.reading.html.selectors import Combined, Compound, Name, folded

Element = etree._Element
Elements = Sequence[Element]
"""Elements of a page, in its order."""

MOST_LOOKED_AT = 5_000_000
"""So many elements of a page are looked at for all its selectors, each as often as it is asked for."""
_COUNTED = 40
"""So many siblings are counted in the time in which one element is looked at otherwise."""


class PageElements:
    """The elements of a page by their names; `fold`: classes and ids in capitals are the same as others.

    >>> from nlp.reading.html.selectors import read
    >>> elements = PageElements(etree.HTML("<div id=zoom><p><i class='a b'>5</i></p></div>"), fold=False)
    >>> [len(elements.meant(read(text, False))) for text in ("#zoom i.b", "p>i", "div>i", "i:not(.a)")]
    [1, 1, 0, 0]
    """

    def __init__(self, page: Element, fold: bool) -> None:
        self._named: dict[Name, list[Element]] = {}
        self._all: list[Element] = []
        self._widest = 0
        for node in page.iter(etree.Element):
            self._all.append(node)
            for name in _names_of(node, fold):
                self._named.setdefault(name, []).append(node)
            self._widest = max(self._widest, len(node))
        self._meant: dict[Compound, Elements] = {}
        self._left = MOST_LOOKED_AT

    def has(self, names: Iterable[Name]) -> bool:
        """Return whether the page has all of some names."""
        return all(name in self._named for name in names)

    def meant(self, selector: Combined) -> Elements | None:
        """Return the elements that a selector means; None where that takes too long to tell."""
        if self._left < 0:
            return None
        nodes = self._meant_by(selector.compounds[0])
        for combinator, compound in zip(selector.combinators, selector.compounds[1:], strict=True):
            if not nodes or self._left < 0:
                break
            related = _RELATED[combinator](nodes)
            nodes = [node for node in self._meant_by(compound) if node in related]
            self._left -= len(related)
        self._left -= 1 + len(nodes)
        return nodes if self._left >= 0 else None

    def possible(self, selector: Combined) -> Elements:
        """Return the elements that have the names of those that a selector means."""
        return self._with(selector.compounds[-1].names)

    def _meant_by(self, compound: Compound) -> Elements:
        meant = self._meant.get(compound)
        if meant is None:
            meant = self._meant[compound] = self._found(compound)
        self._left -= len(meant)
        return meant

    def _found(self, compound: Compound) -> Elements:
        named = self._with(compound.names)
        if compound.path is None:
            return named
        self._left -= len(named)
        if compound.is_of_place:
            self._left -= len(named) * self._widest // _COUNTED
        if self._left < 0:
            return []
        return [node for node in named if compound.path(node)]

    def _with(self, names: Iterable[Name]) -> Elements:
        """Return the elements that have all of some names."""
        first, *others = sorted((self._named.get(name, []) for name in names), key=len) or [self._all]
        for nodes in others:
            having = set(nodes)
            first = [node for node in first if node in having]
        return first


def _names_of(node: Element, fold: bool) -> set[Name]:
    names = {("", str(node.tag))}
    classes, name = node.get("class"), node.get("id")
    if classes:
        names.update((".", class_) for class_ in folded(classes, fold).split())
    if name:
        names.add(("#", folded(name, fold)))
    return names


def _reached(nodes: Elements, step: Callable[[Element], Iterable[Element]]) -> set[Element]:
    """Return what a step leads to from some elements, not taken from those that it has led to already."""
    reached: set[Element] = set()
    for node in nodes:
        if node not in reached:
            reached.update(step(node))
    return reached


def _children(nodes: Elements) -> set[Element]:
    return {child for node in nodes for child in node}


def _next(nodes: Elements) -> set[Element]:
    followers = (node.getnext() for node in nodes)
    return {node for node in followers if node is not None}


_RELATED: dict[str, Callable[[Elements], set[Element]]] = {
    " ": partial(_reached, step=methodcaller("iterdescendants")),
    ">": _children,
    "~": partial(_reached, step=methodcaller("itersiblings")),
    "+": _next,
}
"""The elements that stand to any of some others as a combinator says."""
