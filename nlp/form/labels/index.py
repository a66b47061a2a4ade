"""The label index: which table a label belongs to, and which tables are printed in one row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import label_key, parts
from nlp.text.cells import PLACEHOLDERS


@cache
def owners() -> dict[str, str]:
    """Return the id of the table by each normalised label that only one table has, in any edition."""
    tables_with: dict[str, set[str]] = {}
    for form in forms.editions():
        for table in form.tables:
            for label in _labels(lexicon(form.edition, table.id)):
                tables_with.setdefault(label, set()).add(table.id)
    return {label: tables.pop() for label, tables in tables_with.items() if len(tables) == 1}


def owned(folded: str) -> str:
    """Return the normalised label, with its enumerator or without, that one table alone has; else nothing.

    >>> owned("(七)总计"), owned("1.属于国家秘密"), owned("总计")
    ('七总计', '属于国家秘密', '')
    """
    enumerator, label = parts(folded)
    return next((known for known in (label, enumerator + label) if known in owners()), "")


def owner(folded: str) -> str | None:
    """Return the id of the table that alone has a folded label; None where there is none.

    >>> owner("(七)总计"), owner("总计")
    ('requests', None)
    """
    return owners().get(owned(folded))


def _labels(table_lexicon: Lexicon) -> Iterator[str]:
    """Yield the normalised labels of a table, those of rows with and without their enumerators: (七)总计."""
    yield from table_lexicon.own
    for label, row in table_lexicon.rows.items():
        enumerator = table_lexicon.enumerators[row]
        if enumerator:
            yield enumerator + label


@cache
def in_one_row() -> dict[str, int]:
    """Return the number of cells of each table that is printed in one row, by its id."""
    cells = {}
    for form in forms.editions():
        for table in form.tables:
            if table.one_row:
                cells[table.id] = len(table.rows) * len(table.columns)
    return cells


@cache
def openings_like_placeholders() -> frozenset[str]:
    """Return the placeholders with which the label of a group begins, in any edition: 无 of 无法提供.

    >>> openings_like_placeholders()
    frozenset({'无'})
    """
    tables = [table for form in forms.editions() for table in form.tables]
    groups = [label_key(group) for table in tables for group in table.groups]
    return frozenset(word for word in PLACEHOLDERS for group in groups if group.startswith(word))
