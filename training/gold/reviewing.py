"""Fills the sheet of a workbook that lists what a person should look at, with links into the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import UNSET, ValidationError, convert
from openpyxl.styles import Alignment, Font
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nlp.auditing.reasons import reason
from nlp.form.form import Form
from nlp.form.names import cell_name
from nlp.record.model import Review
from nlp.writers.xlsx_looks import height
from training.gold.words import REPEATED, REVIEW_HEADS, writable
from training.scoring.gold import Record, StatedCell

_WIDTHS = (70, 40, 8, 8, 36)
_CELLS_OF_A_REASON = 60
"""How many cells of one reason are listed one by one."""
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_LINK = Font(color="0563C1", underline="single")

Places = Mapping[str, tuple[str, str]]
"""The sheet and the address of each cell of the form, by its id."""


class _Line(NamedTuple):
    """A row of the sheet: why a person should look, at which cell, and where it is printed."""

    message: str
    cell: str
    cell_id: str | None
    page: int | None
    line: int | None


def fill(sheet: Worksheet, record: Record, form: Form | None, places: Places) -> None:
    """List the reasons of a record's review, a row for each of their cells."""
    for column, (name, width) in enumerate(zip(REVIEW_HEADS, _WIDTHS, strict=True), 1):
        sheet.cell(1, column, name).font = Font(bold=True)
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    path = "" if isinstance(record.source, str) else record.source.path
    for row, line in enumerate(_lines(record, form), 2):
        texts = (line.message, line.cell, line.page, line.line, path or record.name)
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            cell.value = writable(text) if isinstance(text, str) else text
            if isinstance(text, str):
                cell.data_type = "s"
            cell.alignment = _WRAPPED
        wrapped = [(line.message, _WIDTHS[0]), (line.cell, _WIDTHS[1]), (path, _WIDTHS[4])]
        sheet.row_dimensions[row].height = height(wrapped)
        if line.cell_id is not None and line.cell_id in places:
            _link(sheet, row, places[line.cell_id])


def _link(sheet: Worksheet, row: int, place: tuple[str, str]) -> None:
    """Make the name of a cell lead to it in the sheet of its table."""
    cell = sheet.cell(row, 2)
    name, address = place
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(name)}!{address}")
    cell.font, cell.alignment = _LINK, _WRAPPED


def _lines(record: Record, form: Form | None) -> Iterator[_Line]:
    for entry in record.review:
        review = _review(entry)
        if review is None:
            continue
        message = reason(form, review)
        if not review.cells:
            yield _Line(message, "", None, None, None)
        for id in review.cells[:_CELLS_OF_A_REASON]:
            cell = _cell(record, id)
            page, line = (None, None) if cell is None else (cell.page, cell.line)
            yield _Line(message, cell_name(form, id), id, page, line)
            message = REPEATED


def _review(entry: Any) -> Review | None:
    """Return a reason of a full record; None for what gold written by hand may have there."""
    try:
        return convert(entry, Review)
    except ValidationError:
        return None


def _cell(record: Record, id: str) -> StatedCell | None:
    """Return a cell as it was read; None where the record does not have it in full."""
    tables = {} if record.tables is UNSET else record.tables
    table, _, rest = id.partition(".")
    row, _, column = rest.partition(".")
    cell = tables.get(table, {}).get(row, {}).get(column)
    if not isinstance(cell, StatedCell):
        return None
    return cell if cell.read is None else cell.read
