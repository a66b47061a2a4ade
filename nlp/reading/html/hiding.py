"""Hides what the own sheets of a page do not display."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from nlp.reading.html.body import names_report
from nlp.reading.html.cells import CELLS
from nlp.reading.html.looks import is_hidden, look
from nlp.reading.html.styles import Style, Styles

Element = etree._Element

_LONGEST_SMALL_PART = 100
"""In characters: a longer part of a page may be the report, or a chapter of it."""
_NOT_SHOWN = ("script", "style", "title")
_WHITE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")


def hide_undisplayed(page: Element, styles: Styles) -> None:
    """Mark the elements as hidden that the sheets of a page do not display.

    Pages open folded, and show the report when it is asked for: of larger parts those alone are marked that
    say mostly what the page says elsewhere, such as the table of another year. A cell of a table that is
    blank, and not left out, is marked by a style of its own (see `is_left_out`).
    """
    undisplayed = {node for node in styles.declaring(_may_hide) if look("hidden").hides(node, styles)}
    outermost = [node for node in undisplayed if undisplayed.isdisjoint(node.iterancestors())]
    large = [node for node in outermost if not _is_small_part(node)]
    shown = set(_texts(page, outermost)) if large else set()
    for node in outermost:
        if node not in large or _is_mostly_in(set(_texts(node, [])), shown):
            _hide(node, styles)


def _may_hide(style: Style) -> bool:
    return bool(look("hidden").told_by(style))


def _is_small_part(node: Element) -> bool:
    """Return whether an element holds little text, no table and nothing that only a report says."""
    if node.tag == "table" or next(node.iterdescendants("table"), None) is not None:
        return False
    text = "".join(_texts(node, [], without_digits=False))
    return len(text) <= _LONGEST_SMALL_PART and not names_report(text)


def _is_mostly_in(texts: set[str], shown: set[str]) -> bool:
    return 2 * len(texts & shown) > len(texts)


def _hide(node: Element, styles: Styles) -> None:
    if node.tag in CELLS and look("hidden").told_by(styles.of(node)) == ["visibility"]:
        node.set("style", "visibility:hidden")
    else:
        node.set("hidden", "")


def _texts(element: Element, left_out: list[Element], without_digits: bool = True) -> Iterator[str]:
    """Yield the pieces of text of an element that are not in some elements within it, without white space."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            text = "" if node is element else node.tail
        elif node in left_out or is_hidden(node) or node.tag in _NOT_SHOWN:
            walk.skip_subtree()
            continue
        else:
            text = node.text
        text = _WHITE.sub("", text or "")
        if text and not (without_digits and _DIGIT.search(text)):
            yield text
