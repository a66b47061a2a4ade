"""Parts the name of a column from the number behind it: `自然人：5`, as pages for telephones print cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import structs

from nlp.form import form as forms
from nlp.form.labels.normalised import key, parts
from nlp.tables.page.brackets import IN_BRACKETS, without_brackets
from nlp.tables.page.glued_labels import row_labels
from nlp.tables.page.odd_numbers import WITH_UNIT
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import PLACEHOLDER, any_of
from nlp.text.folding import fold

COLON = ":"
"""Stands between a name and its number."""
_BETWEEN = " \t,;、"
"""What stands between such pairs on one line."""


def named_numbers(found: Sequence[Token], table: str | None) -> list[Token]:
    """Return tokens, the texts that name columns of a table parted from the numbers behind their colons.

    Such a name keeps its colon; it begins its text, or stands behind another pair or a row's whole label.
    `table` is the id of the form's table, None for any of them.

    >>> from nlp.tables.page.tokens import tokens
    >>> from nlp.text.lines import split
    >>> read = tokens(split("自然人：5　其他：/")[0])
    >>> [(token.kind.value, token.text) for token in named_numbers(read, "requests")]
    [('text', '自然人:'), ('value', '5'), ('text', '其他:'), ('placeholder', '/')]
    """
    if not any(token.kind is Kind.TEXT and COLON in token.text for token in found):
        return list(found)
    parted: list[Token] = []
    for token in found:
        parted += _parted(token, table) if token.kind is Kind.TEXT and COLON in token.text else [token]
    return parted


def column_said(token: Token) -> str:
    """Return the name of a column that a text says before a number, with its colon; empty for other texts."""
    if token.kind is not Kind.TEXT or not token.text.endswith(COLON) or parts(token.text)[0]:
        return ""
    return token.text.removesuffix(COLON)


def _parted(token: Token, table: str | None) -> Iterator[Token]:
    """Yield the names, the numbers behind them, and the row's label that goes before, of a text."""
    text, start = token.text, 0
    for pair in _pair(table).finditer(text):
        before = text[start : pair.start()].strip(_BETWEEN)
        if before and key(before) not in row_labels(table):
            continue
        yield from _piece(token, start, pair.start(), Kind.TEXT)
        yield from _piece(token, pair.start(), pair.end("name"), Kind.TEXT)
        if pair["value"]:
            yield from _piece(token, *pair.span("value"), Kind.VALUE)
        elif pair["blank"]:
            yield from _piece(token, *pair.span("blank"), Kind.PLACEHOLDER)
        start = pair.end()
    yield from _piece(token, start, len(text), Kind.TEXT)


def _piece(token: Token, start: int, end: int, kind: Kind) -> Iterator[Token]:
    """Yield a part of a text, without what stands between pairs; nothing where nothing else is left."""
    text = token.text[start:end]
    start += len(text) - len(text.lstrip(_BETWEEN))
    text = text.strip(_BETWEEN)
    if text:
        start += token.start
        yield structs.replace(token, kind=kind, start=start, end=start + len(text), text=text)


@cache
def _pair(table: str | None) -> re.Pattern[str]:
    """Return what finds the names of a table's columns with their colons, and the number behind one."""
    tables = [one for form in forms.editions() for one in form.tables if table in (None, one.id)]
    columns = (column for one in tables for column in one.columns)
    spelled = (name for column in columns for name in (*column.spellings, *column.words))
    names = {without_brackets(fold(name)) for name in spelled}
    value = rf"(?P<value>{WITH_UNIT})|(?P<blank>{PLACEHOLDER})"
    name = rf"(?P<name>{any_of(names)}(?:{IN_BRACKETS.pattern})?\s*{COLON})"
    return re.compile(rf"{name}(?:\s*(?:{value})(?=[{_BETWEEN}(]|$)|(?=\s*$))")
