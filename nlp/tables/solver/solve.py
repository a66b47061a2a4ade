"""Solves a table: from the stream of its numbers to the cells that are certain."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form.form import Table
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import frame
from nlp.tables.solver.stream import Stream
from nlp.tables.solver.telling import Solution, told

_MOST_SURPLUS = 6
"""A stream with more numbers than cells by more than this is not of this table alone."""


def solve(stream: Stream, table: Table, rows: Sequence[str]) -> Solution | None:
    """Return how a stream fills the rows of a table that a page prints; None where it cannot."""
    grid = frame(table, rows)
    surplus = len(stream.numbers) - grid.width * grid.height
    if not 0 <= surplus <= _MOST_SURPLUS:
        return None
    search = Search(stream, grid)
    return told(search.best(), stream, grid)
