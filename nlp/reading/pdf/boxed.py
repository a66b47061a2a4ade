"""Finds the boxes that are drawn around something in a cell, such as a number, and rule no table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nlp.reading.pdf.rules import Rules

_MEETING = 0.5
"""In points: lines that end closer to each other meet."""
_CORNER = 2.0
"""In points: the corners of a box are no further from the ends of its lines, which may be thick."""


class DrawnBox(NamedTuple):
    """Two horizontal and two vertical lines of a page, by their positions, and the middle of their box."""

    across: tuple[int, int]
    down: tuple[int, int]
    x: float
    y: float


def drawn_boxes(rules: Rules) -> list[DrawnBox]:
    """Return the boxes that stand free: their lines meet at their corners, their sides no other line.

    >>> [box.x for box in drawn_boxes(Rules([(0, 4, 8), (9, 4, 8), (9, 4, 99)], [(4, 0, 9), (8, 0, 9)]))]
    []
    >>> [box.x for box in drawn_boxes(Rules([(0, 4, 8), (9, 4, 8)], [(4, 0, 9), (8, 0, 9)]))]
    [6.0]
    """
    if len(rules.across) < 2 or len(rules.down) < 2:
        return []
    y, left, right = np.array(rules.across).T
    x, bottom, top = (side[:, None] for side in np.array(rules.down).T)
    meets = (bottom - _MEETING <= y) & (y <= top + _MEETING)
    meets &= (left - _MEETING <= x) & (x <= right + _MEETING)
    sides: dict[tuple[int, int], list[int]] = {}
    between_two = np.flatnonzero(np.count_nonzero(meets, axis=1) == 2)
    met = np.nonzero(meets[between_two])[1].reshape(-1, 2)
    for n, (one, other) in zip(between_two.tolist(), met.tolist(), strict=True):
        low, high = (one, other) if y[one] < y[other] else (other, one)
        _, from_y, to_y = rules.down[n]
        if abs(y[low] - from_y) <= _CORNER and abs(y[high] - to_y) <= _CORNER:
            sides.setdefault((low, high), []).append(n)
    boxes = []
    for (low, high), down in sides.items():
        ends = [(min(rules.down[n][0] for n in down), max(rules.down[n][0] for n in down))]
        ends += [rules.across[low][1:], rules.across[high][1:]]
        is_closed = np.ptp(np.array(ends), axis=0).max() <= _CORNER
        if len(down) == 2 and is_closed:
            middle = (sum(ends[0]) / 2, float(y[low] + y[high]) / 2)
            boxes.append(DrawnBox((low, high), (down[0], down[1]), *middle))
    return boxes


def without_boxes(rules: Rules, boxes: list[DrawnBox]) -> Rules:
    """Return the lines of a page without those of some boxes."""
    across = {n for box in boxes for n in box.across}
    down = {n for box in boxes for n in box.down}
    return Rules(
        [line for n, line in enumerate(rules.across) if n not in across],
        [line for n, line in enumerate(rules.down) if n not in down],
    )
