"""Turns what a person does at the desk into corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import UNSET, Struct

from nlp.correcting import cells
from nlp.correcting.applying import as_read
from nlp.correcting.checking import fault
from nlp.correcting.fields import BadField, Field, cell_field, parsed
from nlp.correcting.reasons import reason_field
from nlp.correcting.sections import keyed
from nlp.desk import items
from nlp.form.form import Form
from nlp.form.names import form_of
from nlp.record.corrections import Correction
from nlp.record.model import MISSING, Cell, Report


class Refused(Exception):
    """Something that cannot be done; `code` is a word of data/desk.toml, `detail` says more where it can."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Action(Struct):
    """What a person does: `do` names it, `field` says to what; the rest depends on it.

    `read` is what the page showed of a list of items when the person acted: if the list is another one now,
    nothing is done.
    """

    do: str
    field: str
    value: Any = None
    at: int = 0
    lines: tuple[int, int] = (0, 0)
    answers: list[str] = []
    read: list[str] = []


def corrections(action: Action, report: Report, text: str | None) -> list[Correction]:
    """Return the corrections that an action on a report, as it is decided so far, amounts to.

    `text` is its decoded text, None where that is not there. Raises Refused.
    """
    if report.error is not UNSET:
        raise Refused("nothing_read")
    try:
        field = parsed(action.field)
    except BadField as reason:
        raise Refused("no_such_field") from reason
    make = _ACTIONS.get(action.do)
    if make is None:
        raise Refused("no_such_action")
    made = list(make(action, field, report, text))
    for correction in made:
        words = fault(correction)
        if words:
            raise Refused("not_possible", words)
    return made


def _value(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    yield _correction(report, action.field, value=_number(action.value, field))


def _blank(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    if field.kind not in ("cell", "fact"):
        raise Refused("not_possible")
    yield _correction(report, action.field, value=None)


def _missing(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    yield _correction(report, action.field, state="missing")


def _withdraw(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    yield Correction(id=report.id, field=action.field, state="withdrawn")


def _confirm(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    if field.kind == "cell":
        yield _confirmed_cell(report, field.name)
        return
    if field.kind == "reason":
        reason = next((review for review in report.review if reason_field(review) == action.field), None)
        if reason is None:
            raise Refused("settled_already")
        noted = {"message": reason.message, "cells": reason.cells}
        yield Correction(id=report.id, field=action.field, state="confirmed", read=noted)
        return
    yield _correction(report, action.field, state="confirmed")


def _untellable(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    if field.kind != "cell" or _cell(report, field.name).as_read.state != "ambiguous":
        raise Refused("not_possible")
    yield _correction(report, action.field, state="confirmed")


def _confirm_row(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    yield from _confirmed_cells(report, field.name.rpartition(".")[0] + ".")


def _confirm_table(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    yield from _confirmed_cells(report, field.name.partition(".")[0] + ".")


def _confirmed_cells(report: Report, begins_with: str) -> Iterator[Correction]:
    """Yield confirmations of the cells that no one decided and that can be told, of a row or a table."""
    for id, cell in report.cells():
        if id.startswith(begins_with) and cell.read is UNSET and cell.state != "ambiguous":
            yield _confirmed_cell(report, id)


def _confirmed_cell(report: Report, id: str) -> Correction:
    cell = _cell(report, id)
    if cell.as_read.state == "ambiguous":
        raise Refused("choose_one")
    noted = cells.as_noted(cell)
    return Correction(id=report.id, field=cell_field(id), state="confirmed", read=noted)


def _border(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    first, last = action.lines
    if field.kind != "section" or not 1 <= first <= last <= max(report.source.lines, 1):
        raise Refused("no_such_lines")
    yield _correction(report, action.field, value={"lines": [first, last]})


def _items(action: Action, field: Field, report: Report, text: str | None) -> Iterator[Correction]:
    if field.kind != "item":
        raise Refused("not_possible")
    entries = getattr(report, field.name)
    if [entry.text for entry in entries] != action.read:
        raise Refused("changed_meanwhile")
    try:
        value = items.CHANGES[action.do](action, field.position, report, field.name, text)
    except items.NoChange as reason:
        raise Refused(str(reason)) from reason
    yield _correction(report, field.name, value=value)


def _correction(report: Report, field: str, **decided: Any) -> Correction:
    """Return a correction that notes what was read."""
    return Correction(id=report.id, field=field, read=_noted(report, parsed(field)), **decided)


def _noted(report: Report, field: Field) -> Any:
    read = as_read(report)
    if field.kind == "cell":
        return cells.as_noted(_cell(report, field.name))
    if field.kind == "fact":
        return getattr(read, field.name)
    if field.kind == "list":
        return [item.text for item in getattr(read, field.name)]
    if field.kind == "section":
        lines_of = {key: list(section.lines) for key, section in keyed(read.sections)}
        return lines_of.get(field.name)
    return UNSET


def _cell(report: Report, id: str) -> Cell:
    table, row, column = id.split(".")
    form: Form | None = form_of(report.form)
    form_row = form.table(table).row.get(row) if form else None
    if form_row is None or column not in form_row.columns:
        raise Refused("no_such_field")
    return report.tables.get(table, {}).get(row, {}).get(column, MISSING)


def _number(value: Any, field: Field) -> Any:
    """Return a value as typed in the place of a number as one; anything else as it is."""
    is_number = field.kind == "cell" or field.name == "year"
    if not is_number or not isinstance(value, str):
        return value
    plain = value.strip().replace(",", "").replace("，", "")
    try:
        number = float(plain)
    except ValueError as reason:
        raise Refused("no_number") from reason
    return int(number) if plain.lstrip("-").isdigit() else number


_ACTIONS: dict[str, Callable[[Action, Field, Report, str | None], Iterator[Correction]]] = {
    "value": _value,
    "blank": _blank,
    "missing": _missing,
    "withdraw": _withdraw,
    "confirm": _confirm,
    "untellable": _untellable,
    "confirm_row": _confirm_row,
    "confirm_table": _confirm_table,
    "border": _border,
    **dict.fromkeys(items.CHANGES, _items),
}
