"""Fills the sheet of an agency: what to explain, cells to hold against the reports, the tables as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from nlp.collection.states import CONFIRMED, CORRECTED, STATES
from nlp.form.form import Table
from nlp.form.names import cell_name, form_of
from nlp.form.printed import PrintedCell, printed_cells
from nlp.overview.gathering import Gathered
from nlp.overview.words import known
from nlp.overview.workbooks.details import Detail
from nlp.overview.workbooks.looks import MARKS, WIDTHS, width
from nlp.overview.workbooks.matters import Matter
from nlp.overview.workbooks.sheet import Explained, Listed, Sheet, Shown, TableCell
from nlp.overview.workbooks.values import Known, known_cell, place_words
from nlp.writers.xlsx_looks import height

_LAST = len(WIDTHS) - 1
_LINE = 16


@dataclass(frozen=True)
class AgencyReports:
    """An agency with its reports, the latest first, and what there is to explain about each."""

    agency: int
    reports: list[int]
    matters: dict[int, list[Matter]]
    details: Mapping[int, Detail]

    @property
    def all_matters(self) -> list[Matter]:
        """Everything there is to explain."""
        return [matter for report in self.reports for matter in self.matters[report]]

    def broken_cells(self, report: int) -> frozenset[str]:
        """Return the cells of a report that stand in a sum which does not hold."""
        detail = self.details.get(report)
        sums = detail.broken if detail else []
        return frozenset(cell.id for broken in sums for cell in broken.cells)

    def cells(self) -> dict[tuple[int, str], list[int]]:
        """Return the cells to hold against the reports, with the numbers of the matters that they are of."""
        found: dict[tuple[int, str], list[int]] = {}
        for number, matter in enumerate(self.all_matters, 1):
            for cell in matter.cells:
                found.setdefault((matter.report, cell), []).append(number)
        return found


def fill(sheet: Sheet, gathered: Gathered, of: AgencyReports, date: str) -> None:
    """Fill a sheet."""
    for column, wide in enumerate(WIDTHS):
        sheet.worksheet.set_column(column, column, wide)
    _head(sheet, gathered, of, date)
    _matters(sheet, gathered, of)
    _listed(sheet, gathered, of)
    for report in of.reports:
        _tables(sheet, gathered, of, report)
    _set_up(sheet)


def _words(name: str) -> str:
    words: str = known("workbook")[name]
    return words


def _head(sheet: Sheet, gathered: Gathered, of: AgencyReports, date: str) -> None:
    agency = gathered.choice.agencies[of.agency]
    years = _words("between").join(str(int(gathered.collection.years[report])) for report in of.reports)
    sheet.put(0, _words("title").format(agency=agency.name), "title", _LAST)
    sheet.worksheet.set_row(0, 26)
    sheet.row += 1
    place = "".join(part for part in agency.place if part)
    facts = _words("facts").format(place=place, years=years, date=date).strip()
    for text in (facts, _words("help")):
        sheet.put(0, text, "facts", _LAST)
        sheet.end_row((text, 0, _LAST))
    for column, (mark, name) in enumerate(zip(MARKS, known("workbook")["legend"], strict=True)):
        sheet.put(2 * column, name, mark, 2 * column + 1)
    sheet.end_row()


def _heading(sheet: Sheet, text: str) -> None:
    sheet.put(0, text, "heading")
    sheet.worksheet.set_row(sheet.row, 28)
    sheet.row += 1


def _heads(sheet: Sheet, names: Sequence[str], spans: Sequence[tuple[int, int]]) -> None:
    for name, (first, last) in zip(names, spans, strict=True):
        sheet.put(first, name, "head", last)
    sheet.end_row()


_MATTER_SPANS = ((0, 0), (1, 1), (2, 3), (4, 10), (11, 14))


def _matters(sheet: Sheet, gathered: Gathered, of: AgencyReports) -> None:
    _heading(sheet, _words("matters"))
    if not of.all_matters:
        sheet.put(0, _words("nothing"), "facts")
        sheet.end_row()
        return
    _heads(sheet, known("workbook")["matters_heads"], _MATTER_SPANS)
    for number, matter in enumerate(of.all_matters, 1):
        words = f"{matter.message}\n{matter.advice}".strip()
        sheet.put(0, number, "number")
        sheet.put(1, int(gathered.collection.years[matter.report]), "number")
        sheet.put(2, known("workbook")["kinds"][matter.kind], "text", 3)
        stands = sheet.put(4, words, "text", 10)
        note = sheet.put(11, "", "fill_in_text", 14)
        kept = sheet.of(gathered.collection.ids[matter.report])
        kept.explained.append(Explained(stands, words, note))
        sheet.end_row((words, 4, 10))


_LISTED_SPANS = ((0, 1), (2, 2), (3, 6), (7, 7), (8, 9), (10, 11), (12, 14))


def _listed(sheet: Sheet, gathered: Gathered, of: AgencyReports) -> None:
    cells = of.cells()
    if not cells:
        return
    _heading(sheet, _words("cells"))
    _heads(sheet, known("workbook")["cells_heads"], _LISTED_SPANS)
    place = {report: n for n, report in enumerate(of.reports)}
    columns = gathered.collection.place
    for (report, cell), numbers in sorted(
        cells.items(), key=lambda one: (place[one[0][0]], columns[one[0][1]])
    ):
        found = known_cell(gathered, report, cell, of.details.get(report))
        name = cell_name(form_of(gathered.collection.forms[report]), cell)
        sheet.put(0, _words("between").join(map(str, numbers)), "text", 1)
        sheet.put(2, int(gathered.collection.years[report]), "number")
        stands = sheet.put(3, name, "text", 6)
        sheet.put(7, _words("blank") if found.shown is None else found.shown, "number")
        where = "\n".join(filter(None, [place_words(gathered, report, cell), found.remark]))
        sheet.put(8, where, "text", 9)
        value, note = sheet.put(10, "", "fill_in", 11), sheet.put(12, "", "fill_in_text", 14)
        kept = sheet.of(gathered.collection.ids[report])
        kept.listed.append(Listed(cell, stands, name, value, note, found.read_state, found.read_value))
        sheet.end_row((name, 3, 6), (where, 8, 9))


def _tables(sheet: Sheet, gathered: Gathered, of: AgencyReports, report: int) -> None:
    """Write the tables of a report in the look of the form."""
    collection = gathered.collection
    year = int(collection.years[report])
    form = form_of(collection.forms[report])
    sheet.breaks.append(sheet.row)
    _heading(sheet, _words("tables" if form else "no_tables").format(year=year))
    source = _words("source").format(path=collection.paths[report])
    sheet.put(0, source, "facts", _LAST)
    sheet.end_row((source, 0, _LAST))
    if form is None:
        return
    for table in form.tables:
        rows = [
            row.id for row in table.rows if not row.optional or _is_there(gathered, report, table.id, row.id)
        ]
        boxes = printed_cells(table, rows)
        if not boxes:
            continue
        sheet.put(0, table.title, "facts", _LAST)
        sheet.end_row()
        top = sheet.row
        for line, of_line in groupby(boxes, key=lambda box: box.row):
            sheet.worksheet.set_row(top + line, _LINE)
            for box in of_line:
                _box(sheet, gathered, of, report, table, box, top)
        _fit(sheet, table, boxes, top)
        sheet.row = top + 1 + max(box.row + box.down - 1 for box in boxes)
        sheet.row += 1


def _is_there(gathered: Gathered, report: int, table: str, row: str) -> bool:
    prefix = f"{table}.{row}."
    collection = gathered.collection
    return any(
        collection.states[report, n] for cell, n in collection.place.items() if cell.startswith(prefix)
    )


def _place(table: Table, box: PrintedCell) -> tuple[int, int]:
    """Return the first and the last column of the sheet for a box of a table, from 0."""
    spans = _spans(table)
    starts = [sum(spans[:column]) for column in range(len(spans) + 1)]
    return starts[box.column], starts[box.column + box.across] - 1


def _spans(table: Table) -> Sequence[int]:
    """Return how many columns of the sheet each column of a table takes; labels take more."""
    if table.one_row:
        return [1] * len(WIDTHS)
    if all(row.group for row in table.rows):
        return [4, *[3] * len(table.columns)]
    return [1, 2, 4, *[1] * len(table.columns)]


def _fit(sheet: Sheet, table: Table, boxes: Sequence[PrintedCell], top: int) -> None:
    """Make the lines of a table high enough for their labels."""
    tallest: dict[int, float] = {}
    for box in boxes:
        if box.cell is None and box.down == 1:
            wide = width(*_place(table, box)) - 1
            tallest[box.row] = max(tallest.get(box.row, 0), height([(box.text, wide)]))
    for line, tall in tallest.items():
        sheet.worksheet.set_row(top + line, max(_LINE, tall + 1))


def _box(
    sheet: Sheet,
    gathered: Gathered,
    of: AgencyReports,
    report: int,
    table: Table,
    box: PrintedCell,
    top: int,
) -> None:
    row = top + box.row
    first, last = _place(table, box)
    kept = sheet.of(gathered.collection.ids[report])
    if box.cell is None:
        kept.labels.append((_put_box(sheet, box, row, first, last, box.text, "label"), box.text))
        return
    cell = f"{table.id}.{box.cell[0]}.{box.cell[1]}"
    found = known_cell(gathered, report, cell, of.details.get(report))
    look = _look(found, cell in of.broken_cells(report))
    stands = _put_box(sheet, box, row, first, last, found.shown, look)
    kept.cells.append(TableCell(stands, cell, found.read_state, found.read_value, found.shown))
    remark = "\n".join(filter(None, [found.remark, place_words(gathered, report, cell)]))
    if look != "value" and remark:
        sheet.worksheet.write_comment(row, first, remark, {"x_scale": 1.6, "y_scale": 0.8})


def _put_box(sheet: Sheet, box: PrintedCell, row: int, first: int, last: int, shown: Shown, look: str) -> str:
    if box.down > 1:
        sheet.worksheet.merge_range(row, first, row + box.down - 1, last, "", sheet.formats[look])
        return sheet.put(first, shown, look, row=row)
    return sheet.put(first, shown, look, last, row)


def _look(found: Known, is_broken: bool) -> str:
    if is_broken and found.state == "printed":
        return "broken"
    if found.state in ("ambiguous", "missing"):
        return found.state
    if found.state in (STATES[CORRECTED], STATES[CONFIRMED]):
        return "decided"
    if found.is_doubtful:
        return "doubtful"
    return "blank" if found.state == "blank" else "value"


def _set_up(sheet: Sheet) -> None:
    """Protect what is not to be filled in, without a password, and prepare the sheet for printing."""
    worksheet = sheet.worksheet
    worksheet.set_h_pagebreaks(sheet.breaks)
    worksheet.protect("", {"format_rows": True, "format_columns": True})
    worksheet.freeze_panes(1, 0)
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.set_footer("&L&A&R&P / &N")
    worksheet.hide_gridlines(2)
