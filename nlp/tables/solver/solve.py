"""Solves a table: from the stream of its numbers to the cells that are certain."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import Frame, frame
from nlp.tables.solver.lanes import lanes
from nlp.tables.solver.orders import one_line_orders
from nlp.tables.solver.skyline import ways
from nlp.tables.solver.skyline_telling import tell_boxes
from nlp.tables.solver.solution import Solution, agreed, with_told_by
from nlp.tables.solver.stream import Gap, Stream
from nlp.tables.solver.telling import tell
from nlp.tables.solver.weaving import unwoven

_MOST_SURPLUS, _MOST_BLANKS = 6, 12
"""A stream with more numbers than cells, or more cells than numbers, by more than this is of other tables."""
_OPEN = 2
"""So many cells are left open for displaced numbers."""
_BREADTH, _WIDE = 60, 120
"""So many states are followed in the search for boxes; so many where cells are blank without a trace."""
_MOST = 0.9
"""Where so large a share of cells is told nothing else is tried."""
_DEAR = 60.0
"""Boxes that cost more are hardly those that were printed, in nats."""


def solve(stream: Stream, table: Table, rows: Sequence[str], thorough: bool = True) -> Solution | None:
    """Return how a stream fills the rows of a table that a page prints; None where it cannot.

    Bands of whole rows are looked for first: all ways to cut a table into them can be followed. Where sums
    are broken so it is tried, if `thorough`, whether boxes of several bands stand in turn, whether boxes go
    below each other in any order, and whether cells are open for displaced numbers.
    """
    grid = frame(table, rows)
    surplus = len(stream.numbers) - grid.width * grid.height
    thorough_down = thorough and bool(table.down)
    if not (-_MOST_BLANKS if thorough_down else 0) <= surplus <= _MOST_SURPLUS:
        return None
    extra = {0: [one_line_orders(grid.height, grid.width)]} if table.one_row else {}
    found = [tell(Search(stream, grid, extra).best(), stream, grid)] if surplus >= 0 else []
    if thorough_down and _are_broken(found) and not surplus:
        found += unwoven(stream, grid)
    banded = agreed(found)
    if thorough_down and (_are_broken(found) or (banded is not None and banded.share_told < _MOST)):
        boxed = _boxed(stream, grid)
        if boxed is not None and not boxed.broken and boxed.price < _DEAR:
            return boxed if banded is None or banded.broken else with_told_by(boxed, banded, stream)
    if thorough and _are_broken(found) and surplus >= 0:
        return agreed([*found, tell(Search(stream, grid, extra, _OPEN).best(), stream, grid)])
    return banded


def _are_broken(found: Sequence[Solution | None]) -> bool:
    """Tell whether no solution lets all sums hold."""
    return all(solution is None or solution.broken for solution in found)


def _boxed(stream: Stream, grid: Frame) -> Solution | None:
    """Return how a stream fills a table in boxes; blank lines are first taken to part cells of a column."""
    table = lanes(grid)
    breadth = _BREADTH if len(stream.numbers) >= len(table.lane) else _WIDE
    told_nothing = [
        replace(number, gap=Gap.LINE_END) if number.gap is Gap.BLANK_LINE else number
        for number in stream.numbers
    ]
    has_blank_lines = told_nothing != list(stream.numbers)
    best: Solution | None = None
    for numbers in (stream, Stream(told_nothing)) if has_blank_lines else (stream,):
        found = tell_boxes(ways(numbers, table, breadth), numbers, table)
        if found is not None and (best is None or found.price < best.price):
            best = found
        if best is not None and not best.broken:
            break
    return best
