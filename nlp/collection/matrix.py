"""A matrix that grows by rows, in blocks: for as many records as come, without copying while they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1024


class GrowingMatrix:
    """A matrix of `width` columns; what is not set is `fill`.

    >>> matrix = GrowingMatrix(3, np.int32, -1)
    >>> matrix.add([0, 2], [5, 6])
    >>> matrix.whole().tolist()
    [[5, -1, 6]]
    """

    def __init__(self, width: int, dtype: Any, fill: float) -> None:
        self._width, self._dtype, self._fill = width, dtype, fill
        self._blocks: list[NDArray[Any]] = []
        self._rows = 0

    def add(self, places: Sequence[int], values: Sequence[float] | NDArray[Any]) -> None:
        """Add a row with values at some places."""
        in_block = self._rows % _BLOCK
        if in_block == 0:
            self._blocks.append(np.full((_BLOCK, self._width), self._fill, self._dtype))
        if len(places):
            self._blocks[-1][in_block, places] = values
        self._rows += 1

    def whole(self) -> NDArray[Any]:
        """Return the matrix, and give up the blocks; more rows cannot be added."""
        whole = np.full((self._rows, self._width), self._fill, self._dtype)
        blocks, self._blocks = self._blocks, []
        blocks.reverse()
        start = 0
        while blocks:
            block = blocks.pop()
            end = min(start + _BLOCK, self._rows)
            whole[start:end] = block[: end - start]
            start = end
        return whole
