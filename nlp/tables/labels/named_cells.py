"""Takes the columns' names from before the numbers of a table: `自然人：5` says the column of its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import whole_column
from nlp.tables.page.named_numbers import column_said
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token

_SOME = 3
"""From so many numbers with names on a table is written so."""
Place = tuple[int, int]
"""The line of a token, and where on it the token begins."""


class NamedCells(Struct, frozen=True):
    """The tokens of a table whose cells say their columns, without these names.

    `columns` are the ids of the columns so named, by the places of the cells; `kept` are the places that the
    tokens have among all.
    """

    tokens: list[Token]
    columns: Mapping[Place, str]
    kept: Sequence[int]


def named_cells(tokens: Sequence[Token], lexicon: Lexicon) -> NamedCells | None:
    """Return the cells of a table most of whose numbers have the names of their columns before them.

    A name that no number follows is that of a blank cell; a number on the line below follows it where all
    stand so. None where fewer have names.
    """
    said = [_column(column_said(token), lexicon) for token in tokens]
    if len(said) - said.count(None) < _SOME:
        return None
    are_below = not any(
        column is not None and cell.kind in CELL_KINDS and cell.line == name.line
        for column, (name, cell) in zip(said, pairwise(tokens), strict=False)
    )
    kept: list[int] = []
    cells: list[Token] = []
    columns: dict[Place, str] = {}
    unnamed = 0
    at = 0
    while at < len(tokens):
        token, column = tokens[at], said[at]
        if column is None:
            unnamed += bool(columns) and token.kind in CELL_KINDS
            cells.append(token)
        else:
            behind = tokens[at + 1] if at + 1 < len(tokens) else token
            at += _is_cell_of(behind, token, are_below)
            cell = _blank(token) if tokens[at] is token else behind
            columns[cell.line, cell.start] = column
            cells.append(cell)
        kept.append(at)
        at += 1
    if len(columns) < _SOME or unnamed >= len(columns):
        return None
    return NamedCells(cells, columns, kept)


def _is_cell_of(token: Token, name: Token, may_be_below: bool) -> bool:
    """Return whether the token behind a name is a number or placeholder, or the rest of the name's cell."""
    is_there = token.line == name.line or may_be_below
    return is_there and (token.kind in CELL_KINDS or (token.kind is Kind.EMPTY and token.cell == name.cell))


def _column(name: str, lexicon: Lexicon) -> str | None:
    """Return the id of the column that a name is, however short; None for no name of a column."""
    if not name:
        return None
    return whole_column(name, lexicon) or lexicon.columns.get(key(name))


def _blank(name: Token) -> Token:
    """Return the empty cell behind a name."""
    return structs.replace(name, kind=Kind.EMPTY, start=name.end, text="")
