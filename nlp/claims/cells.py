"""Finds the cells that a kind of number speaks of, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from nlp.claims.kinds import Meaning
from nlp.claims.vocabulary import kinds
from nlp.form.form import Form
from nlp.form.sums import added
from nlp.record.model import Cell, Number, Tables

PLUS = " + "
"""Stands between the ids of cells that are added up."""


def sums_of(meaning: Meaning, form: Form, tables: Tables) -> list[str]:
    """Return the cells that a meaning may speak of, as ids with PLUS between them, the likeliest first.

    Those that the edition of the tables does not have are left out.

    >>> from nlp.form import form as forms
    >>> from nlp.record.model import MISSING
    >>> row = {"natural_person": MISSING, "total": MISSING}
    >>> tables = {"requests": {"new_received": row, "carried_over": row}}
    >>> sums_of(Meaning("received"), forms.named("2021"), tables)
    ['requests.new_received.total', 'requests.new_received.total + requests.carried_over.total']
    """
    sums = []
    for terms in kinds()[meaning.kind].cells:
        ids: list[str] = []
        for term in terms.split(PLUS):
            ids += _cells_of(term, meaning.columns, form, tables)
        if ids and all(_has_cell(id, tables) for id in ids):
            sums.append(PLUS.join(ids))
    return list(dict.fromkeys(sums))


def _cells_of(term: str, columns: Sequence[str], form: Form, tables: Tables) -> Iterator[str]:
    """Yield the ids of the cells of a row, `table.row`, in some columns; a cell's own id as it is."""
    table, row, *column = term.split(".")
    total = form.table(table).total
    for id in _rows(row, tables.get(table, {})):
        for name in column or columns or (total,):
            yield f"{table}.{id}.{name}"


def _rows(pattern: str, rows: dict[str, dict[str, Cell]]) -> list[str]:
    """Return the rows that a pattern such as `denied_*` names; the row itself where it is none."""
    if "*" not in pattern:
        return [pattern]
    return [row for row in rows if fnmatchcase(row, pattern)]


def _has_cell(id: str, tables: Tables) -> bool:
    table, row, column = id.split(".")
    return column in tables.get(table, {}).get(row, {})


def cells_of(sum: str, tables: Tables) -> list[Cell]:
    """Return the cells of a sum, in its order; raises KeyError where the tables lack one."""
    found = []
    for id in sum.split(PLUS):
        table, row, column = id.split(".")
        found.append(tables[table][row][column])
    return found


def amount(sum: str, tables: Tables) -> Number | None:
    """Return what the cells of a sum come to; None where one of them has no number.

    Rows of which a page prints one for several are missing, and add nothing: at least one must be there.
    """
    values: list[Number] = []
    cells = cells_of(sum, tables)
    for cell in cells:
        if cell.value is not None:
            values.append(cell.value)
        elif len(cells) == 1 or cell.on_page != "missing":
            return None
    return added(values) if values else None
