"""Draws the tables of a record in the look of the form, with marks on what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import groupby

from msgspec import UNSET

from nlp.auditing.audit import Audit
from nlp.auditing.places import where
from nlp.auditing.sums import shown
from nlp.auditing.words import phrase, words
from nlp.checking.confidence import CERTAIN
from nlp.form.form import Form, Table
from nlp.form.names import form_of
from nlp.form.printed import PrintedCell, printed_cells
from nlp.record.model import MISSING, Cell, Report, TableCells
from nlp.showing.markup import Child, Markup, element, joined

_AMBIGUOUS, _MISSING = "?", "×"

SumMessages = Mapping[str, list[str]]
"""For each cell of a broken sum, by its id, what is said of the sums that it stands in."""


Content = Callable[[str, Child], Child]
"""Makes what stands in a cell, of its id and the value that it shows."""


def tables(report: Report, audit: Audit, content: Content = lambda _, value: value) -> Markup:
    """Return the tables of a report and a legend of the marks in them; nothing if its form is unknown.

    `content` may put something else than the bare value in a cell, such as a link.
    """
    form = form_of(report.form)
    if form is None:
        return Markup("")
    broken_sums = _messages_by_cell(audit)
    drawn = [
        _table(table, report, broken_sums, content) for table in form.tables if report.tables.get(table.id)
    ]
    return joined([*drawn, _legend(_marks_used(form, report, broken_sums))])


def _messages_by_cell(audit: Audit) -> SumMessages:
    messages: dict[str, list[str]] = {}
    for sum in audit.broken:
        message = phrase("tips", "broken", message=sum.message)
        for cell in sum.cells:
            messages.setdefault(cell.id, []).append(message)
    return messages


def _table(table: Table, report: Report, broken_sums: SumMessages, content: Content) -> Markup:
    rows_to_draw = _rows_to_draw(table, report.tables[table.id])
    rows: list[Markup] = []
    for _, row_boxes in groupby(printed_cells(table, rows_to_draw), key=lambda box: box.row):
        drawn = [_box(box, table, report, broken_sums, content) for box in row_boxes]
        rows.append(element("tr", *drawn))
    caption = element("caption", table.title)
    return element("div", element("table", caption, *rows), class_="scrolled")


def _rows_to_draw(table: Table, cells: TableCells) -> list[str]:
    """Return the rows of a table, without missing ones for which the page prints one common row."""
    stood_for: set[str] = set()
    for row in table.rows:
        if row.id in cells:
            stood_for.update(row.stands_for)
    return [row for row in cells if row not in stood_for or not _is_missing(cells[row].values())]


def _is_missing(cells: Collection[Cell]) -> bool:
    return all(cell.on_page == "missing" for cell in cells)


def _box(
    box: PrintedCell, table: Table, report: Report, broken_sums: SumMessages, content: Content
) -> Markup:
    spans = {
        "rowspan": box.down if box.down > 1 else None,
        "colspan": box.across if box.across > 1 else None,
    }
    if box.cell is None:
        return element("th", box.text, **spans)
    row, column = box.cell
    cell = report.tables[table.id][row].get(column, MISSING)
    id = f"{table.id}.{row}.{column}"
    messages = broken_sums.get(id, [])
    marks = " ".join(_marks(cell, bool(messages)))
    tip = "\n".join([*_tips(cell, report.source.media_type), *_derived_tips(id, report), *messages])
    value = content(id, _value(cell))
    return element("td", value, class_=marks or None, title=tip, **spans)


def _value(cell: Cell) -> Child:
    if cell.on_page == "printed":
        return shown(cell.value)
    if cell.on_page == "ambiguous":
        return _AMBIGUOUS
    if cell.on_page == "missing":
        return _MISSING
    return cell.text or ""


def _marks(cell: Cell, in_broken_sum: bool) -> Iterator[str]:
    """Yield the marks of a cell, classes of data/showing.css."""
    if in_broken_sum:
        yield "broken"
    if cell.on_page != "printed":
        yield cell.on_page
    if cell.read is not UNSET:
        yield cell.state
    if _is_doubtful(cell):
        yield "doubtful"


def _is_doubtful(cell: Cell) -> bool:
    return cell.state in ("printed", "blank") and cell.confidence < CERTAIN


def _tips(cell: Cell, media_type: str) -> Iterator[str]:
    """Yield the lines that a cell shows when it is pointed at."""
    if cell.read is not UNSET:
        yield phrase("tips", cell.state)
        cell = cell.read
    if cell.state == "blank" and cell.text:
        yield phrase("tips", "blank_as", text=cell.text)
    else:
        yield phrase("tips", cell.state, text=cell.text)
    if cell.candidates is not UNSET and cell.candidates:
        values = words("cells")["or"].join(shown(candidate) for candidate in cell.candidates)
        yield phrase("tips", "candidates", values=values)
    if _is_doubtful(cell):
        yield phrase("tips", "doubtful", percent=int(100 * cell.confidence))
    place = where([cell], media_type)
    if place:
        yield place


def _derived_tips(id: str, report: Report) -> Iterator[str]:
    """Yield what the form's sums give for a total that the page left blank."""
    for one in report.derived:
        if one.cell == id:
            name = "derived_with_zero" if one.blanks_as_zero else "derived"
            yield phrase("tips", name, value=shown(one.value))


def _marks_used(form: Form, report: Report, broken_sums: SumMessages) -> set[str]:
    marks: set[str] = set()
    for table in form.tables:
        for row in _rows_to_draw(table, report.tables.get(table.id, {})):
            for column, cell in report.tables[table.id][row].items():
                marks.update(_marks(cell, f"{table.id}.{row}.{column}" in broken_sums))
    return marks


def _legend(marks: Collection[str]) -> Markup | None:
    keys: list[Markup] = []
    for mark, name in words("legend").items():
        if mark in marks:
            keys.append(element("span", element("i", class_=mark), name))
    return element("p", *keys, class_="legend") if keys else None
