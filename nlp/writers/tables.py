"""Describes the tables that records are written to: names, types, Chinese headers, what columns hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from nlp.form import form as forms
from nlp.resources import knowledge

Type = Literal["integer", "number", "text", "boolean", "list of integer", "list of number", "list of text"]
Headers = Literal["en", "zh"]
Value = int | float | str | bool | list[Any] | None
Row = tuple[Value, ...]

REPORTS, CELLS, DICTIONARY = "reports", "cells", "dictionary"


@dataclass(frozen=True)
class Column:
    """A column of a table, with its Chinese header `zh`.

    If it holds a cell of the form, `cell` is the cell's id, `forms` the editions that have it, `unit` its
    unit. `words` names the Chinese words for its codes, if it holds codes that have such.
    """

    id: str
    type: Type
    zh: str
    description: str
    description_zh: str
    cell: str | None = None
    forms: tuple[str, ...] = ()
    unit: str | None = None
    words: str | None = None

    def header(self, headers: Headers) -> str:
        """Return the header of the column in a language."""
        return self.zh if headers == "zh" else self.id

    @property
    def is_list(self) -> bool:
        """Whether the column holds lists, which most formats hold as JSON."""
        return self.type.startswith("list of ")


@dataclass(frozen=True)
class Table:
    """A table; the first column of all but the dictionary is the number of the record.

    >>> [table.id for table in tables()]
    ['reports', 'cells', 'items', 'checks', 'claims', 'derived', 'reviews', 'sections', 'lines', \
'corrections', 'dictionary']
    >>> [column.id for column in named("items").columns][:5]
    ['report', 'id', 'organization', 'year', 'kind']
    """

    id: str
    zh: str
    description: str
    description_zh: str
    columns: tuple[Column, ...]

    def title(self, headers: Headers) -> str:
        """Return the table's name in a language."""
        return self.zh if headers == "zh" else self.id

    def headers(self, headers: Headers) -> list[str]:
        """Return the header of each column in a language."""
        return [column.header(headers) for column in self.columns]


@cache
def tables() -> tuple[Table, ...]:
    """Return every table, in the order in which people look for them."""
    data = knowledge("tables")
    return tuple(_table(table) for table in data["table"])


@cache
def named(id: str) -> Table:
    """Return a table by its id; raises KeyError if there is none."""
    return {table.id: table for table in tables()}[id]


@cache
def words(name: str) -> dict[str, str]:
    """Return the Chinese words for the codes of columns, by the name that `Column.words` gives.

    >>> words("outcomes")["holds"]
    '成立'
    """
    chinese: dict[str, str] = knowledge("tables")["words"][name]
    return chinese


@cache
def form_cells() -> tuple[str, ...]:
    """Return the id of every cell of any edition, in the order of the columns of the table of reports.

    >>> form_cells()[0], len(form_cells())
    ('disclosure.regulations.issued', 226)
    """
    return tuple(column.cell for column in named(REPORTS).columns if column.cell)


def dictionary() -> list[Row]:
    """Return the rows of the data dictionary: every column of every table."""
    return [_explained(table.id, column) for table in tables() for column in table.columns]


def _explained(table: str, column: Column) -> Row:
    return (
        table,
        column.id,
        column.zh,
        column.type,
        column.cell,
        ", ".join(column.forms) or None,
        column.unit,
        column.description,
        column.description_zh,
    )


def _table(data: dict[str, Any]) -> Table:
    columns = [Column(**column) for column in data.pop("columns")]
    if data["id"] == REPORTS:
        columns += _form_columns()
    return Table(**data, columns=tuple(columns))


def _form_columns() -> Iterator[Column]:
    """Yield a column for every cell of any edition: the latest edition's first, in its order."""
    latest_first = forms.editions()[::-1]
    printed_as: dict[str, tuple[forms.Table, forms.Row, forms.Column]] = {}
    editions: dict[str, list[str]] = {}
    for latest_table in latest_first[0].tables:
        for form in latest_first:
            table = form.table(latest_table.id)
            for row in table.rows:
                for column in row.columns:
                    cell = f"{table.id}.{row.id}.{column}"
                    printed_as.setdefault(cell, (table, row, table.column[column]))
                    editions.setdefault(cell, []).append(form.edition)
    for cell, (table, row, form_column) in printed_as.items():
        yield _form_column(cell, table, row, form_column, tuple(sorted(editions[cell])))


def _form_column(
    cell: str, table: forms.Table, row: forms.Row, column: forms.Column, editions: tuple[str, ...]
) -> Column:
    labels = [label for label in (table.title, row.group, row.label, column.label) if label]
    return Column(
        cell.replace(".", "__"),
        "number" if column.unit else "integer",
        "／".join(labels),
        f"Cell {cell} of the form; empty where no number is printed.",
        f"表样单元格 {cell}；没有印出数字的为空。",
        cell,
        editions,
        column.unit,
    )
