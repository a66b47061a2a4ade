"""Tells the columns of values that stand right under their own headers, in the table of one row (四)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.tables.boxes import named
from nlp.tables.keys import key
from nlp.tables.lexicon import Lexicon
from nlp.tables.placing import FILLINGS
from nlp.tables.tokens import Kind, Token


def columns_told(tokens: Sequence[Token], lexicon: Lexicon) -> list[int | None]:
    """Return for each value the place of its column, None where more headers or values stand together.

    Headers side by side are read line by line, in whatever order their lines begin.
    """
    told: list[int | None] = []
    for headers, values in _runs(tokens):
        columns = named([key(token.text) for token in headers], lexicon)
        told += columns if len(columns) == len(values) == 1 else [None] * len(values)
    return told


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield the texts and the values that follow them, up to the next text."""
    headers: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if token.kind is Kind.TEXT:
            if values:
                yield headers, values
                headers, values = [], []
            headers.append(token)
        elif token.kind in FILLINGS:
            values.append(token)
    if values:
        yield headers, values
