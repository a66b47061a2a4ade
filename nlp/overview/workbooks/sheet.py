"""Writes rows on a sheet of a workbook, and notes which of its cells a person fills in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from xlsxwriter.utility import xl_rowcol_to_cell

from nlp.overview.workbooks.looks import FORMATS, width
from nlp.writers.xlsx_looks import height

Shown = str | int | float | None
_LONGEST = 32_000
"""The most characters of a cell; Excel allows 32,767."""


class TableCell(Struct, array_like=True):
    """A cell of a report's table: its address and id, what was read, what is shown.

    `state` is None where a person decided the cell since it was read.
    """

    address: str
    id: str
    state: str | None
    value: float | int | None
    shown: Shown


class Listed(Struct, array_like=True):
    """A cell that is listed to be looked at: its id, its name and where that stands, where to fill in."""

    id: str
    name_address: str
    name: str
    value_address: str
    note_address: str
    state: str | None
    value: float | int | None


class Explained(Struct, array_like=True):
    """Something to explain: where its words stand, the words, where to fill in."""

    words_address: str
    words: str
    note_address: str


class Kept(Struct):
    """What a sheet holds of one report, by which it is read back."""

    sheet: str
    report: str
    cells: list[TableCell] = []
    labels: list[tuple[str, str]] = []
    listed: list[Listed] = []
    explained: list[Explained] = []


@dataclass
class Sheet:
    """A sheet, written from top to bottom; `row` is the next free one, `breaks` begin pages, from 0."""

    name: str
    worksheet: Any
    formats: dict[str, Any]
    row: int = 0
    kept: dict[str, Kept] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)

    def of(self, report: str) -> Kept:
        """Return what is kept of a report."""
        return self.kept.setdefault(report, Kept(self.name, report))

    def put(
        self, column: int, value: Shown, look: str, last: int | None = None, row: int | None = None
    ) -> str:
        """Write a value in a cell, or in cells merged up to a last column, and return its address."""
        row = self.row if row is None else row
        if last is not None and last > column:
            self.worksheet.merge_range(row, column, row, last, "", self.formats[look])
        write(self.worksheet, row, column, value, self.formats[look])
        return address(row, column)

    def end_row(self, *texts: tuple[Shown, int, int]) -> None:
        """End a row, high enough for texts in their first and last columns."""
        fitted = [(str(text), width(first, last) - 1) for text, first, last in texts if isinstance(text, str)]
        self.worksheet.set_row(self.row, height(fitted) + 2)
        self.row += 1


def write(worksheet: Any, row: int, column: int, value: Shown, look: Any) -> None:
    """Write a value in a cell: a text is never taken for a formula or a link."""
    if value is None or value == "":
        worksheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        worksheet.write_string(row, column, value[:_LONGEST], look)
    else:
        worksheet.write_number(row, column, value, look)


def address(row: int, column: int) -> str:
    """Return the address of a cell.

    >>> address(0, 2)
    'C1'
    """
    found: str = xl_rowcol_to_cell(row, column)
    return found


def formats(book: Any) -> dict[str, Any]:
    """Return the formats of a workbook by their names."""
    return {name: book.add_format(properties) for name, properties in FORMATS.items()}
