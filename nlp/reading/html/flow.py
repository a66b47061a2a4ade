"""The text of an element of a page: a line for each block, a row of cells for each row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from nlp.reading.spans import Box, in_one_line, written

Element = etree._Element

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody "
        "td tfoot th thead title tr ul",
    )
)
_UNSEEN = frozenset(
    re.findall(r"\w+", "script style noscript template head select textarea button svg iframe object")
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
"""Where the source of a page breaks its line between two Chinese characters."""
_PROSE = 400
"""A cell of more text than this makes a table one of the page's layout."""
_NUMBER = re.compile(r"\d{1,6}")


def lines(element: Element) -> list[str]:
    """Return the lines of an element as a browser would show them, blank ones left out."""
    found: list[str] = []
    parts: list[str] = []

    def end() -> None:
        line = _WHITE.sub(" ", _WRAP.sub("", "".join(parts))).strip()
        parts.clear()
        if line:
            found.append(line)

    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and (name in _UNSEEN or _hidden(node)):
            walk.skip_subtree()
        elif event == "start":
            if name in BLOCKS or name == "br":
                end()
            if name == "table" and is_of_cells(node):
                found.extend(written(_rows(node)))
                walk.skip_subtree()
            elif node.text:
                parts.append(node.text)
        if event != "start":
            if name in BLOCKS:
                end()
            if node.tail and node is not element:
                parts.append(node.tail)
    end()
    return found


def _hidden(node: Element) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def is_of_cells(table: Element) -> bool:
    """Tell whether a table holds cells; those that lay out a page hold other tables, or prose."""
    cells = 0
    for node in table.iterdescendants("table", "td", "th"):
        if node.tag == "table":
            if len(list(_first(node.iterdescendants("td", "th"), 2))) > 1:
                return False
        else:
            cells += 1
            if _long(node):
                return False
    return cells > 1


def _first(nodes: Iterator[Element], count: int) -> Iterator[Element]:
    for _, node in zip(range(count), nodes, strict=False):
        yield node


def _long(cell: Element) -> bool:
    """Tell whether a cell holds more than a cell does, without reading all of it."""
    length = 0
    for text in cell.itertext():
        length += len(text) if text.strip() else 0
        if length > _PROSE:
            return True
    return False


def _rows(table: Element) -> Iterator[list[Box]]:
    """Yield the cells of each row; rows of a footer come where a browser shows them, last."""
    rows = [row for row in table.iterdescendants("tr") if _owner(row) is table]
    last = [row for row in rows if next(row.iterancestors("tfoot"), None) is not None]
    for caption in table.iterchildren("caption"):
        yield [Box("".join(map(str, caption.itertext())))]
    for row in [*(row for row in rows if row not in last), *last] if last else rows:
        if not _hidden(row):
            yield [_box(cell) for cell in row.iterchildren("td", "th") if not _hidden(cell)]


def _owner(row: Element) -> Element | None:
    return next(row.iterancestors("table"), None)


def _box(cell: Element) -> Box:
    return Box(in_one_line("\n".join(lines(cell))), _span(cell, "rowspan"), _span(cell, "colspan"))


def _span(cell: Element, name: str) -> int:
    found = _NUMBER.search(cell.get(name) or "")
    return max(1, int(found.group())) if found else 1
