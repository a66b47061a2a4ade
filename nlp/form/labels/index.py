"""Knows which table alone has a label, and which tables are one row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import label_key
from nlp.text.cells import PLACEHOLDERS


@cache
def owners() -> dict[str, str]:
    """Map each key that one table alone has, in any edition, to that table."""
    tables: dict[str, set[str]] = {}
    for form in forms.editions():
        for table in form.tables:
            for known in _labels(lexicon(form.edition, table.id)):
                tables.setdefault(known, set()).add(table.id)
    return {known: ids.pop() for known, ids in tables.items() if len(ids) == 1}


def _labels(known: Lexicon) -> Iterator[str]:
    """Yield the keys of a table's labels; those of its rows with their enumerators, too: (七)总计."""
    yield from known.own
    yield from (known.enumerators[row] + label for label, row in known.rows.items() if known.enumerators[row])


@cache
def in_one_row() -> dict[str, int]:
    """Map each table that is one row to the number of its cells."""
    known = (table for form in forms.editions() for table in form.tables if table.one_row)
    return {table.id: len(table.rows) * len(table.columns) for table in known}


@cache
def openings_like_placeholders() -> frozenset[str]:
    """Return the placeholders with which the label of a group begins, in any edition: 无 of 无法提供.

    >>> openings_like_placeholders()
    frozenset({'无'})
    """
    tables = [table for form in forms.editions() for table in form.tables]
    groups = [label_key(group) for table in tables for group in table.groups]
    return frozenset(word for word in PLACEHOLDERS for group in groups if group.startswith(word))
