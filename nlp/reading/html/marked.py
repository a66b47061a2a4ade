"""Leaves raised, lowered and struck-out digits out of the number cells of a page."""

from __future__ import annotations

import re

from lxml import etree

from nlp.reading.html.fields import FIELDS, value
from nlp.reading.marked_digits import are_left_out

Element = etree._Element

_STRUCK = frozenset(("del", "s", "strike"))
_RAISED = frozenset(("sup", "sub"))
_STRUCK_STYLE = re.compile(r"text-decoration[-\w]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.IGNORECASE)
_STYLES = re.compile(r"line-through|vertical-align\s*:\s*su[bp]")
"""What the markup of a page holds, in lower case, where its styles mark anything."""


def leave_marked_digits_out(page: Element, markup: str) -> None:
    """Empty the raised, lowered and struck-out elements of a page's cells that stand beside a number.

    The tree of the page, whose markup is given as well, is changed in place. In prose and beside words such
    elements stay.
    """
    has_styles = _STYLES.search(markup.lower()) is not None
    candidates = page.iter() if has_styles else page.iter(*_RAISED, *_STRUCK)
    marked_in: dict[Element, list[Element]] = {}
    for node in candidates:
        if isinstance(node.tag, str) and (_is_struck(node) or _is_raised(node)):
            cell = next(node.iterancestors("td", "th"), None)
            if cell is not None:
                marked_in.setdefault(cell, []).append(node)
    for cell, marked in marked_in.items():
        texts = [str(text) for node in marked for text in node.itertext()]
        is_struck = all(map(_is_struck, marked))
        if are_left_out("".join(texts), _text_without(cell, set(marked)), struck=is_struck):
            for node in marked:
                node.text = None
                del node[:]


def _is_struck(node: Element) -> bool:
    return node.tag in _STRUCK or _STRUCK_STYLE.search(node.get("style") or "") is not None


def _is_raised(node: Element) -> bool:
    return node.tag in _RAISED or _RAISED_STYLE.search(node.get("style") or "") is not None


def _text_without(cell: Element, left_out: set[Element]) -> str:
    """Return the text of a cell, form fields included, without that of some elements in it."""
    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            if node is not cell:
                parts.append(node.tail or "")
        elif node in left_out:
            walk.skip_subtree()
        elif node.tag in FIELDS:
            parts.append(value(node))
            walk.skip_subtree()
        else:
            parts.append(node.text or "")
    return "".join(parts)
