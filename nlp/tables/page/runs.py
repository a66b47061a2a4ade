"""Runs of tokens that may be the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from nlp.tables.page.tokens import Kind, Token

CELL_KINDS = (Kind.VALUE, Kind.PLACEHOLDER)
"""What fills a cell: a value, or the mark of a blank one."""
Run = tuple[Token, ...]


def numbers_of(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that fill a cell among some tokens."""
    return [token for token in tokens if token.kind in CELL_KINDS]


def labels_of(tokens: Iterable[Token]) -> list[Token]:
    """Return the label texts among some tokens."""
    return [token for token in tokens if token.kind is Kind.TEXT]


def cells_of(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that are no label texts: what fills cells, and empty cells."""
    return [token for token in tokens if token.kind is not Kind.TEXT]


def before_texts(tokens: Iterable[Token]) -> list[Token]:
    """Return the cells among some tokens up to the first text."""
    return list(takewhile(lambda token: token.kind is not Kind.TEXT, tokens))


def before_numbers(tokens: Iterable[Token]) -> list[Token]:
    """Return the labels and empty cells among some tokens up to the first number or placeholder."""
    return list(takewhile(lambda token: token.kind not in CELL_KINDS, tokens))


def by_turns(tokens: Iterable[Token]) -> Iterator[Run]:
    """Yield labels and cells by turns, as many of each as stand together."""
    return (tuple(run) for _, run in groupby(tokens, key=lambda token: token.kind is Kind.TEXT))


def numbers_in(run: Run) -> int:
    """Count the tokens of a run that fill a cell."""
    return sum([token.kind is not Kind.EMPTY for token in run])


def texts(run: Run) -> list[str]:
    """Return what fills the cells of a run, as it is printed."""
    return [token.text for token in numbers_of(run)]
