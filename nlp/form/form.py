"""The editions of the official form: tables, rows, columns and sums, loaded from data/forms/*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Container, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from nlp.form.sums import Equation
from nlp.resources import folder


class Column(Struct, frozen=True):
    """A column of a table.

    `label` is its official label, `also` are other spellings of it, `words` what headers call it that is too
    short or too common to tell a label by; `unit` is the unit of its values where they are money, else None;
    `signed` columns may hold negative values.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unit: str | None = None
    signed: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The official label and its other spellings."""
        return (self.label, *self.also)


class Row(Struct, frozen=True):
    """A row of a table.

    - `label`, `also`: its official label and other spellings of it.
    - `columns`: the ids of the columns in which it has cells.
    - `group`: the label of the group that it belongs to; None where it is in no group.
    - `optional`: it is part of a record only where a document prints it.
    - `stands_for`: the rows that it replaces where it is printed.
    - `may_be_left_out`: agencies to which it cannot apply do not print it: few may make 规章.
    """

    id: str
    label: str
    columns: tuple[str, ...]
    also: tuple[str, ...] = ()
    group: str | None = None
    optional: bool = False
    stands_for: tuple[str, ...] = ()
    may_be_left_out: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The official label and its other spellings."""
        return (self.label, *self.also)


class Over(Struct, frozen=True):
    """A header over several columns, by their ids: 法人或其他组织 stands over five kinds of applicants."""

    label: str
    columns: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.label, *self.also)


class Relation(Struct, frozen=True):
    """A sum of the form: the cells of `left` add up to as much as those of `right`.

    Both sides are ids of columns for a sum over each row, of rows for one over each column; `rule` is the
    sum as the form's file states it.
    """

    id: str
    rule: str
    left: tuple[str, ...]
    right: tuple[str, ...]


class Table(Struct, frozen=True, dict=True):
    """One table of an edition, its rows and columns in the official order.

    - `title`: its official title.
    - `groups`: the labels of its groups of rows; `headers`: further labels of its header.
    - `across`: its sums over the columns of each row; `down`: those over the rows of each column.
    - `one_row`: all its values are printed in one row, under the labels of its rows and columns.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    over: tuple[Over, ...] = ()
    across: tuple[Relation, ...] = ()
    down: tuple[Relation, ...] = ()
    one_row: bool = False

    @cached_property
    def column(self) -> dict[str, Column]:
        """The columns by their ids."""
        return {column.id: column for column in self.columns}

    @cached_property
    def row(self) -> dict[str, Row]:
        """The rows by their ids."""
        return {row.id: row for row in self.rows}

    @cached_property
    def total(self) -> str | None:
        """The id of the column that is the sum of all others; None where there is none.

        >>> [table.total for table in named("2021").tables]
        [None, 'total', 'total']
        """
        for relation in self.across:
            if len(relation.left) == 1 and {*relation.left, *relation.right} == {*self.column}:
                return relation.left[0]
        return None

    @cached_property
    def total_place(self) -> int | None:
        """The place of that column among the columns, from 0."""
        return None if self.total is None else [*self.column].index(self.total)

    @cached_property
    def total_end(self) -> int | None:
        """The index of the total among a row's printed values: 0 or -1; None where it is neither."""
        ends = {0: 0, len(self.columns) - 1: -1}
        return None if self.total_place is None else ends.get(self.total_place)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The ids of the columns but the total."""
        return tuple(column for column in self.column if column != self.total)

    @cached_property
    def total_row(self) -> str | None:
        """The id of the row that is the sum of other rows; None where there is none.

        >>> named("2021").table("requests").total_row
        'total'
        """
        for relation in self.down:
            if len(relation.left) == 1:
                return relation.left[0]
        return None

    @property
    def summed_rows(self) -> tuple[str, ...]:
        """The ids of the rows that the total row adds up, optional ones included."""
        for relation in self.down:
            if relation.left == (self.total_row,):
                return relation.right
        return ()

    @cached_property
    def sums_across(self) -> tuple[Equation, ...]:
        """The sums of a row, over its values in the order of the columns."""
        return self.sums_of(tuple(self.column))

    def sums_of(self, columns: Sequence[str]) -> tuple[Equation, ...]:
        """Return the sums of a row over its values in some order of columns; columns left out add nothing.

        >>> named("2021").table("review_litigation").sums_of(["total", "upheld", "corrected"])
        (Equation(left=(0,), right=(1, 2)),)
        """
        places = {column: place for place, column in enumerate(columns)}

        def side(terms: Iterable[str]) -> tuple[int, ...]:
            return tuple(places[column] for column in terms if column in places)

        return tuple(Equation(side(relation.left), side(relation.right)) for relation in self.across)

    def sums_down(self, rows: Sequence[str]) -> list[Equation]:
        """Return the sums of a column, over its values in the rows that a page prints."""
        places = {row: place for place, row in enumerate(rows)}

        def side(terms: Iterable[str]) -> tuple[int, ...]:
            return tuple(places[row] for row in self.printed(terms, places))

        return [Equation(side(relation.left), side(relation.right)) for relation in self.down]

    @cached_property
    def _substitute(self) -> dict[str, str]:
        """The row that may be printed instead of a row."""
        return {replaced: row.id for row in self.rows for replaced in row.stands_for}

    def printed(self, terms: Iterable[str], rows: Container[str]) -> list[str]:
        """Return the rows of a sum as a document prints them, whose printed rows are `rows`.

        A term whose row is not printed is replaced by the printed row that stands for it, or left out.

        >>> named("2021").table("requests").printed(["granted", "other_remaining"], {"granted", "other"})
        ['granted', 'other']
        """
        printed: dict[str, None] = {}
        for term in terms:
            substitute = self._substitute.get(term, term)
            row = substitute if substitute in rows else term
            if row in rows:
                printed[row] = None
        return list(printed)


class Form(Struct, frozen=True):
    """One edition of the official form.

    `notice` is the document that laid it down; it applies to reports on the years from `first_year` to
    `last_year`, None for the edition in force.

    >>> form = for_year(2020)
    >>> form.edition, form.notice
    ('2019', '国办公开办函〔2019〕60号')
    >>> sum(len(row.columns) for table in form.tables for row in table.rows)
    198
    """

    edition: str
    notice: str
    first_year: int
    last_year: int | None
    tables: tuple[Table, ...]

    def table(self, id: str) -> Table:
        """Return the table with an id; raises KeyError where there is none."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)


