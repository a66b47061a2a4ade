"""The form's sums over the columns of a collection, by edition and the rows that a report prints."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from nlp.form import form as forms
from nlp.form.form import Relation, Table
from nlp.writers.tables import form_cells


class CellSum(Struct, frozen=True):
    """A sum over columns of a collection: the cells `left` come to as much as the cells `right`."""

    table: str
    left: tuple[int, ...]
    right: tuple[int, ...]


@cache
def optional_cells(edition: str) -> dict[str, tuple[int, ...]]:
    """Return the columns of each row (`table.row`) that an edition prints only sometimes."""
    place = _places()
    return {
        f"{table.id}.{row.id}": tuple(place[f"{table.id}.{row.id}.{column}"] for column in row.columns)
        for table in forms.named(edition).tables
        for row in table.rows
        if row.optional
    }


@cache
def sums(edition: str, optional: frozenset[str] = frozenset()) -> tuple[CellSum, ...]:
    """Return the sums of an edition for reports that print the rows `optional` (`table.row`) as well.

    >>> len(sums("2021")), len(sums("2019"))
    (42, 40)
    """
    return tuple(
        found
        for table in forms.named(edition).tables
        for found in _sums(table, _printed_rows(table, optional), _places())
    )


def is_summed(cell: int) -> bool:
    """Return whether a column of a collection stands in sums of some edition of the form.

    >>> places = list(form_cells())
    >>> [is_summed(places.index(cell)) for cell in ("requests.total.total", "disclosure.fees.amount")]
    [True, False]
    """
    return cell in _summed()


@cache
def _summed() -> frozenset[int]:
    return frozenset(
        cell
        for form in forms.editions()
        for equation in sums(form.edition)
        for cell in equation.left + equation.right
    )


@cache
def _places() -> dict[str, int]:
    return {cell: n for n, cell in enumerate(form_cells())}


def _printed_rows(table: Table, optional: Names[str]) -> list[str]:
    return [row.id for row in table.rows if not row.optional or f"{table.id}.{row.id}" in optional]


def _sums(table: Table, rows: list[str], place: Mapping[str, int]) -> Iterator[CellSum]:
    for relation in table.across:
        for row in rows:
            sides = (
                tuple(place[f"{table.id}.{row}.{column}"] for column in side) for side in _sides(relation)
            )
            yield CellSum(table.id, *sides)
    for relation in table.down:
        for column in table.columns:
            sides = (
                tuple(place[f"{table.id}.{row}.{column.id}"] for row in table.printed(side, rows))
                for side in _sides(relation)
            )
            yield CellSum(table.id, *sides)


def _sides(relation: Relation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return relation.left, relation.right
