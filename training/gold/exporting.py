"""Writes a record as a workbook, with a sheet for each table in the look of the official form."""

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
from nlp.reading.xlsx.in_folders import WRITER
from training.generator.grids import Grid, Spelling, TableBox, grids
from training.generator.printing import Figure, Figures
from training.gold import reviewing
from training.gold.importing import read_workbook
from training.gold.kept import keep
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
    REVIEW,
    SECTIONS,
    TABLES,
    writable,
)
from training.scoring.gold import Cell, Items, Record, StatedCell
from training.scoring.readings import reading
from training.scoring.sections import spans

_THIN = Side(style="thin", color="9AA5B1")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="top", wrap_text=True)
_FILLS = {"missing": "E3E7EC", "ambiguous": "FFD9D9", "doubtful": "FFF0CC", "label": "F4F6F8"}
"""The background colours of cells by their state, in hexadecimal."""

_DOUBTFUL = 0.9
"""Values with a lower confidence are marked as doubtful."""

_TOP = 2
"""The number of rows above the first row of a table: its title, and an empty one."""

_SHOWN = 400
"""The most characters of a line that are shown."""

Places = list[tuple[str, str, str, str]]
"""The rows of the hidden sheet: kind (`cell`, `label`, `fact`), sheet, address, id or text."""


def workbook(record: Record, lines: Sequence[str]) -> bytes:
    """Return a record as a workbook (.xlsx); `lines` are those of its text, empty if it is not known."""
    book = Workbook()
    book.properties.creator = WRITER
    places: Places = []
    about = book.active
    assert isinstance(about, Worksheet)
    _about(about, record, places)
    review_sheet = book.create_sheet(REVIEW)
    forms = [form for form in editions() if form.edition == record.form]
    if forms and record.tables is not UNSET:
        for grid in grids(forms[0], _figures(forms[0], record), Spelling({}), Random("official")):
            sheet = book.create_sheet(TABLES[grid.table])
            _table(sheet, grid, forms[0], record, lines, places)
    cells = {id: (sheet, address) for kind, sheet, address, id in places if kind == "cell"}
    reviewing.fill(review_sheet, record, forms[0] if forms else None, cells)
    _items(book.create_sheet(PROBLEMS), record.problems, answers=False)
    _items(book.create_sheet(IMPROVEMENTS), record.improvements, answers=True)
    _sections(book.create_sheet(SECTIONS), record)
    _hidden(book.create_sheet(HIDDEN), record, places)
    keep(book, record, read_workbook(record.name, book))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _about(sheet: Worksheet, record: Record, places: Places) -> None:
    """Fill the first sheet: organization, year and form, help, and a key of the colours."""
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
    """Return an empty figure for each cell to be laid out, by table, row and column.

    These are the tables of the record, with all rows of the form; optional rows only if the record has them.
    """
    tables = {} if record.tables is UNSET else record.tables
    figures: Figures = {}
    for table in form.tables:
        if table.id not in tables:
            continue
        figures[table.id] = {}
        for row in table.rows:
            if row.id in tables[table.id] or not row.optional:
                figures[table.id][row.id] = dict.fromkeys(row.columns, Figure(None, ""))
    return figures


def _table(
    sheet: Worksheet, grid: Grid, form: Form, record: Record, lines: Sequence[str], places: Places
) -> None:
    """Fill the sheet of a table: the form with the values, and beside each row the lines they are from."""
    _put(sheet, 1, 1, form.table(grid.table).title).font = Font(bold=True, size=13)
    tables = {} if record.tables is UNSET else record.tables
    lines_of_row: dict[int, list[int]] = {}
    for box in grid.boxes:
        address = _merged(sheet, box)
        if not box.cell:
            _label(sheet, address, box.text)
            places.append(("label", sheet.title, address, box.text))
            continue
        row_id, column_id = box.cell
        cell = tables[grid.table].get(row_id, {}).get(column_id, StatedCell(None, "missing"))
        _value(sheet, address, cell, lines)
        places.append(("cell", sheet.title, address, f"{grid.table}.{row_id}.{column_id}"))
        if isinstance(cell, StatedCell) and cell.line:
            numbers = lines_of_row.setdefault(box.row + _TOP, [])
            if cell.line not in numbers:
                numbers.append(cell.line)
    _evidence(sheet, len(grid.widths) + 2, lines_of_row, lines)
    for column, width in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = max(9, width * 2.2)
    sheet.freeze_panes = "A2"


def _merged(sheet: Worksheet, box: TableBox) -> str:
    """Merge the cells that a box spans, and return the address of the first one."""
    row, column = box.row + _TOP, box.column + 1
    last_row, last_column = row + box.down - 1, column + box.across - 1
    if last_row > row or last_column > column:
        sheet.merge_cells(start_row=row, end_row=last_row, start_column=column, end_column=last_column)
    return f"{get_column_letter(column)}{row}"


