"""Tells how large the digits of a cell are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from nlp.reading.html.looks import markup
from nlp.reading.html.styles import Styles

Element = etree._Element

_LENGTH = re.compile(r"(?P<number>\d*\.?\d+)(?P<unit>[a-z]+|%)?")
_DIGIT = re.compile(r"\d")


def of_other_size(cell: Element, styles: Styles) -> list[Element]:
    """Return the elements within a cell whose digits are much smaller than other digits of the cell.

    Those that are much larger, where the small digits stand in the cell itself. None where all are alike.

    >>> cell = etree.HTML("<td>3<b style='font-size:6pt'>1</b></td>").find(".//td")
    >>> [node.tag for node in of_other_size(cell, Styles(cell))]
    ['b']
    """
    if sum(_DIGIT.search(str(text)) is not None for text in cell.itertext()) < 2:
        return []
    sized = [node for node in cell.iterdescendants(etree.Element) if "font-size" in styles.of(node)]
    if not sized:
        return []
    sizes = {node: _size(node, styles) for node in (cell, *sized)}
    printed = {node for node in (cell, *sized) if _has_digits(node, sizes)}
    if not printed:
        return []
    limit = markup("sizes")["smaller"] * max(sizes[node] for node in printed)
    small = [node for node in sized if node in printed and sizes[node] < limit]
    if cell in printed and sizes[cell] < limit:
        return [node for node in sized if node in printed and sizes[node] >= limit]
    return small


def _has_digits(node: Element, sizes: Mapping[Element, float]) -> bool:
    """Return whether an element has digits that are none of another one with a size of its own."""
    return any(_DIGIT.search(text) for text in _texts(node, sizes))


def _texts(node: Element, sizes: Mapping[Element, float]) -> Iterator[str]:
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, inner in walk:
        if event == "start":
            if inner is not node and inner in sizes:
                walk.skip_subtree()
            else:
                yield inner.text or ""
        elif inner is not node:
            yield inner.tail or ""


def _size(node: Element, styles: Styles) -> float:
    """Return the size of the print of an element in pixels; the usual one where nothing tells it."""
    sizes: dict[str, Any] = markup("sizes")
    scale = 1.0
    for around in (node, *node.iterancestors()):
        size = styles.of(around).get("font-size", "")
        if size in sizes["names"]:
            return scale * float(sizes["names"][size])
        length = _LENGTH.fullmatch(size)
        if length and length["unit"] in sizes["units"]:
            return scale * float(length["number"]) * float(sizes["units"][length["unit"]])
        if length and length["unit"] in sizes["parts"]:
            scale *= float(length["number"]) * float(sizes["parts"][length["unit"]])
        scale *= float(sizes["relative"].get(size, 1))
    return scale * float(sizes["usual"])
