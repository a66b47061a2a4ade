"""Lets cells and names that were recognised in pictures (OCR) be no surer than their characters are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from nlp.checking.blame import undecided
from nlp.checking.sums import Sum, sums_of
from nlp.form.form import Column, Form
from nlp.narrative.identity.identity import Identity
from nlp.reading.document import Recognition
from nlp.record.model import Cell, Check, Number, Row, TableCells, Tables
from nlp.resources import knowledge
from nlp.tables.confidence import DIGITS
from nlp.tables.page.cell_values import number
from nlp.text.cell_text import Content, read_cell
from nlp.text.folding import fold

_SUMS_NEEDED = 2
"""So many sums, all that can be told over a cell, must need one of the numbers that it may be."""

Options = dict[str, list[Number | None]]
"""What doubtful cells may hold, by their ids; None means blank."""


def with_recognition(form: Form, tables: Tables, recognition: Recognition) -> Tables:
    """Return tables whose cells are as sure as their characters, those in doubt ambiguous.

    A number in doubt is told where the sums of the form need just one of those that it may be; what is told
    is then one of the readings of the picture, never another number.
    """
    sure: Tables = {}
    for table in form.tables:
        columns = table.column
        rows = tables[table.id]
        options: Options = {}
        for row, cells in rows.items():
            for column, cell in cells.items():
                may_be = _options(cell, columns[column], recognition)
                if may_be is not None:
                    options[f"{table.id}.{row}.{column}"] = may_be
        told = _told_by_sums(table.id, sums_of(form, table, rows), rows, options)
        sure[table.id] = _rewritten(table.id, rows, options, told, recognition)
    return sure


def without_blame(checks: Sequence[Check], tables: Tables) -> list[Check]:
    """Return checks of recognised numbers: a sum that is broken may be so by a misread digit.

    A sum whose cells were all decided by a person is blamed as any other.
    """
    doubtful = {check.id for check in checks if not all(_is_decided(id, tables) for id in check.cells)}
    return undecided(checks, doubtful)


def _is_decided(id: str, tables: Tables) -> bool:
    table, row, column = id.split(".")
    return tables[table][row][column].decided is not UNSET


def with_doubts(identity: Identity, recognition: Recognition) -> Identity:
    """Return the agency and the year, in doubt where characters of theirs are."""
    least = knowledge("recognition")["identity"]
    if identity.organization_span is not None:
        score = recognition.score(identity.organization_span)
        identity = replace(
            identity,
            organization_confidence=round(identity.organization_confidence * score, 4),
            is_organization_doubtful=identity.is_organization_doubtful or score < least,
        )
    if identity.year_span is not None:
        score = recognition.score(identity.year_span)
        identity = replace(
            identity,
            year_confidence=round(identity.year_confidence * score, 4),
            is_year_doubtful=identity.is_year_doubtful or score < least,
        )
    return identity


def _options(cell: Cell, column: Column, recognition: Recognition) -> list[Number | None] | None:
    """Return what a cell may hold, where its recognition is in doubt; none for what cannot be told."""
    doubt = None if cell.span is None else recognition.doubt(cell.span)
    if doubt is None:
        return None
    if column.unit is not None:
        return []
    values: list[Number | None] = []
    for option in doubt.options:
        value = number(fold(option), column)
        if value is not None or read_cell(fold(option)).content is Content.BLANK:
            values.append(value)
    return list(dict.fromkeys(values))


def _told_by_sums(table: str, sums: Sequence[Sum], rows: TableCells, options: Options) -> dict[str, Number]:
    """Return the numbers of doubtful cells that the sums need, by the cells' ids."""
    sums_over: dict[str, list[Sum]] = {}
    for sum in sums:
        for id in sum.cells:
            sums_over.setdefault(id, []).append(sum)
    told: dict[str, Number] = {}
    while True:
        more: dict[str, Number] = {}
        for id, may_be in options.items():
            if id not in told:
                known = {**options, **_known(told)}
                needed = _needed(table, id, may_be, sums_over.get(id, ()), rows, known)
                if needed is not None:
                    more[id] = needed
        if not more:
            return told
        told.update(more)


def _known(told: Mapping[str, Number]) -> Options:
    return {id: [value] for id, value in told.items()}


def _needed(
    table: str,
    id: str,
    may_be: Sequence[Number | None],
    sums: Sequence[Sum],
    rows: TableCells,
    options: Options,
) -> Number | None:
    """Return the one number of a doubtful cell that every sum over it needs; None where there is none."""
    fitting = []
    for value in may_be:
        if value is None:
            continue
        verdicts = [_holds(table, sum, rows, {**options, id: [value]}) for sum in sums]
        known = [verdict for verdict in verdicts if verdict is not None]
        if len(known) >= _SUMS_NEEDED and all(known):
            fitting.append(value)
    return fitting[0] if len(fitting) == 1 else None


def _holds(table: str, sum: Sum, rows: TableCells, options: Options) -> bool | None:
    """Return whether a sum holds; None where one of its cells is not known."""
    sides = []
    for terms in (sum.left, sum.right):
        total: Number = 0
        for row, column in terms:
            id = f"{table}.{row}.{column}"
            cell = rows[row].get(column)
            value = options[id][0] if len(options.get(id, ())) == 1 else None
            if id not in options and cell is not None and cell.state in ("printed", "blank"):
                value = cell.value or 0
            if value is None:
                return None
            total += value
        sides.append(total)
    return sides[0] == sides[1]


def _rewritten(
    table: str, rows: TableCells, options: Options, told: Mapping[str, Number], recognition: Recognition
) -> TableCells:
    rewritten: TableCells = {}
    for row, cells in rows.items():
        of_row: Row = {}
        for column, cell in cells.items():
            id = f"{table}.{row}.{column}"
            if id in told:
                text = cell.text
                of_row[column] = replace(cell, value=told[id], state="printed", text=text, candidates=UNSET)
            elif id in options:
                of_row[column] = _ambiguous(cell, options[id])
            else:
                of_row[column] = _as_sure(cell, recognition)
        rewritten[row] = of_row
    return rewritten


def _ambiguous(cell: Cell, may_be: Sequence[Number | None]) -> Cell:
    return replace(cell, value=None, state="ambiguous", confidence=0.0, candidates=list(may_be))


def _as_sure(cell: Cell, recognition: Recognition) -> Cell:
    """Return a cell that is as sure as its characters are."""
    if cell.span is None or cell.state == "ambiguous":
        return cell
    score = recognition.score(cell.span)
    return cell if score == 1.0 else replace(cell, confidence=round(cell.confidence * score, DIGITS))
