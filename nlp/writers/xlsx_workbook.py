"""The workbook around the rows, made by xlsxwriter: sheets, headers, styles, filters, what is in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple, Protocol
from zipfile import ZipFile

import xlsxwriter

from nlp.writers.tables import Column, Headers, Table

MOST_ROWS = 1_048_576
"""So many rows, the header among them, a sheet of Excel has."""
SHARED, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet{}.xml"
_WIDTHS = {"integer": 10, "number": 10, "boolean": 10, "text": 24}
_WIDE = {
    "items.text": 80,
    "sections.text": 80,
    "reviews.message": 80,
    "dictionary.column_id": 66,
    "dictionary.header_zh": 60,
    "dictionary.cell": 60,
    "dictionary.description": 80,
    "dictionary.description_zh": 60,
    "cells.cell": 56,
    "checks.check_id": 44,
    "checks.rule": 60,
    "reports.path": 40,
}
_ON_ONE_PAGE = 20
"""Tables of so many columns are printed one page wide."""


class Page(Protocol):
    """A sheet: its name, its table, the number of its last row."""

    name: str
    table: Table
    last: int


class Frame(NamedTuple):
    """What rows have to know of their workbook: the number of the style for text, and of texts it shares."""

    text_style: int
    shared_texts: int


def frame(pages: Sequence[Page], headers: Headers) -> Frame:
    """Return what rows have to know of the workbook that `workbook` makes, whatever rows it gets."""
    with ZipFile(BytesIO(workbook(pages, headers))) as made:
        sheets = b"".join(made.read(SHEET.format(n)) for n, _ in enumerate(pages, 1))
        style = re.search(rb'<col [^>]*style="(\d+)"', sheets)
        shared = re.search(rb'uniqueCount="(\d+)"', made.read(SHARED))
    assert style, "every table has a column of texts"
    assert shared, "every table has headers"
    return Frame(int(style[1]), int(shared[1]))


def workbook(pages: Sequence[Page], headers: Headers) -> bytes:
    """Return a workbook with all but the rows."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1}
        )
        for one in pages:
            page = book.add_worksheet(one.name)
            for n, column in enumerate(one.table.columns):
                style = text if column.type == "text" or column.is_list else None
                page.set_column(n, n, _width(one.table, column), style)
                page.write_string(0, n, column.header(headers), head)
            _furnish(page, one)
    return content.getvalue()


def _furnish(page: Any, of: Page) -> None:
    """Keep headers in sight, give them filters, and make the sheet fit to be printed."""
    columns, in_place = len(of.table.columns), _columns_in_place(of.table)
    page.set_row(0, 32 if columns <= _ON_ONE_PAGE else 128)
    page.freeze_panes(1, in_place)
    page.autofilter(0, 0, of.last - 1, columns - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    page.repeat_columns(0, in_place - 1)
    page.print_area(0, 0, of.last - 1, columns - 1)
    if columns <= _ON_ONE_PAGE:
        page.fit_to_pages(1, 0)


def _width(table: Table, column: Column) -> int:
    if column.cell:
        return 16
    return _WIDE.get(f"{table.id}.{column.id}", _WIDTHS.get(column.type, _WIDTHS["text"]))


def _columns_in_place(table: Table) -> int:
    """Who and when stays in sight: up to the year, else the first column."""
    ids = [column.id for column in table.columns]
    return ids.index("year") + 1 if "year" in ids else 1
