"""Solves a table: from the stream of its numbers to the cells that are certain."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form.form import Table
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import frame
from nlp.tables.solver.orders import one_line_orders
from nlp.tables.solver.stream import Stream
from nlp.tables.solver.telling import Solution, told

_MOST_SURPLUS = 6
"""A stream with more numbers than cells by more than this is not of this table alone."""
_OPEN = 2
"""So many cells are left open for displaced numbers."""


def solve(stream: Stream, table: Table, rows: Sequence[str]) -> Solution | None:
    """Return how a stream fills the rows of a table that a page prints; None where it cannot.

    Cells are left open for displaced numbers only where sums are broken without that.
    """
    grid = frame(table, rows)
    surplus = len(stream.numbers) - grid.width * grid.height
    if not 0 <= surplus <= _MOST_SURPLUS:
        return None
    extra = {0: [one_line_orders(grid.height, grid.width)]} if table.one_row else {}
    found = told(Search(stream, grid, extra).best(), stream, grid)
    if found is not None and not found.broken:
        return found
    other = told(Search(stream, grid, extra, _OPEN).best(), stream, grid)
    if found is None or (other is not None and other.price < found.price):
        return other
    return found
