"""Tells which cells are sure although sums are broken: a misprint, or an agency's wrong sum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp.tables.solver.prices import Floats


def sure_cells(signs: Floats, values: Floats) -> tuple[NDArray[np.bool_], int]:
    """Return which cells are sure, and how many sums are broken.

    `signs[s]` has +1 for the cells on the left of a sum, -1 for those on its right; `values` are the cells'.
    Cells of broken sums are not sure; none is if no one cell is in all broken sums, as then more is wrong
    than one number.

    >>> signs = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]])
    >>> sure, broken = sure_cells(signs, np.array([3.0, 2.0, 7.0]))
    >>> sure.tolist(), broken
    ([False, False, True], 1)
    """
    broken = signs @ values != 0
    terms = signs != 0
    if broken.any() and not terms[broken].all(axis=0).any():
        return np.zeros(len(values), dtype=bool), int(broken.sum())
    sure: NDArray[np.bool_] = ~terms[broken].any(axis=0)
    return sure, int(broken.sum())
