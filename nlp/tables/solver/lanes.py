"""The columns of a table as lanes that are filled from the top, with all sums over their cells."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from nlp.tables.solver.frame import Frame
from nlp.tables.solver.prices import Floats
from nlp.tables.solver.stream import Integers


class Lanes(Struct, frozen=True):
    """The cells of a table, lane after lane.

    `lane` and `row` are the place of each cell; `signs[s]` has +1 for the cells on the left of a sum, -1 for
    those on its right. `parts` are the lanes that add up to the totals: no sum tells these from each other.
    """

    frame: Frame
    lane: Integers
    row: Integers
    signs: Floats
    parts: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height


def lanes(frame: Frame) -> Lanes:
    """Return the lanes of a table.

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
    parts = np.flatnonzero((frame.across < 0).all(axis=0)) if len(frame.across) else ()
    return Lanes(
        frame,
        np.repeat(np.arange(frame.width, dtype=np.int16), frame.height),
        np.tile(np.arange(frame.height, dtype=np.int16), frame.width),
        np.array([*across, *down]),
        tuple(int(lane) for lane in parts),
    )
