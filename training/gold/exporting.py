"""Writes a record as a workbook: a sheet for each table, in the look of the official form."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from random import Random

from msgspec import UNSET, UnsetType
from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from nlp.form.form import Form, editions
from training.generator.grids import Grid, Spelling, TableBox, grids
from training.generator.printing import Figure, Figures
from training.gold.words import (
    ABOUT,
    AMBIGUOUS,
    FACTS,
    FORMAT,
    HELP,
    HIDDEN,
    IMPROVEMENTS,
    MISSING,
    PROBLEMS,
    SECTIONS,
    TABLES,
    writable,
)
from training.scoring.gold import Cell, Items, Record, StatedCell
from training.scoring.readings import Reading, reading
from training.scoring.sections import spans

_THIN = Side(style="thin", color="9AA5B1")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="top", wrap_text=True)
_FILLS = {"missing": "E3E7EC", "ambiguous": "FFD9D9", "doubtful": "FFF0CC", "label": "F4F6F8"}
_DOUBTFUL = 0.9
_TOP = 2
"""The row above a table: its title."""
_SHOWN = 400

Places = list[tuple[str, str, str, str]]
"""What the hidden sheet keeps: kind (`cell`, `label`, `fact`), sheet, address, id or text."""


def workbook(record: Record, lines: Sequence[str]) -> bytes:
    """Return a record as a workbook; `lines` are those of its text, none where it is not to be had."""
    book = Workbook()
    places: Places = []
    about = book.active
    assert isinstance(about, Worksheet)
    _about(about, record, places)
    form = next((form for form in editions() if form.edition == record.form), None)
    if form and record.tables is not UNSET:
        for grid in grids(form, _figures(form, record), Spelling({}), Random("official")):
            _table(book.create_sheet(TABLES[grid.table]), grid, form, record, lines, places)
    _items(book.create_sheet(PROBLEMS), record.problems, answers=False)
    _items(book.create_sheet(IMPROVEMENTS), record.improvements, answers=True)
    _sections(book.create_sheet(SECTIONS), record)
    _hidden(book.create_sheet(HIDDEN), record, places)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _about(sheet: Worksheet, record: Record, places: Places) -> None:
    sheet.title = ABOUT
    _put(sheet, 1, 1, f"{record.name}").font = Font(bold=True, size=14)
    for row, (fact, name) in enumerate(FACTS.items(), 3):
        _put(sheet, row, 1, name)
        value = getattr(record, fact)
        _put(sheet, row, 2, "" if value in (UNSET, None) else value).border = _BORDER
        places.append(("fact", ABOUT, f"B{row}", fact))
    for row, text in enumerate(HELP, 8):
        _put(sheet, row, 1, text)
    for row, kind in enumerate(_FILLS, 8 + len(HELP) + 1):
        _put(sheet, row, 1, kind).fill = _fill(kind)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 48


def _figures(form: Form, record: Record) -> Figures:
    """Return a figure for each cell that has a place: the rows of the record, whole."""
    rows = {} if record.tables is UNSET else record.tables
    return {
        table.id: {
            row.id: dict.fromkeys(row.columns, Figure(None, ""))
            for row in table.rows
            if row.id in rows.get(table.id, {}) or not row.optional
        }
        for table in form.tables
        if table.id in rows
    }


def _table(
    sheet: Worksheet, grid: Grid, form: Form, record: Record, lines: Sequence[str], places: Places
) -> None:
    """Lay the form out, with the evidence for each row at its right."""
    _put(sheet, 1, 1, form.table(grid.table).title).font = Font(bold=True, size=13)
    rows = {} if record.tables is UNSET else record.tables
    seen: dict[int, dict[int, None]] = {}
    for box in grid.boxes:
        address = _merged(sheet, box)
        if box.cell:
            cell = rows[grid.table].get(box.cell[0], {}).get(box.cell[1], StatedCell(None, "missing"))
            _value(sheet, address, cell, lines)
            places.append(("cell", sheet.title, address, f"{grid.table}.{box.cell[0]}.{box.cell[1]}"))
            if isinstance(cell, StatedCell) and cell.line:
                seen.setdefault(box.row + _TOP, {})[cell.line] = None
        else:
            _label(sheet, address, box.text)
            places.append(("label", sheet.title, address, box.text))
    _evidence(sheet, len(grid.widths) + 2, seen, lines)
    for column, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(9, width * 2.2)
    sheet.freeze_panes = "A2"


def _merged(sheet: Worksheet, box: TableBox) -> str:
    """Merge the cells of a box; return the address of the first."""
    row, column = box.row + _TOP, box.column + 1
    if box.down > 1 or box.across > 1:
        sheet.merge_cells(
            start_row=row, end_row=row + box.down - 1, start_column=column, end_column=column + box.across - 1
        )
    return f"{get_column_letter(column)}{row}"


def _label(sheet: Worksheet, address: str, text: str) -> None:
    cell = sheet[address]
    cell.value, cell.data_type = writable(text), "s"
    cell.alignment, cell.border, cell.fill = _MIDDLE, _BORDER, _fill("label")


def _value(sheet: Worksheet, address: str, cell: Cell, lines: Sequence[str]) -> None:
    read = reading(cell)
    shown = sheet[address]
    shown.value = _shown(read)
    shown.alignment, shown.border, shown.font = _MIDDLE, _BORDER, Font(bold=bool(read.value))
    doubtful = read.state in ("printed", "blank") and read.confidence < _DOUBTFUL
    kind = read.state if read.state in _FILLS else "doubtful" if doubtful else ""
    if kind:
        shown.fill = _fill(kind)
    if isinstance(cell, StatedCell) and cell.line:
        shown.comment = _note(cell, lines)


def _shown(read: Reading) -> float | str | None:
    return {"missing": MISSING, "ambiguous": AMBIGUOUS}.get(read.state, read.value)


def _note(cell: StatedCell, lines: Sequence[str]) -> Comment:
    """Return where a value was read, as what, how surely."""
    told = [f"行 {cell.line}: “{cell.text or ''}” ({cell.confidence:.3f})"]
    told += [f"或 {', '.join(map(str, cell.candidates))}"] if cell.candidates else []
    told += [_line(lines, cell.line or 0)]
    note = Comment(writable("\n".join(filter(None, told))), "nianbao")
    note.width, note.height = 420, 130
    return note


def _line(lines: Sequence[str], n: int) -> str:
    return lines[n - 1].strip()[:_SHOWN] if 0 < n <= len(lines) else ""


def _evidence(sheet: Worksheet, column: int, seen: dict[int, dict[int, None]], lines: Sequence[str]) -> None:
    """Write beside each row the lines that its values were read from."""
    _put(sheet, 1, column, "出处 evidence").font = Font(bold=True)
    for row, numbers in seen.items():
        cell = _put(sheet, row, column, "\n".join(f"行 {n}: {_line(lines, n)}" for n in numbers))
        cell.alignment, cell.font = _LEFT, Font(color="5B6674", size=10)
    sheet.column_dimensions[get_column_letter(column)].width = 70


def _items(sheet: Worksheet, items: Items | UnsetType, answers: bool) -> None:
    head = ["序号 n", "内容 text", *(["针对的问题 answers (1, 2 …)"] if answers else [])]
    _head(sheet, head, (8, 110, 26))
    for row, item in enumerate(() if items is UNSET else items, 2):
        text, pairs = (item, UNSET) if isinstance(item, str) else (item.text, item.answers)
        _put(sheet, row, 1, row - 1)
        _put(sheet, row, 2, text).alignment = _LEFT
        if answers and pairs is not UNSET:
            _put(sheet, row, 3, ", ".join(str(n + 1) for n in pairs))


def _sections(sheet: Worksheet, record: Record) -> None:
    _head(sheet, ["章节 kind", "首行 first line", "末行 last line"], (36, 16, 16))
    found = (
        [] if record.sections is UNSET else sorted(spans(record.sections).elements(), key=lambda one: one[1])
    )
    for row, (kind, lines) in enumerate(found, 2):
        _put(sheet, row, 1, kind)
        for column, line in enumerate(lines, 2):
            _put(sheet, row, column, line)


def _head(sheet: Worksheet, names: Iterable[str], widths: Sequence[int]) -> None:
    for column, name in enumerate(names, 1):
        cell = _put(sheet, 1, column, name)
        cell.font, cell.fill, cell.border = Font(bold=True), _fill("label"), _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    sheet.freeze_panes = "A2"


def _hidden(sheet: Worksheet, record: Record, places: Places) -> None:
    given = [part for part in ("problems", "improvements", "sections") if getattr(record, part) is not UNSET]
    head = (FORMAT, record.name, record.sha256, " ".join(given))
    for row, values in enumerate([head, *places], 1):
        for column, value in enumerate(values, 1):
            _put(sheet, row, column, value)
    sheet.sheet_state = "hidden"


def _put(sheet: Worksheet, row: int, column: int, value: str | float | None) -> XlsxCell:
    """Write a value; a text never becomes a formula, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value, cell.data_type = writable(value), "s"
    else:
        cell.value = value
    return cell


def _fill(kind: str) -> PatternFill:
    return PatternFill("solid", start_color=_FILLS[kind])