def _label(sheet: Worksheet, address: str, text: str) -> None:
    cell = sheet[address]
    cell.value, cell.data_type = writable(text), "s"
    cell.alignment, cell.border, cell.fill = _MIDDLE, _BORDER, _fill("label")


def _value(sheet: Worksheet, address: str, cell: Cell, lines: Sequence[str]) -> None:
    """Write a value or the mark of its state, coloured by state and confidence, with a note on its line."""
    cell_reading = reading(cell)
    state, value = cell_reading.state, cell_reading.value
    xlsx_cell = sheet[address]
    xlsx_cell.value = {"missing": MISSING, "ambiguous": AMBIGUOUS}.get(state, value)
    xlsx_cell.alignment, xlsx_cell.border, xlsx_cell.font = _MIDDLE, _BORDER, Font(bold=bool(value))
    if state in _FILLS:
        xlsx_cell.fill = _fill(state)
    elif state in ("printed", "blank") and cell_reading.confidence < _DOUBTFUL:
        xlsx_cell.fill = _fill("doubtful")
    if isinstance(cell, StatedCell) and cell.line:
        xlsx_cell.comment = _note(cell, cell.line, lines)


def _note(cell: StatedCell, line: int, lines: Sequence[str]) -> Comment:
    """Return a note with the line, the printed text, the confidence and the candidates of a cell."""
    parts = [f"行 {line}: “{cell.text or ''}” ({cell.confidence:.3f})"]
    if cell.candidates:
        parts.append(f"或 {', '.join(map(str, cell.candidates))}")
    text = _line(lines, line)
    if text:
        parts.append(text)
    note = Comment(writable("\n".join(parts)), "nianbao")
    note.width, note.height = 420, 130
    return note


def _line(lines: Sequence[str], n: int) -> str:
    """Return line `n` (from 1), cut off where it is long; "" if there is no such line."""
    if not 0 < n <= len(lines):
        return ""
    return lines[n - 1].strip()[:_SHOWN]


def _evidence(
    sheet: Worksheet, column: int, lines_of_row: dict[int, list[int]], lines: Sequence[str]
) -> None:
    """Write beside each row the lines that its values were read from."""
    _put(sheet, 1, column, "出处 evidence").font = Font(bold=True)
    for row, numbers in lines_of_row.items():
        cell = _put(sheet, row, column, "\n".join(f"行 {n}: {_line(lines, n)}" for n in numbers))
        cell.alignment, cell.font = _LEFT, Font(color="5B6674", size=10)
    sheet.column_dimensions[get_column_letter(column)].width = 70


def _items(sheet: Worksheet, items: Items | UnsetType, answers: bool) -> None:
    """Fill the sheet of problems or improvements; `answers` adds a column for the problems answered."""
    head = ["序号 n", "内容 text"]
    if answers:
        head.append("针对的问题 answers (1, 2 …)")
    _head(sheet, head, (8, 110, 26))
    if items is UNSET:
        return
    for row, item in enumerate(items, 2):
        text = item if isinstance(item, str) else item.text
        _put(sheet, row, 1, row - 1)
        _put(sheet, row, 2, text).alignment = _LEFT
        if answers and not isinstance(item, str) and item.answers is not UNSET:
            _put(sheet, row, 3, ", ".join(str(problem + 1) for problem in item.answers))


def _sections(sheet: Worksheet, record: Record) -> None:
    """Fill the sheet of sections, sorted by their lines."""
    _head(sheet, ["章节 kind", "首行 first line", "末行 last line"], (36, 16, 16))
    if record.sections is UNSET:
        return
    sections = sorted(spans(record.sections).elements(), key=lambda section: section[1])
    for row, (kind, (first, last)) in enumerate(sections, 2):
        _put(sheet, row, 1, kind)
        _put(sheet, row, 2, first)
        _put(sheet, row, 3, last)


def _head(sheet: Worksheet, names: Iterable[str], widths: Iterable[int]) -> None:
    """Write the head of a list and set the widths of its columns, in characters."""
    for column, (name, width) in enumerate(zip(names, widths, strict=False), 1):
        cell = _put(sheet, 1, column, name)
        cell.font, cell.fill, cell.border = Font(bold=True), _fill("label"), _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _hidden(sheet: Worksheet, record: Record, places: Places) -> None:
    """Fill the hidden sheet, from which an import knows what stands where."""
    given = [part for part in ("problems", "improvements", "sections") if getattr(record, part) is not UNSET]
    head = (FORMAT, record.name, record.sha256, " ".join(given))
    for row, values in enumerate([head, *places], 1):
        for column, value in enumerate(values, 1):
            _put(sheet, row, column, value)
    sheet.sheet_state = "hidden"


def _put(sheet: Worksheet, row: int, column: int, value: str | float | None) -> XlsxCell:
    """Write a value and return its cell; a text is never taken for a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value, cell.data_type = writable(value), "s"
    else:
        cell.value = value
    return cell


def _fill(kind: str) -> PatternFill:
    return PatternFill("solid", start_color=_FILLS[kind])
