"""Reads the lines of a page on which nothing parts the cells of a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.tables.page.glued_labels import parted
from nlp.tables.page.tokens import Kind, Token

_STUCK = 3
"""From so many rows on whose cells stick to their labels, and no fewer than others, a page is glued."""


def read_anew(read: Sequence[Sequence[Token]]) -> list[Sequence[Token]] | None:
    """Return the tokens of each line, its cells parted from its label; None where no page is glued."""
    return [_apart(found) for found in read] if _is_unsegmented(read) else None


def _is_unsegmented(read: Iterable[Sequence[Token]]) -> bool:
    """Tell whether the cells of most rows on a page stick to their labels, and to each other."""
    rows = [found for found in read if len(found) > 1 and found[-1].kind is Kind.VALUE]
    stuck = sum([found[-1].start == found[-2].end and len(found[-1].text) > 1 for found in rows])
    return stuck >= _STUCK and 2 * stuck >= len(rows)


def _apart(found: Sequence[Token]) -> list[Token]:
    apart: list[Token] = []
    for token in found:
        if token.kind is Kind.TEXT:
            apart += parted(token)
        else:
            apart.append(token)
    return apart
