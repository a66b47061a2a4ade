"""Runs of tokens that may be the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.tables.page.tokens import Kind, Token

CELL_KINDS = (Kind.VALUE, Kind.PLACEHOLDER)
"""What fills a cell: a value, or the mark of a blank one."""
Run = tuple[Token, ...]


def numbers_of(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that fill a cell among some tokens."""
    return [token for token in tokens if token.kind in CELL_KINDS]


def numbers_in(run: Run) -> int:
    """Count the tokens of a run that fill a cell."""
    return sum([token.kind is not Kind.EMPTY for token in run])


def texts(run: Run) -> list[str]:
    """Return what fills the cells of a run, as it is printed."""
    return [token.text for token in numbers_of(run)]
