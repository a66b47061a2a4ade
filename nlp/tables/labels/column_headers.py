"""Tells the columns of values that stand under their own headers, in the table of one row (四)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.page.tokens import Kind, Token

Columns = tuple[int, ...]


def columns_of_values(tokens: Sequence[Token], lexicon: Lexicon) -> list[Columns]:
    """Return for each value the places of the columns that it may have: none where that is not told.

    As many values as headers before them stand in these headers' order. Where that is not the form's, and
    the headers do not stand side by side, each may be any of them: pdfminer turns them around.
    """
    columns_of: list[Columns] = []
    headers: list[Token] = []
    for run in runs(tokens):
        if run[0].kind is Kind.TEXT:
            headers = run
        else:
            columns_of += _columns_under(headers, len(run), lexicon)
    return columns_of


def runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield labels and values by turns, as many of each as stand together."""
    shown = (token for token in tokens if token.kind is not Kind.EMPTY)
    return (list(run) for _, run in groupby(shown, key=lambda token: token.kind is Kind.TEXT))


def _columns_under(headers: Sequence[Token], values: int, lexicon: Lexicon) -> Sequence[Columns]:
    """Return the columns that each of so many values may have, given the headers before them."""
    untold: list[Columns] = [()] * values
    by_line = groupby(headers, key=lambda header: header.line)
    texts = [" ".join(token.text for token in line) for _, line in by_line]
    lines = [list(_columns(text, lexicon)) for text in texts]
    named = [column for line in lines for column in line]
    if len(named) != values:
        return untold
    width = len(lexicon.table.columns)
    once = len(set(named)) == len(named)
    if any(" " in text for text in texts):
        groups = 1 if once else values // width
        columns = sorted(set(named))
        every_column = sorted(named) == sorted(columns * groups)
        if every_column and all(_go_on(line, width) for line in lines):
            return [(column,) for column in columns] * groups
        return untold
    if _go_on(named, width):
        return [(column,) for column in named]
    return [tuple(named)] * values if once else untold


def _go_on(columns: Sequence[int], width: int) -> bool:
    """Tell whether columns stand in the order of the form, a new group beginning behind the last one."""
    return all(one < two or one == width - 1 for one, two in pairwise(columns))


def _columns(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Yield the columns whose labels end in a text, its rows' labels left out."""
    ends = _ends(lexicon)
    known = key(text)
    for label in sorted(lexicon.rows, key=len, reverse=True):
        known = known.replace(label, "")
    return (ends[character] for character in known if character in ends)


@cache
def _ends(lexicon: Lexicon) -> dict[str, int]:
    """Map the last character of each spelling that no other column's has to its column: 持, 正, 他, 审, 计.

    A header's label may be broken anywhere; of these characters it has just one.
    """
    columns = [[key(spelling) for spelling in column.spellings] for column in lexicon.table.columns]
    return {
        next(one for one in reversed(spelling) if one not in _others(columns, n)): n
        for n, spellings in enumerate(columns)
        for spelling in spellings
    }


def _others(columns: Sequence[Sequence[str]], n: int) -> str:
    return "".join(spelling for m, spellings in enumerate(columns) if m != n for spelling in spellings)
