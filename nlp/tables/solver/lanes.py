"""The columns of a table as lanes that are filled from the top, with all sums over their cells."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from nlp.tables.solver.frame import Frame
from nlp.tables.solver.prices import Floats
from nlp.tables.solver.stream import Integers


class Lanes(Struct, frozen=True):
    """The cells of a table, lane after lane; those of a second table, `small`, are one more lane.

    The cells of the small table stand in it one below the other, row after row, and end with the last row
    of the others: `tops[l]` is the row at which lane l begins. `lane` and `row` are the place of each cell,
    those above the tops among them; `signs[s]` has +1 for the cells on the left of a sum, -1 for those on its
    right. `parts` are the lanes that add up to the totals: no sum tells these from each other.
    """

    frame: Frame
    small: Frame | None
    tops: Integers
    lane: Integers
    row: Integers
    signs: Floats
    parts: tuple[int, ...]

    @property
    def main(self) -> int:
        """The number of lanes of the table itself."""
        return self.frame.width

    @property
    def width(self) -> int:
        return len(self.tops)

    @property
    def height(self) -> int:
        return self.frame.height

    @property
    def cells(self) -> int:
        """The number of cells that are to be filled."""
        return self.width * self.height - int(self.tops.sum())


def lanes(frame: Frame, small: Frame | None = None) -> Lanes:
    """Return the lanes of a table, and one for the cells of a small one whose numbers stand among its own.

    >>> from nlp.form.form import named
    >>> from nlp.tables.solver.frame import frame
    >>> table = named("2021").table("requests")
    >>> made = lanes(frame(table, [row.id for row in table.rows]))
    >>> made.width, made.height, made.signs.shape, made.parts
    (7, 26, (40, 182), (0, 1, 2, 3, 4, 5))
    """
    each_lane, each_row = np.eye(frame.width), np.eye(frame.height)
    across = [np.kron(signs, row) for signs in frame.across for row in each_row]
    down = [np.kron(lane, signs) for signs in frame.left - frame.right for lane in each_lane]
    signs = np.array([*across, *down])
    tops = [0] * frame.width
    if small is not None:
        tops.append(frame.height - small.width * small.height)
        rows = [np.kron(row, signs) for signs in small.across for row in np.eye(small.height)]
        sums = np.array(rows).reshape(-1, small.width * small.height)
        below = np.zeros((len(sums), len(signs[0]) + tops[-1]))
        signs = np.block([[signs, np.zeros((len(signs), frame.height))], [below, sums]])
    parts = np.flatnonzero((frame.across < 0).all(axis=0))
    return Lanes(
        frame,
        small,
        np.array(tops),
        np.repeat(np.arange(len(tops), dtype=np.int16), frame.height),
        np.tile(np.arange(frame.height, dtype=np.int16), len(tops)),
        signs,
        tuple(int(lane) for lane in parts),
    )
