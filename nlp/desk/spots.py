"""Tells where on its document a field of a record stands."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import UNSET

from nlp.correcting.applying import as_read
from nlp.correcting.fields import parsed
from nlp.correcting.sections import keyed
from nlp.desk.questions import reasons_for
from nlp.reading.document import Box
from nlp.record.model import MISSING, Cell, Report, Span


class Spot(NamedTuple):
    """A place in the decoded text, and on a page where that is known; lines where it is only those.

    `is_near` where the page does not print what is looked for: then it is something that stands by it.
    """

    span: Span | None = None
    page: int | None = None
    box: Box | None = None
    lines: Span | None = None
    is_near: bool = False


def spot_of(field: str, report: Report) -> Spot:
    """Return where a field stands; a cell that is not printed stands beside its neighbours in its row."""
    kind, name, position = parsed(field)
    if kind == "cell":
        return _of_cell(name, report)
    if kind == "fact":
        read = as_read(report)
        return Spot(getattr(read, f"{name}_span", None))
    if kind == "item":
        entries = getattr(report, name)
        return Spot(entries[position].span) if position < len(entries) else Spot()
    if kind == "section":
        lines_of = {key: section.lines for key, section in keyed(report.sections)}
        return Spot(lines=lines_of.get(name))
    for reason in reasons_for(field, report.review):
        for cell in reason.cells:
            return _of_cell(cell, report)
        if reason.table is not UNSET:
            return _of_first(report, reason.table)
    return Spot()


def in_text(spot: Spot, text: str) -> Spot:
    """Return a spot with the characters of its lines, where it has none."""
    if spot.span is not None or spot.lines is None:
        return spot
    first, last = spot.lines
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: first - 1])
    length = sum(len(line) + 1 for line in lines[first - 1 : last])
    return spot._replace(span=(start, start + length))


def _of_cell(id: str, report: Report) -> Spot:
    table, row, column = id.split(".")
    cells = report.tables.get(table, {}).get(row, {})
    cell = cells.get(column, MISSING).as_read
    if cell.span is not None:
        return _of_read(cell)
    for neighbour in cells.values():
        if neighbour.as_read.span is not None:
            return _of_read(neighbour.as_read)._replace(is_near=True)
    return _of_first(report, table)


def _of_first(report: Report, table: str) -> Spot:
    """Return where the first printed cell of a table stands."""
    for cells in report.tables.get(table, {}).values():
        for cell in cells.values():
            if cell.as_read.span:
                return _of_read(cell.as_read)._replace(is_near=True)
    return Spot()


def _of_read(cell: Cell) -> Spot:
    page = None if cell.page is UNSET else cell.page
    box = None if cell.box is UNSET else cell.box
    return Spot(cell.span, page, box)
