"""A row whose numbers are to be put into columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from nlp.tables.columns.grid import Grid
from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Token

Holds = Callable[[Sequence[Token | None]], bool | None]
"""Tells whether a row's own sum holds; None where the row has none, or not all its numbers."""


class RowNumbers(Struct, frozen=True):
    """A row: its label's last token, the tokens of its cells, how many columns it has.

    `printed` are the values and placeholders among the tokens. `grid` tells where the values of the table's
    full rows stand, `holds` whether the row's own sum does.
    """

    label: Token
    run: Run
    printed: list[Token]
    width: int
    grid: Grid
    holds: Holds

    def with_run(self, run: Sequence[Token]) -> RowNumbers:
        """Return the row with other tokens for its cells."""
        return RowNumbers(self.label, tuple(run), printed_of(run), self.width, self.grid, self.holds)


def printed_of(run: Sequence[Token]) -> list[Token]:
    """Return the values and placeholders among some tokens."""
    return [token for token in run if token.kind in CELL_KINDS]
