"""The lines of an HTML element: one for each block of text, one of tabbed cells for each table row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from nlp.reading.html.fields import FIELDS, value
from nlp.reading.spans import Block, MarkupCell, flat, in_one_line, tabbed

Element = etree._Element

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody "
        "td tfoot th thead title tr ul",
    )
)
"""The elements that begin and end a line."""
_AS_TYPED = "pre"
_LINE_END = re.compile(r"\r\n?|\n")
_UNSEEN = frozenset(
    re.findall(r"\w+", "script style noscript template head select textarea button svg iframe object")
)
"""The elements whose text is not shown, or belongs to controls."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TINY = re.compile(r"font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
"""Hides the text of an element; elements within it may have a size of their own."""
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line break of the markup between two Chinese characters, where no space belongs."""
_LONGEST_CELL = 400
"""In characters: a table with a longer cell is there for the layout of the page."""
_NUMBER = re.compile(r"\d{1,6}")


def blocks(element: Element, with_fields: bool = False) -> list[Block]:
    """Return the lines of an element as a browser shows them, without blank ones, and its tables of cells.

    A table that only lays out the page is read like any other block; the white space of text that is set as
    typed (`pre`) is kept. `with_fields` says whether form fields are read as the text that is filled in.
    """
    shown: list[Block] = []
    parts: list[str] = []
    as_typed = 0

    def end_line() -> None:
        text = "".join(parts)
        parts.clear()
        line = text.rstrip() if as_typed else _WHITE.sub(" ", _WRAP.sub("", text)).strip()
        if line:
            shown.append(line)

    def add(text: str) -> None:
        if not as_typed:
            parts.append(text)
            return
        first, *others = _LINE_END.split(text)
        parts.append(first)
        for line in others:
            end_line()
            parts.append(line)

    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        name = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if with_fields and name in FIELDS and not _hidden(node):
                parts.append(value(node))
                walk.skip_subtree()
                continue
            if name in _UNSEEN or _hidden(node):
                walk.skip_subtree()
                continue
            if name in BLOCKS or name == "br":
                end_line()
            as_typed += name == _AS_TYPED
            if name == "table" and is_of_cells(node):
                shown.append(tabbed(markup_rows(node)))
                walk.skip_subtree()
            elif node.text:
                add(node.text)
        else:
            if name in BLOCKS:
                end_line()
            as_typed = max(0, as_typed - (name == _AS_TYPED))
            if node.tail and node is not element:
                add(node.tail)
    end_line()
    return shown


def _hidden(node: Element) -> bool:
    """Return whether an element's own attributes hide it, and all that is in it."""
    style = node.get("style") or ""
    is_tiny = len(node) == 0 and _TINY.search(style) is not None
    return node.get("hidden") is not None or _HIDDEN.search(style) is not None or is_tiny


def is_of_cells(table: Element) -> bool:
    """Return whether a table holds cells; one that lays out a page holds other tables, or long text."""
    cells = 0
    for node in table.iterdescendants("table", "td", "th"):
        if node.tag == "table":
            if _has_several_cells(node):
                return False
        else:
            cells += 1
            if _is_long(node):
                return False
    return cells > 1


def _has_several_cells(table: Element) -> bool:
    first_two = list(islice(table.iterdescendants("td", "th"), 2))
    return len(first_two) == 2


def _is_long(cell: Element) -> bool:
    """Return whether a cell holds more text than a cell of data; reads no further than needed for that."""
    length = 0
    for text in cell.itertext():
        if text.strip():
            length += len(text)
        if length > _LONGEST_CELL:
            return True
    return False


def markup_rows(table: Element) -> Iterator[list[MarkupCell]]:
    """Yield the cells of each row of a table with their spans, in the order in which a browser shows them.

    A caption is a row of one cell; the rows of the footer come last; hidden rows and cells are left out.
    """
    for caption in table.iterchildren("caption"):
        yield [MarkupCell("".join(map(str, caption.itertext())))]
    rows = [row for row in table.iterdescendants("tr") if _table_of(row) is table]
    is_in_footer = [next(row.iterancestors("tfoot"), None) is not None for row in rows]
    body = [row for row, in_footer in zip(rows, is_in_footer, strict=True) if not in_footer]
    footer = [row for row, in_footer in zip(rows, is_in_footer, strict=True) if in_footer]
    for row in [*body, *footer]:
        if not _hidden(row):
            yield [_markup_cell(cell) for cell in row.iterchildren("td", "th") if not _hidden(cell)]


def _table_of(row: Element) -> Element | None:
    """Return the innermost table that a row belongs to."""
    return next(row.iterancestors("table"), None)


def _markup_cell(cell: Element) -> MarkupCell:
    text = in_one_line("\n".join(flat(blocks(cell, with_fields=True))))
    return MarkupCell(text, _span(cell, "rowspan"), _span(cell, "colspan"))


def _span(cell: Element, attribute: str) -> int:
    """Return the number of an attribute, at least 1; 1 where it is missing or no number."""
    number = _NUMBER.search(cell.get(attribute) or "")
    return max(1, int(number.group())) if number else 1
