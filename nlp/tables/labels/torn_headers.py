"""Joins headers that two lines of delimited cells tear: 结果 above 维持."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.on_lines import lines_of
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token


def with_torn_headers_joined(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Return tokens with the halves of a header in the upper one's place; the lower one's cell is empty.

    Two lines tear headers where both have as many delimited cells, none with a number, and the texts of some
    two cells, one above the other, name together a column, a row or a group, but not each for itself.
    """
    joined: list[Token] = []
    upper: list[Token] = []
    for line in lines_of(tokens):
        pairs = _pairs(upper, line)
        if any(_is_torn(one, two, _names(lexicon)) for one, two in pairs):
            joined[len(joined) - len(upper) :] = [_joined(one, two) for one, two in pairs]
            line = [replace(two, kind=Kind.EMPTY, text="") for two in line]
        joined += line
        upper = line
    return joined


@cache
def _names(lexicon: Lexicon) -> frozenset[str]:
    """Return the labels of columns, groups and rows."""
    return frozenset([*lexicon.whole_columns, *lexicon.groups, *lexicon.rows])


def _pairs(upper: Sequence[Token], line: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Return the cells of a line with those above them; none where the lines are not of the same cells."""
    if len(line) < 2 or line[0].cell < 0 or [token.cell for token in line] != [token.cell for token in upper]:
        return []
    if any(token.kind in CELL_KINDS for token in (*upper, *line)):
        return []
    return list(zip(upper, line, strict=True))


def _is_torn(upper: Token, lower: Token, names: Set[str]) -> bool:
    """Return whether two texts name something together, but not each for itself."""
    if not (upper.text and lower.text):
        return False
    labels = key(upper.text), key(lower.text)
    return "".join(labels) in names and not names >= set(labels)


def _joined(upper: Token, lower: Token) -> Token:
    """Return the upper of two cells with the texts of both."""
    if not lower.text:
        return upper
    return replace(upper, kind=Kind.TEXT, text=upper.text + lower.text)
