"""Solves a table: from the stream of its numbers to the cells that are certain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import Frame, frame
from nlp.tables.solver.lanes import Lanes, lanes
from nlp.tables.solver.orders import one_line_orders
from nlp.tables.solver.skyline import NARROW, WIDE, ways
from nlp.tables.solver.skyline_telling import tell_boxes
from nlp.tables.solver.solution import Solution, agreed, with_told_by
from nlp.tables.solver.stream import Stream
from nlp.tables.solver.telling import tell
from nlp.tables.solver.weaving import unwoven

_MOST_SURPLUS, _MOST_BLANKS = 6, 12
"""A stream with more numbers than cells, or more cells than numbers, by more than this is of other tables."""
_OPEN = 1
"""So many cells are left open for displaced numbers."""
_BANDED = 1
"""Bands are looked for where no more numbers than this are too many."""
_MOST = 0.9
"""Where so large a share of cells is told nothing else is tried."""
_DEAR, _DEAR_IF_BROKEN, _DEAR_OTHERWISE = 110.0, 60.0, 80.0
"""Boxes that cost more are hardly those that were printed, nor are these if they break sums, in nats.

The last is for a stream that is parted otherwise: so much could not be explained that chance explains more.
"""


def solve(stream: Stream, table: Table, rows: Sequence[str]) -> Solution | None:
    """Return how a stream fills the rows of a table that a page prints; None where it cannot.

    Bands of whole rows are looked for first: all ways to cut a table into them can be followed. Where they
    break sums, boxes of several bands may stand in turn; where this leaves many cells open, boxes may go
    below each other in any order. If that fails as well, cells of bands may be open for displaced numbers,
    and more ways to lay boxes are followed unless boxes were put in turn, so that no page takes too long.
    """
    grid = frame(table, rows)
    surplus = len(stream.numbers) - grid.width * grid.height
    if not (-_MOST_BLANKS if table.down else 0) <= surplus <= _MOST_SURPLUS:
        return None
    banded = None
    if 0 <= surplus <= _BANDED or not table.down:
        extra = {0: [one_line_orders(grid.height, grid.width)]} if table.one_row else {}
        banded = tell(Search(stream, grid, extra).best(), stream, grid)
    is_woven = stream.is_boxed() and not surplus
    if table.down and is_woven and (banded is None or banded.broken):
        banded = agreed([banded, *unwoven(stream, grid)])
    if not table.down or (banded is not None and not banded.broken and banded.share_told >= _MOST):
        return banded
    boxed = _boxed(stream, lanes(grid))
    if not boxed and not surplus and (banded is None or banded.broken):
        banded = agreed([banded, tell(Search(stream, grid, open=_OPEN).best(), stream, grid)])
    if not boxed and not is_woven and surplus >= 0 and (banded is None or banded.broken):
        boxed = _boxed_otherwise(stream, lanes(grid))
    if not boxed:
        return banded
    return boxed[0] if banded is None or banded.broken else with_told_by(boxed[0], banded, stream)


def solve_both(stream: Stream, of_small: Stream, large: Frame, small: Frame) -> list[Solution]:
    """Return how one stream fills two tables, in boxes of the large and runs of the small one.

    `of_small` are the same numbers with the labels before them as the small table reads them. Empty where no
    good way is found. Of tables without totals the small one is not told, as no sum tells where it stands.
    """
    surplus = len(stream.numbers) - large.width * large.height - small.width * small.height
    if not -_MOST_BLANKS <= surplus <= _MOST_SURPLUS or large.height < small.width * small.height:
        return []
    table = lanes(large, small)
    found = _boxed(stream, table, of_small)
    if not found and surplus >= 0:
        found = _boxed_otherwise(stream, table, of_small)
    if not len(large.across):
        return found[:1] if _has_no_totals(found, stream, large) else []
    return [found[0], _in_any_order(found[1], of_small, small)] if found else []


def _in_any_order(solution: Solution, stream: Stream, grid: Frame) -> Solution:
    """Return what is told of a small table whether its numbers are printed in order or in another one."""
    places = sorted(reading.best for reading in solution.cells.values() if reading.best >= 0)
    own = Stream([stream.numbers[place] for place in places])
    orders = {0: [one_line_orders(grid.height, grid.width)]}
    other = tell(Search(own, grid, orders).best(), own, grid) if len(places) == len(solution.cells) else None
    told = {} if other is None else {cell: places[place] for cell, place in other.told().items()}
    values = [number.value for number in stream.numbers]
    cells = {
        cell: replace(
            reading,
            told=reading.told and cell in told and values[told[cell]] == values[reading.best],
        )
        for cell, reading in solution.cells.items()
    }
    return replace(solution, cells=cells)


def _has_no_totals(found: Sequence[Solution], stream: Stream, grid: Frame) -> bool:
    """Tell whether none of a table's columns adds up the others."""
    if not found:
        return False
    values = np.array(
        [
            [stream.numbers[found[0].cells[row, column].best].value or 0 for column in grid.columns]
            for row in grid.rows
        ]
    )
    return not (2 * values == values.sum(axis=1)[:, None]).all(axis=0).any()


def _boxed(stream: Stream, table: Lanes, of_small: Stream | None = None) -> list[Solution]:
    """Return how a stream fills a table, and a small one beside it, in boxes; empty where no way is good."""
    return _not_dear(tell_boxes(ways(stream, table, NARROW, of_small), stream, table), _DEAR)


def _boxed_otherwise(stream: Stream, table: Lanes, of_small: Stream | None = None) -> list[Solution]:
    """Return how a stream, parted otherwise, fills its tables in boxes; empty where no way is good."""
    parted = stream.parted_otherwise()
    return _not_dear(tell_boxes(ways(parted, table, WIDE, of_small), parted, table), _DEAR_OTHERWISE)


def _not_dear(found: list[Solution], most: float) -> list[Solution]:
    """Return solutions that share a price; none where it is too dear."""
    return found if found and found[0].price < (_DEAR_IF_BROKEN if found[0].broken else most) else []
