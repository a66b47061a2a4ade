"""Tells the cells of data of a page from those that lay it out."""

from __future__ import annotations

from itertools import islice

from lxml import etree

Element = etree._Element

CELLS = ("td", "th")
_LONGEST_CELL = 400
"""In characters: a table with a longer cell is there for the layout of the page."""


def is_of_data(cell: Element) -> bool:
    """Return whether a cell holds no table, and no more text than a cell of data.

    >>> is_of_data(etree.XML("<td>5<sup>1</sup></td>")), is_of_data(etree.XML("<td><table/></td>"))
    (True, False)
    """
    return next(cell.iterdescendants("table", *CELLS), None) is None and not is_long(cell)


def is_of_cells(table: Element) -> bool:
    """Return whether a table holds cells; one that lays out a page holds other tables, or long text."""
    cells = 0
    for node in table.iterdescendants("table", *CELLS):
        if node.tag == "table":
            if _has_several_cells(node):
                return False
        else:
            cells += 1
            if is_long(node):
                return False
    return cells > 1


def _has_several_cells(table: Element) -> bool:
    first_two = list(islice(table.iterdescendants(*CELLS), 2))
    return len(first_two) == 2


def is_long(cell: Element) -> bool:
    """Return whether a cell holds more text than a cell of data; reads no further than needed for that."""
    length = 0
    for text in cell.itertext():
        if text.strip():
            length += len(text)
        if length > _LONGEST_CELL:
            return True
    return False
