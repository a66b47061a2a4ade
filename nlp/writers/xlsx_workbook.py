"""Makes the workbook around the rows with xlsxwriter: sheets, headers, styles, filters, print settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple, Protocol
from zipfile import ZipFile

import xlsxwriter

from nlp.writers.tables import Column, Headers, Table

MOST_ROWS = 1_048_576
"""How many rows, the header included, a sheet of Excel has."""
SHARED = "xl/sharedStrings.xml"
"""The file in a workbook that holds the shared texts."""
SHEET = "xl/worksheets/sheet{}.xml"
"""The file in a workbook that holds a sheet, by the number of the sheet from 1."""
_WIDTH_OF_TYPE = {"integer": 10, "number": 10, "boolean": 10, "text": 24}
_WIDTH_OF_COLUMN = {
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
_FORM_CELL_WIDTH = 16
_MOST_ON_ONE_PAGE = 20
"""Tables of at most so many columns are printed one page wide."""


class Sheet(Protocol):
    """A sheet: its name, its table, the number of its last row."""

    name: str
    table: Table
    last: int


class Frame(NamedTuple):
    """Facts that rows need of their workbook: the number of its style for text, how many texts it shares."""

    text_style: int
    shared_texts: int


def frame(sheets: Sequence[Sheet], headers: Headers) -> Frame:
    """Return the facts that rows need of the workbook that `workbook` makes of these sheets."""
    with ZipFile(BytesIO(workbook(sheets, headers))) as made:
        sheets_xml = b"".join(made.read(SHEET.format(n)) for n in range(1, len(sheets) + 1))
        style = re.search(rb'<col [^>]*style="(\d+)"', sheets_xml)
        shared = re.search(rb'uniqueCount="(\d+)"', made.read(SHARED))
    assert style, "every table has a column of texts"
    assert shared, "every table has headers"
    return Frame(int(style[1]), int(shared[1]))


def workbook(sheets: Sequence[Sheet], headers: Headers) -> bytes:
    """Return a workbook with everything but the rows."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1}
        )
        for sheet in sheets:
            worksheet = book.add_worksheet(sheet.name)
            for n, column in enumerate(sheet.table.columns):
                style = text if column.type == "text" or column.is_list else None
                worksheet.set_column(n, n, _width(sheet.table, column), style)
                worksheet.write_string(0, n, column.header(headers), head)
            _set_up(worksheet, sheet)
    return content.getvalue()


def _set_up(worksheet: Any, sheet: Sheet) -> None:
    """Keep headers in sight, give them filters, and prepare the sheet for printing."""
    columns = len(sheet.table.columns)
    frozen_columns = _frozen_columns(sheet.table)
    worksheet.set_row(0, 32 if columns <= _MOST_ON_ONE_PAGE else 128)
    worksheet.freeze_panes(1, frozen_columns)
    worksheet.autofilter(0, 0, sheet.last - 1, columns - 1)
    worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.repeat_rows(0)
    worksheet.repeat_columns(0, frozen_columns - 1)
    worksheet.print_area(0, 0, sheet.last - 1, columns - 1)
    if columns <= _MOST_ON_ONE_PAGE:
        worksheet.fit_to_pages(1, 0)


def _width(table: Table, column: Column) -> int:
    if column.cell:
        return _FORM_CELL_WIDTH
    return _WIDTH_OF_COLUMN.get(
        f"{table.id}.{column.id}", _WIDTH_OF_TYPE.get(column.type, _WIDTH_OF_TYPE["text"])
    )


def _frozen_columns(table: Table) -> int:
    """Return how many columns stay in sight: those up to the year, or the first one."""
    ids = [column.id for column in table.columns]
    return ids.index("year") + 1 if "year" in ids else 1
