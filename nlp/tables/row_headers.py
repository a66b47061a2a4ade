"""Tells the columns of values that stand right under their own headers, in the table of one row (四)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nlp.tables.boxes import named
from nlp.tables.keys import key
from nlp.tables.lexicon import Lexicon
from nlp.tables.tokens import Kind, Token


def columns_told(tokens: Sequence[Token], lexicon: Lexicon) -> list[int | None]:
    """Return for each value the place of its column, None where more headers or values stand together.

    Headers side by side are read line by line, in whatever order their lines begin.
    """
    told: list[int | None] = []
    headers: tuple[int, ...] = ()
    shown = (token for token in tokens if token.kind is not Kind.EMPTY)
    for is_text, run in groupby(shown, key=lambda token: token.kind is Kind.TEXT):
        if is_text:
            headers = named([key(token.text) for token in run], lexicon)
        else:
            values = len(list(run))
            told += headers if len(headers) == values == 1 else [None] * values
    return told
