"""Makes the workbook around the rows with xlsxwriter: sheets, headers, styles, filters, print settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple, Protocol
from zipfile import ZipFile

import xlsxwriter

from nlp.reading.xlsx.in_folders import WRITER
from nlp.writers.tables import Column, Headers, Table
from nlp.writers.xlsx_looks import is_hidden, is_link, is_wrapped, width

MOST_ROWS = 1_048_576
"""How many rows, the header included, a sheet of Excel has."""
SHARED = "xl/sharedStrings.xml"
"""The file in a workbook that holds the shared texts."""
SHEET = "xl/worksheets/sheet{}.xml"
"""The file in a workbook that holds a sheet, by the number of the sheet from 1."""
_TEXT = {"num_format": "@", "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "wrapped": {**_TEXT, "text_wrap": True},
    "number": {"valign": "top"},
    "link": {**_TEXT, "text_wrap": True, "font_color": "#0563C1", "underline": 1},
}
"""The formats of columns."""
_MOST_ON_ONE_PAGE = 20
"""Tables of at most so many columns are printed one page wide."""


class Sheet(Protocol):
    """A sheet: its name, its table, the number of its last row."""

    name: str
    table: Table
    last: int


class Frame(NamedTuple):
    """Facts that rows need of their workbook.

    `text_style` is the number of its style for text, `shared_texts` counts the texts that it shares,
    `other_styles` are those of columns with a style of their own, by table and place from 0.
    """

    text_style: int
    shared_texts: int
    other_styles: Mapping[str, Mapping[int, int]] = {}


def frame(sheets: Sequence[Sheet], headers: Headers) -> Frame:
    """Return the facts that rows need of the workbook that `workbook` makes of these sheets."""
    with ZipFile(BytesIO(workbook(sheets, headers))) as made:
        styles = {
            sheet.table.id: _column_styles(made.read(SHEET.format(n))) for n, sheet in enumerate(sheets, 1)
        }
        shared = re.search(rb'uniqueCount="(\d+)"', made.read(SHARED))
    assert shared, "every table has headers"
    text_style = _text_style(sheets, styles)
    others = {
        id: {n: style for n, style in of_table.items() if style != text_style}
        for id, of_table in styles.items()
    }
    return Frame(text_style, int(shared[1]), others)


def _column_styles(sheet: bytes) -> dict[int, int]:
    """Return the number of the style of each column of a sheet that has one, by its place from 0."""
    styles: dict[int, int] = {}
    for first, last, style in re.findall(rb'<col min="(\d+)" max="(\d+)" [^>]*style="(\d+)"', sheet):
        styles.update(dict.fromkeys(range(int(first) - 1, int(last)), int(style)))
    return styles


def _text_style(sheets: Sequence[Sheet], styles: Mapping[str, Mapping[int, int]]) -> int:
    """Return the number of the style of texts that neither wrap nor lead anywhere."""
    for sheet in sheets:
        for n, column in enumerate(sheet.table.columns):
            if _looks(sheet.table, column) == "text":
                return styles[sheet.table.id][n]
    raise AssertionError("every table has a column of plain texts")


def workbook(sheets: Sequence[Sheet], headers: Headers) -> bytes:
    """Return a workbook with everything but the rows."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"author": WRITER})
        formats = {look: book.add_format(properties) for look, properties in _LOOKS.items()}
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1}
        )
        for sheet in sheets:
            worksheet = book.add_worksheet(sheet.name)
            for n, column in enumerate(sheet.table.columns):
                style = formats.get(_looks(sheet.table, column))
                hidden = {"hidden": is_hidden(sheet.table, column, headers)}
                worksheet.set_column(n, n, width(sheet.table, column), style, hidden)
                worksheet.write_string(0, n, column.header(headers), head)
            _set_up(worksheet, sheet)
    return content.getvalue()


def _looks(table: Table, column: Column) -> str:
    """Return which of the looks a column has; "" for numbers in a table whose rows are all one line high."""
    if column.type != "text" and not column.is_list:
        return "number" if any(is_wrapped(table, other) for other in table.columns) else ""
    if is_link(table, column):
        return "link"
    return "wrapped" if is_wrapped(table, column) else "text"


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


def _frozen_columns(table: Table) -> int:
    """Return how many columns stay in sight: those up to the year, or the first one."""
    ids = [column.id for column in table.columns]
    return ids.index("year") + 1 if "year" in ids else 1
