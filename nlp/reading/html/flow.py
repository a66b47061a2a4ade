"""The lines of an HTML element: one for each block of text, one of tabbed cells for each table row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from nlp.reading.html.cells import is_of_cells
from nlp.reading.html.fields import FIELDS, value
from nlp.reading.html.looks import APART, BLOCKS, UNSEEN, is_hidden, is_left_out
from nlp.reading.spans import Block, MarkupCell, flat, in_one_line, tabbed
from nlp.text.cells import NUMBER_BELOW

Element = etree._Element

_AS_TYPED = "pre"
_LINE_END = re.compile(r"\r\n?|\n")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line break of the markup between two Chinese characters, where no space belongs."""
_NUMBER = re.compile(r"\d{1,6}")
_APART = re.compile(rf"\s*{NUMBER_BELOW}\s*")


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
        if NUMBER_BELOW in text:
            text = _APART.sub(NUMBER_BELOW, text)
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
            if with_fields and name in FIELDS and not is_hidden(node):
                parts.append(value(node))
                walk.skip_subtree()
                continue
            if name in UNSEEN or is_hidden(node):
                walk.skip_subtree()
                continue
            if name in BLOCKS or name == "br":
                end_line()
            elif name == APART:
                parts.append(NUMBER_BELOW)
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


def markup_rows(table: Element) -> Iterator[list[MarkupCell]]:
    """Yield the cells of each row of a table with their spans, in the order in which a browser shows them.

    A caption is a row of one cell; the rows of the footer come last; hidden rows and cells are left out, but
    for cells that are blank and keep their place.
    """
    for caption in table.iterchildren("caption"):
        yield [MarkupCell("".join(map(str, caption.itertext())))]
    rows = [row for row in table.iterdescendants("tr") if _table_of(row) is table]
    is_in_footer = [next(row.iterancestors("tfoot"), None) is not None for row in rows]
    body = [row for row, in_footer in zip(rows, is_in_footer, strict=True) if not in_footer]
    footer = [row for row, in_footer in zip(rows, is_in_footer, strict=True) if in_footer]
    for row in [*body, *footer]:
        if not is_hidden(row):
            yield list(_cells_of(row))


def _cells_of(row: Element) -> Iterator[MarkupCell]:
    for cell in row.iterchildren("td", "th"):
        if not is_hidden(cell):
            text = in_one_line("\n".join(flat(blocks(cell, with_fields=True))))
        elif is_left_out(cell):
            continue
        else:
            text = ""
        yield MarkupCell(text, _span(cell, "rowspan"), _span(cell, "colspan"))


def _table_of(row: Element) -> Element | None:
    """Return the innermost table that a row belongs to."""
    return next(row.iterancestors("table"), None)


def _span(cell: Element, attribute: str) -> int:
    """Return the number of an attribute, at least 1; 1 where it is missing or no number."""
    number = _NUMBER.search(cell.get(attribute) or "")
    return max(1, int(number.group())) if number else 1
