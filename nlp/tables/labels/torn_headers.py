"""Joins headers that lines of delimited cells tear: 结果 above 维持."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import chain, groupby, pairwise
from operator import itemgetter

from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.on_lines import lines_of
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Kind, Token

_HIGHEST = 4
"""A header is torn over so many lines at most."""
_Line = list[Token]


def with_torn_headers_joined(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Return tokens with the pieces of a header in the uppermost one's place; the others' cells are empty.

    Lines tear headers where all have as many delimited cells, none with a number, and the texts of some
    cells, one above the other, name together a column, a row or a group, but not each for itself.
    """
    if all(token.cell < 0 for token in tokens):
        return list(tokens)
    lines = list(lines_of(tokens))
    cells = [_cells(line) for line in lines]
    if not any(len(one) > 1 and one == two for one, two in pairwise(cells)):
        return list(tokens)
    joined: list[Token] = []
    for alike, together in groupby(zip(cells, lines, strict=True), key=itemgetter(0)):
        of_header = [line for _, line in together]
        whole = _joined(of_header, _names(lexicon)) if len(alike) > 1 else of_header
        joined += chain.from_iterable(whole)
    return joined


@cache
def _names(lexicon: Lexicon) -> frozenset[str]:
    """Return the labels of columns, groups and rows."""
    return frozenset([*lexicon.whole_columns, *lexicon.groups, *lexicon.rows])


def _cells(line: _Line) -> tuple[int, ...]:
    """Return the delimited cells in which a line has texts alone; none where it has a number."""
    if line[0].cell < 0 or any(token.kind in CELL_KINDS for token in line):
        return ()
    return tuple(token.cell for token in line)


def _joined(lines: Sequence[_Line], names: Set[str]) -> Iterator[_Line]:
    """Yield lines of the same cells, those joined that tear headers."""
    at = 0
    while at < len(lines):
        heights = range(min(_HIGHEST, len(lines) - at), 1, -1)
        torn = (height for height in heights if _tear(lines[at : at + height], names))
        height = next(torn, 1)
        first, *others = lines[at : at + height]
        columns = zip(*lines[at : at + height], strict=True)
        yield [_whole(column) for column in columns] if others else first
        for line in others:
            yield [replace(token, kind=Kind.EMPTY, text="") for token in line]
        at += height


def _tear(lines: Sequence[_Line], names: Set[str]) -> bool:
    """Return whether the texts of some cells name something together, but not each for itself."""
    for column in zip(*lines, strict=True):
        labels = [key(token.text) for token in column]
        if all(labels) and "".join(labels) in names and not names >= set(labels):
            return True
    return False


def _whole(column: Sequence[Token]) -> Token:
    """Return the first of some cells with the texts of all."""
    text = "".join(token.text for token in column)
    return replace(column[0], kind=Kind.TEXT, text=text) if text else column[0]