@cache
def totals() -> frozenset[tuple[str, str]]:
    """Return the total columns of all editions, as (table id, column id)."""
    tables = [table for form in editions() for table in form.tables]
    return frozenset((table.id, table.total) for table in tables if table.total is not None)


@cache
def money_unit() -> str:
    """Return the unit of the form's columns of money, the same in all editions; LookupError where none is.

    >>> money_unit()
    '万元'
    """
    for form in editions():
        for table in form.tables:
            for column in table.columns:
                if column.unit is not None:
                    return column.unit
    raise LookupError("no column of the form holds money")


@cache
def editions() -> tuple[Form, ...]:
    """Return every edition, the oldest first."""
    forms = (_form(path) for path in sorted((folder("data") / "forms").glob("*.toml")))
    return tuple(sorted(forms, key=lambda form: form.first_year))


def for_year(year: int | None) -> Form | None:
    """Return the edition for reports on a year; None for None and for years before the first edition."""
    if year is None:
        return None
    in_force = None
    for form in editions():
        if form.first_year <= year:
            in_force = form
    return in_force


def named(edition: str) -> Form:
    """Return the edition with a name, such as `2021`; raises KeyError where there is none."""
    return {form.edition: form for form in editions()}[edition]


def _form(path: Path) -> Form:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = tuple(_table(table) for table in data["table"])
    return Form(data["edition"], data["notice"], data["first_year"], data.get("last_year"), tables)


def _table(data: dict[str, Any]) -> Table:
    columns = tuple(Column(**_with_tuples(column)) for column in data["columns"])
    column_ids = tuple(column.id for column in columns)
    rows = tuple(Row(**{"columns": column_ids, **_with_tuples(row)}) for row in data["rows"])
    row_ids = tuple(row.id for row in rows)
    return Table(
        id=data["id"],
        title=data["title"],
        columns=columns,
        rows=rows,
        groups=tuple(data["groups"]),
        headers=tuple(data["headers"]),
        over=tuple(Over(**_with_tuples(over)) for over in data.get("over", ())),
        across=tuple(_relation(relation, column_ids) for relation in data.get("across", ())),
        down=tuple(_relation(relation, row_ids) for relation in data.get("down", ())),
        one_row=data.get("one_row", False),
    )


def _relation(data: dict[str, str], ids: tuple[str, ...]) -> Relation:
    left, right = (_terms(side, ids) for side in data["rule"].split(" = "))
    return Relation(data["id"], data["rule"], left, right)


def _terms(side: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids that a side of a sum adds up; `denied_*` stands for all of `ids` that begin so."""
    terms: list[str] = []
    for term in side.split("+"):
        term = term.strip()
        if "*" in term:
            terms += [id for id in ids if fnmatchcase(id, term)]
        else:
            terms.append(term)
    return tuple(terms)


def _with_tuples(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a struct with tuples in place of lists, so that it can be hashed."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
