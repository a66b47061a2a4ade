"""Keeps in a workbook what it was written from: what it gives untouched, and what was read."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, json
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nlp.record.malformed import MALFORMED
from nlp.record.model import report_id
from training.gold.words import HIDDEN
from training.scoring.gold import Items, Record, Sections, StatedCell
from training.scoring.sections import spans

_COLUMN = 6
"""The column of the hidden sheet, from 1, that holds it in pieces."""
_PIECE = 30_000
"""How many characters a cell of a workbook surely holds."""


class Kept(Struct, frozen=True):
    """What a workbook was written from.

    `id` is that of the report; `untouched` the gold record that the workbook gives unless it is changed;
    `read` what was read, as corrections note it: `cells` by id, the facts, the texts of the items, and the
    lines of the sections by key.
    """

    id: str
    untouched: dict[str, Any]
    read: dict[str, Any]


def keep(book: Workbook, record: Record, untouched: dict[str, Any]) -> None:
    """Write into the hidden sheet of a workbook what it was written from, if the record tells its report."""
    id = record.id or report_id(record.sha256)
    if not id:
        return
    content = json.encode(Kept(id, untouched, _read(record))).decode()
    sheet = book[HIDDEN]
    for n in range(0, len(content), _PIECE):
        cell = sheet.cell(n // _PIECE + 1, _COLUMN)
        cell.value, cell.data_type = content[n : n + _PIECE], "s"


def kept(book: Workbook) -> Kept | None:
    """Return what a workbook was written from; None where it does not say."""
    sheet = book[HIDDEN]
    if not isinstance(sheet, Worksheet):
        return None
    pieces = (row[0] for row in sheet.iter_rows(min_col=_COLUMN, max_col=_COLUMN, values_only=True))
    content = "".join(str(piece) for piece in pieces if piece is not None)
    try:
        return json.decode(content, type=Kept) if content else None
    except MALFORMED:
        return None


def _read(record: Record) -> dict[str, Any]:
    """Return what was read of a record, whatever a person decided since."""
    return {
        "cells": {id: _read_cell(cell) for id, cell in _cells(record)},
        "organization": _as_read(record, "organization"),
        "year": _as_read(record, "year"),
        "form": _as_read(record, "form"),
        "problems": _texts(_as_read(record, "problems")),
        "improvements": _texts(_as_read(record, "improvements")),
        "sections": _lines(_as_read(record, "sections")),
    }


def _as_read(record: Record, name: str) -> Any:
    read = UNSET if record.read is UNSET else getattr(record.read, name)
    value = getattr(record, name) if read is UNSET else read
    return None if value is UNSET else value


def _cells(record: Record) -> list[tuple[str, StatedCell]]:
    tables = {} if record.tables is UNSET else record.tables
    return [
        (f"{table}.{row}.{column}", cell)
        for table, rows in tables.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
        if isinstance(cell, StatedCell)
    ]


def _read_cell(cell: StatedCell) -> dict[str, Any]:
    read = cell if cell.read is None else cell.read
    return {"state": read.state, "value": read.value}


def _texts(items: Items | None) -> list[str]:
    return [item if isinstance(item, str) else item.text for item in items or []]


def _lines(sections: Sections | None) -> dict[str, list[int]]:
    """Return the lines of sections by the keys that corrections have."""
    counts: dict[str, int] = {}
    by_key: dict[str, list[int]] = {}
    for path, lines in spans(sections or []).elements():
        key = path.replace("/", ".")
        counts[key] = counts.get(key, 0) + 1
        by_key[key + (f"-{counts[key]}" if counts[key] > 1 else "")] = list(lines)
    return by_key
