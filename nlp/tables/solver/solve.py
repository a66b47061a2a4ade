"""Solves a table: from the stream of its numbers to the cells that are certain."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.form.form import Table
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import frame
from nlp.tables.solver.orders import one_line_orders
from nlp.tables.solver.solution import Solution, agreed
from nlp.tables.solver.splitting import split
from nlp.tables.solver.stream import Stream
from nlp.tables.solver.telling import tell
from nlp.tables.solver.weaving import unwoven

_MOST_SURPLUS = 6
"""A stream with more numbers than cells by more than this is not of this table alone."""
_OPEN = 2
"""So many cells are left open for displaced numbers."""


def solve(stream: Stream, table: Table, rows: Sequence[str], thorough: bool = True) -> Solution | None:
    """Return how a stream fills the rows of a table that a page prints; None where it cannot.

    Where sums are broken it is tried, if `thorough`, whether columns were printed apart and whether cells are
    open for displaced numbers.
    """
    grid = frame(table, rows)
    surplus = len(stream.numbers) - grid.width * grid.height
    if not 0 <= surplus <= _MOST_SURPLUS:
        return None
    extra = {0: [one_line_orders(grid.height, grid.width)]} if table.one_row else {}
    found = [tell(Search(stream, grid, extra).best(), stream, grid)]
    if thorough and _is_broken(found) and table.down and not surplus:
        found += unwoven(stream, grid)
    if thorough and _is_broken(found) and table.down and not surplus:
        found += split(stream, grid)
    if thorough and _is_broken(found):
        found.append(tell(Search(stream, grid, extra, _OPEN).best(), stream, grid))
    solutions = [solution for solution in found if solution is not None]
    return agreed(solutions) if solutions else None


def _is_broken(found: Sequence[Solution | None]) -> bool:
    """Tell whether no solution lets all sums hold."""
    return all(solution is None or solution.broken for solution in found)
