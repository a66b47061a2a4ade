"""Draws the tables of a record in the look of the form, with what is doubtful marked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from msgspec import UNSET

from nlp.auditing.audit import Audit
from nlp.auditing.places import where
from nlp.auditing.sums import shown
from nlp.auditing.words import said, words
from nlp.form.form import Form, Table
from nlp.form.names import form_of
from nlp.form.printed import PrintedCell, printed_cells
from nlp.record.model import MISSING, Cell, Report, TableCells
from nlp.showing.markup import Child, Markup, element, joined

_DOUBTFUL = 0.9
"""Below this confidence a record is put up for review."""
_UNKNOWN, _NOT_THERE = "?", "×"
Tips = Mapping[str, list[str]]


def tables(report: Report, audit: Audit) -> Markup:
    """Return the tables of a report, and a legend of the marks that they use; empty without a form."""
    form = form_of(report.form)
    if form is None:
        return Markup("")
    tips = _broken(audit)
    drawn = [_table(table, report, tips) for table in form.tables if report.tables.get(table.id)]
    return joined([*drawn, _legend(_marks_used(form, report, tips))])


def _broken(audit: Audit) -> dict[str, list[str]]:
    """Return for each cell the broken sums that it stands in."""
    tips: dict[str, list[str]] = {}
    for sum in audit.broken:
        for cell in sum.cells:
            tips.setdefault(cell.id, []).append(said("tips", "broken", message=sum.message))
    return tips


def _table(table: Table, report: Report, tips: Tips) -> Markup:
    cells = report.tables[table.id]
    drawn = printed_cells(table, _printed(table, cells))
    rows = (list(row) for _, row in groupby(drawn, key=lambda box: box.row))
    body = (element("tr", *(_box(box, table, report, tips) for box in row)) for row in rows)
    name = element("caption", table.title)
    return element("div", element("table", name, *body), class_="scrolled")


def _printed(table: Table, cells: TableCells) -> list[str]:
    """Return the rows to draw: not those in whose place the page prints one row for several."""
    standing = {other for row in table.rows if row.id in cells for other in row.stands_for}
    return [row for row in cells if row not in standing or not _absent(cells[row].values())]


def _absent(cells: Collection[Cell]) -> bool:
    return all(cell.state == "missing" for cell in cells)


def _box(box: PrintedCell, table: Table, report: Report, tips: Tips) -> Markup:
    spans = {
        "rowspan": box.down if box.down > 1 else None,
        "colspan": box.across if box.across > 1 else None,
    }
    if box.cell is None:
        return element("th", box.text, **spans)
    row, column = box.cell
    cell = report.tables[table.id][row].get(column, MISSING)
    wrong = tips.get(f"{table.id}.{row}.{column}", [])
    tip = "\n".join([*_tips(cell, report.source.media_type), *wrong])
    return element("td", _value(cell), class_=" ".join(_marks(cell, bool(wrong))) or None, title=tip, **spans)


def _value(cell: Cell) -> Child:
    if cell.state == "printed":
        return shown(cell.value)
    return {"ambiguous": _UNKNOWN, "missing": _NOT_THERE}.get(cell.state, cell.text or "")


def _marks(cell: Cell, broken: bool) -> Iterator[str]:
    """Yield the marks of a cell, those of data/showing.css."""
    if broken:
        yield "broken"
    if cell.state != "printed":
        yield cell.state
    if _doubtful(cell):
        yield "doubtful"


def _doubtful(cell: Cell) -> bool:
    return cell.state in ("printed", "blank") and cell.confidence < _DOUBTFUL


def _tips(cell: Cell, media_type: str) -> Iterator[str]:
    """Yield what a cell tells when a reader points at it."""
    if cell.state == "blank" and cell.text:
        yield said("tips", "blank_as", text=cell.text)
    else:
        yield said("tips", cell.state, text=cell.text)
    if cell.candidates is not UNSET and cell.candidates:
        yield said("tips", "candidates", values=words("cells")["or"].join(map(shown, cell.candidates)))
    if _doubtful(cell):
        yield said("tips", "doubtful", percent=int(100 * cell.confidence))
    if place := where([cell], media_type):
        yield place


def _marks_used(form: Form, report: Report, tips: Tips) -> set[str]:
    return {
        mark
        for table in form.tables
        for row in _printed(table, report.tables.get(table.id, {}))
        for column, cell in report.tables[table.id][row].items()
        for mark in _marks(cell, f"{table.id}.{row}.{column}" in tips)
    }


def _legend(used: Collection[str]) -> Markup | None:
    names = {mark: name for mark, name in words("legend").items() if mark in used}
    keys = [element("span", element("i", class_=mark), name) for mark, name in names.items()]
    return element("p", *keys, class_="legend") if keys else None
