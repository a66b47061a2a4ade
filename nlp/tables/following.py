"""The layout in which each label is followed by its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.forms import Table
from nlp.tables.anchors import Anchors
from nlp.tables.placing import Placement, priced
from nlp.tables.tokens import Kind, Token


def following(tokens: Sequence[Token], anchors: Anchors, table: Table) -> Placement:
    """Give each row the numbers from its label on to the next label: rows on lines, one cell a line.

    Numbers behind a group's or a column's label, or on the line of a label that is none of the form's,
    are not the row's before it, unless they stand between the halves of a wrapped label.
    """
    strangers = (at for at in anchors.unknown if _has_number(tokens, at))
    barriers = sorted([*anchors.groups, *(at for at, _ in anchors.columns), *strangers])
    runs: dict[int, list[Token]] = {}
    orphans: list[Token] = []
    owner, next_barrier = -1, 0
    rows = anchors.rows
    for at, token in enumerate(tokens):
        while owner + 1 < len(rows) and rows[owner + 1].first <= at:
            owner += 1
        if token.kind is Kind.TEXT:
            continue
        while next_barrier < len(barriers) and barriers[next_barrier] < at:
            next_barrier += 1
        barred = next_barrier and owner >= 0 and barriers[next_barrier - 1] > rows[owner].last
        if owner < 0 or (barred and at > rows[owner].last):
            orphans.append(token)
        else:
            runs.setdefault(owner, []).append(token)
    pairs = [(anchor, tuple(runs.get(n, ()))) for n, anchor in enumerate(rows)]
    return priced("following", pairs, orphans, table)


def _has_number(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number follows a text on its line."""
    after = tokens[at + 1 : at + 2]
    return any(token.kind is Kind.VALUE and token.line == tokens[at].line for token in after)
