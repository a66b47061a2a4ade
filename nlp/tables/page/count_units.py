"""What headers say of the numbers of columns that count: thousands of what they count, decreases, shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from nlp.form.form import Column, Table
from nlp.form.labels.normalised import key, label_key
from nlp.tables.page.tokens import Kind, Token, is_in_brackets
from nlp.text.cells import COUNTED, COUNTER, DECREASES, SHARES

_IN_BRACKETS = re.compile(r"\([^()]*\)?$|/.*$")
NO_COUNT = "?"
"""Stands for the unit of a column whose header says two, or that its numbers are none of the form's."""


def count_units_of(
    table: Table, tokens: Sequence[Token], labels: Mapping[str, tuple[int, int]]
) -> dict[tuple[str, str], str]:
    """Return, by row and column, how many one of a column's numbers is (千, 万), where its header says so.

    It stands in the row's own label, else in the texts above it, which hold for the rows below as well, up to
    the next ones. `NO_COUNT` is said of columns of changes that are decreases, or shares of a whole. `labels`
    maps each row to the places of its label's first and last token.
    """
    units: dict[tuple[str, str], str] = {}
    above: list[str] = []
    start = 0
    for row, (first, last) in sorted(labels.items(), key=lambda label: label[1]):
        own = _texts(tokens, range(first, last + 1 + _has_unit_behind(tokens, last)))
        values = [at for at in range(start, first) if tokens[at].kind is Kind.VALUE]
        texts = _texts(tokens, range(max([start, *(at + 1 for at in values)]), first))
        if _multiples_in(texts) or not all(map(is_in_brackets, texts)):
            above = texts
        of_row = _multiples_in(own) or _multiples_in(_without_columns(above, table))
        for column in (table.column[id] for id in table.row[row].columns):
            multiples = of_row or _multiples_in(_of_column(above, column))
            if column.unit is None and multiples:
                units[row, column.id] = next(iter(multiples)) if len(multiples) == 1 else NO_COUNT
            if column.signed and any(map(_is_no_change, above)):
                units[row, column.id] = NO_COUNT
        start = last + 1
    return units


def _of_column(texts: Iterable[str], column: Column) -> list[str]:
    """Return the words of headers that name a column, with a unit behind the name."""
    return [word for text in texts for word in text.split() if _names(word, column)]


def _without_columns(texts: Iterable[str], table: Table) -> list[str]:
    """Return the words of texts that name no column: what they say is said of all of a row's columns."""
    words = [word for text in texts for word in text.split()]
    return [word for word in words if not any(_names(word, column) for column in table.columns)]


def _names(word: str, column: Column) -> bool:
    """Return whether a word is the name of a column, a unit in brackets behind it or not."""
    return key(_IN_BRACKETS.sub("", word)) in _labels_of(column)


@cache
def _labels_of(column: Column) -> frozenset[str]:
    """Return the normalised spellings of a column's label."""
    return frozenset(map(label_key, column.spellings))


def _texts(tokens: Sequence[Token], places: Iterable[int]) -> list[str]:
    return [tokens[at].text for at in places if tokens[at].kind is Kind.TEXT]


def _has_unit_behind(tokens: Sequence[Token], label: int) -> bool:
    """Return whether a text in brackets stands behind a label: `行政许可 (万件)`."""
    behind = tokens[label + 1 : label + 2]
    return bool(behind) and behind[0].kind is Kind.TEXT and behind[0].text.startswith("(")


def _multiples_in(texts: Iterable[str]) -> set[str]:
    """Return the multiples of a counter that texts name as a unit.

    >>> [_multiples_in([text]) for text in ("处理决定数量(千件)", "第(六)项(单位:万件)", "数量(件)")]
    [{'千'}, {'万'}, set()]
    """
    joined = "".join("".join(text.split()) for text in texts)
    return {multiple for match in _pattern().finditer(joined) for multiple in match.groups() if multiple}


@cache
def _pattern() -> re.Pattern[str]:
    unit = rf"({'|'.join(COUNTED)}){COUNTER}"
    return re.compile(rf"单位(?:为|是)?:?\(?{unit}|\({unit}\)|[量数]/{unit}")


def _is_no_change(header: str) -> bool:
    """Return whether a header says that its numbers are decreases alone, or shares.

    >>> [_is_no_change(text) for text in ("本年增/减", "较上年减少", "本年增/减(%)", "本年增加或减少")]
    [False, True, True, False]
    """
    is_decrease = any(word in header for word in DECREASES) and "增" not in header
    return is_decrease or any(word in header for word in SHARES)
