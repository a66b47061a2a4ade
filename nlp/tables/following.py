"""The layout in which each label is followed by its numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from nlp.forms import Table
from nlp.tables.anchors import Anchor, Anchors
from nlp.tables.placing import Placement, Run, priced
from nlp.tables.tokens import Kind, Token


def following(tokens: Sequence[Token], anchors: Anchors, table: Table) -> Placement:
    """Give each row the numbers from its label on to the next label: rows on lines, one cell a line.

    Numbers behind a group's or a column's label, or on the line of a label that is none of the form's,
    are not the row's before it, unless they stand between the halves of a wrapped label.
    """
    strangers = (at for at in anchors.unknown if _has_number(tokens, at))
    barriers = sorted([*anchors.groups, *(at for at, _ in anchors.columns), *strangers])
    rows = anchors.rows
    orphans = _numbers(tokens[: rows[0].first if rows else None])
    pairs: list[tuple[Anchor, Run]] = []
    for row, end in zip(rows, [*(row.first for row in rows[1:]), len(tokens)], strict=False):
        beyond = bisect_right(barriers, row.last)
        stop = min([end, *barriers[beyond : beyond + 1]])
        pairs.append((row, tuple(_numbers(tokens[row.first : stop]))))
        orphans += _numbers(tokens[stop:end])
    return priced("following", pairs, orphans, table)


def _numbers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that are no label texts."""
    return [token for token in tokens if token.kind is not Kind.TEXT]


def _has_number(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number follows a text on its line."""
    after = tokens[at + 1 : at + 2]
    return any(token.kind is Kind.VALUE and token.line == tokens[at].line for token in after)
