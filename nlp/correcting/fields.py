"""Names what a correction can be about: a cell, a fact, a list of items, an item, a section, a reason."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from nlp.form import form as forms
from nlp.resources import knowledge

FACTS = ("organization", "year", "form")
"""The fields of a record that hold one value."""
LISTS = ("problems", "improvements")
"""The fields of a record that hold items."""

Kind = Literal["cell", "fact", "list", "item", "section", "reason"]

_ITEM = re.compile(r"(problems|improvements)\.(0|[1-9]\d{0,3})")
_SECTION = re.compile(r"sections((?:\.[a-z_]+(?:-[1-9]\d{0,2})?)+)")
_REASON = re.compile(r"review\.([a-z_]+)(?:\.[a-z_]+)?")


class BadField(ValueError):
    """A name of no field; the message says what is wrong with it."""


class Field(NamedTuple):
    """What a correction is about.

    `name` is the id of a cell without `tables.`, the name of a fact or a list, the key of a section without
    `sections.` or of a reason without `review.`; of an item it is its list, and `position` its place in it.
    """

    kind: Kind
    name: str
    position: int = 0


@cache
def parsed(field: str) -> Field:
    """Return what a field's name stands for; raises BadField.

    >>> parsed("tables.requests.total.natural_person")
    Field(kind='cell', name='requests.total.natural_person', position=0)
    >>> parsed("problems.2"), parsed("sections.overview.platforms").name
    (Field(kind='item', name='problems', position=2), 'overview.platforms')
    """
    if field in FACTS:
        return Field("fact", field)
    if field in LISTS:
        return Field("list", field)
    if item := _ITEM.fullmatch(field):
        return Field("item", item[1], int(item[2]))
    if section := _SECTION.fullmatch(field):
        return Field("section", section[1].removeprefix("."))
    table, _, cell = field.partition(".")
    if table == "tables":
        if cell not in _cells():
            raise BadField(f"no edition of the form has a cell “{cell}”")
        return Field("cell", cell)
    if (reason := _REASON.fullmatch(field)) and reason[1] in knowledge("reviews"):
        return Field("reason", field.removeprefix("review."))
    raise BadField(f"there is no field “{field}”; docs/corrections.md lists those that there are")


def cell_field(cell: str) -> str:
    """Return the field of the cell `table.row.column`.

    >>> cell_field("requests.total.natural_person")
    'tables.requests.total.natural_person'
    """
    return f"tables.{cell}"


@cache
def _cells() -> frozenset[str]:
    """Return the id of every cell of every edition."""
    return frozenset(
        f"{table.id}.{row.id}.{column}"
        for form in forms.editions()
        for table in form.tables
        for row in table.rows
        for column in row.columns
    )
