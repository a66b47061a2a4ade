"""Makes blocks of the elements that their styles set on lines or in cells of their own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from nlp.reading.html.cells import CELLS
from nlp.reading.html.looks import look
from nlp.reading.html.styles import Style, Styles, declarations

Element = etree._Element

_WITHIN_LINES = frozenset(("span", "label", "b", "strong", "font", "em"))
"""Elements that are no blocks by themselves, and say nothing else by their names."""
_PARAGRAPHS = ("p", *CELLS)
"""What holds the parts of one text, however it is laid out."""


def make_blocks(page: Element, styles: Styles) -> None:
    """Call the elements `div` that are set as blocks, as cells, or side by side in a row or grid.

    >>> page = etree.HTML("<div style='display:flex'><span>规章</span><span>3</span></div>")
    >>> make_blocks(page, Styles(page))
    >>> [node.tag for node in page.iter("span", "div")]
    ['div', 'div', 'div']
    """
    for node in list(_displayed(page, styles)):
        style = styles.of(node)
        if look("block").told_by(style) and node.tag in _WITHIN_LINES:
            node.tag = "div"
        if look("row").told_by(style) and node.tag not in _PARAGRAPHS:
            for child in node.iterchildren(*_WITHIN_LINES):
                child.tag = "div"


def _displayed(page: Element, styles: Styles) -> Iterator[Element]:
    """Yield the elements that are displayed in another way than their names say."""
    yield from styles.declaring(_is_displayed)
    for node in page.iter(etree.Element):
        if "display" in declarations(node.get("style") or ""):
            yield node


def _is_displayed(style: Style) -> bool:
    return bool(look("block").told_by(style) or look("row").told_by(style))
