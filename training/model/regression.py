"""Fits a multinomial logistic regression whose weights are the same bytes on every processor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import scipy  # loads its parts where they are used
from numpy.typing import NDArray

from training.model.steady import Floats, exponential, logarithm

_TOLERANCE = 1e-5
"""The steps end where no weight has a steeper slope than this, per training line."""

_MOST_STEPS = 300

_REMEMBERED = 10
"""The number of last steps from which the curvature is estimated."""

_LEAST_GAIN = 1e-4
"""The share of the gain that the slope promises which a step has to bring (Armijo)."""

_SHORTEST = 1e-12
"""Shorter steps change nothing: the search ends."""

_BLOCK = 4096
"""In rows: so many are scored at a time, which stay in the processor's cache."""

_AT_ONCE = 2
"""The number of parts of the matrix that are worked on at once, each on a processor of its own.

Parts of rows are scored, parts of columns are added up, and no sum goes across the border of a part: its
order, and so each byte, is the same however many there are.
"""


@dataclass(frozen=True)
class Regression:
    """The weights [columns, labels] and the intercept [labels]."""

    weights: Floats
    intercept: Floats


class _Step(NamedTuple):
    """How far a step went, how much the slope changed, and 1 over the product of both."""

    way: Floats
    turn: Floats
    inverse: float


class _Loss:
    """The mean loss of weighted rows with a penalty on the weights (L2), and its slope."""

    def __init__(
        self,
        matrix: scipy.sparse.csr_matrix,
        labels: NDArray[np.integer[Any]],
        row_weights: Floats,
        strength: float,
        processors: Executor,
    ) -> None:
        self._rows = list(_parts_of_rows(matrix))
        self._columns = list(_parts_of_columns(matrix))
        self._labels, self._row_weights, self._strength = labels, row_weights, strength
        self._total = _sum(row_weights)
        self._processors = processors

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        """Return the loss at the weights with the intercept as the last row, and its slope there."""
        weights, intercept = point[:-1], point[-1]
        scores = np.empty((len(self._labels), point.shape[1]))

        def scored(part: tuple[slice, scipy.sparse.csr_matrix]) -> list[float]:
            rows, matrix = part
            scores[rows] = matrix @ weights
            return [
                self._turn_into_slopes(scores[block], intercept, block)
                for block in _slices(rows.start, rows.stop, _BLOCK)
            ]

        loss = 0.0
        for losses in self._processors.map(scored, self._rows):
            for of_block in losses:
                loss += of_block
        slope = np.empty_like(point)
        parts = list(self._processors.map(lambda columns: columns @ scores, self._columns))
        slope[:-1] = np.concatenate(parts) + self._strength * weights
        slope[-1] = [_sum(column) for column in scores.T]
        penalty = 0.5 * self._strength * _product(weights, weights)
        return (loss + penalty) / self._total, slope / self._total

    def _turn_into_slopes(self, scores: Floats, intercept: Floats, rows: slice) -> float:
        """Turn the scores of some rows into the slopes of their loss, in place; return their loss."""
        labels, row_weights = self._labels[rows], self._row_weights[rows]
        numbers = np.arange(len(scores))
        scores += intercept
        scores -= scores.max(axis=1, keepdims=True)
        of_label = scores[numbers, labels].copy()
        scores[:] = exponential(scores)
        sums = scores[:, 0].copy()
        for label in range(1, scores.shape[1]):
            sums += scores[:, label]
        scores /= sums[:, None]
        scores[numbers, labels] -= 1
        scores *= row_weights[:, None]
        return _sum(row_weights * (logarithm(sums) - of_label))


def fit_regression(
    matrix: scipy.sparse.csr_matrix, labels: NDArray[np.integer[Any]], row_weights: Floats, strength: float
) -> Regression:
    """Return the regression of rows [row, column] with a label, from 0 without gaps, and a weight each.

    `strength` is that of the penalty on the weights; the intercept goes without. The steps are those of
    L-BFGS (Nocedal 1980) from 0; labels that contradict each other end at the last of them. A library's
    would do but for its matrix kernel (BLAS), which adds up in another order on another processor, so that
    its weights are others; here every sum has one order.
    """
    with ThreadPoolExecutor(_AT_ONCE) as processors:
        loss = _Loss(matrix, labels, row_weights, strength, processors)
        return _least(loss, np.zeros((matrix.shape[1] + 1, int(labels.max()) + 1)))


def _least(loss: _Loss, point: Floats) -> Regression:
    """Return where the loss is least, in steps from a point."""
    value, slope = loss(point)
    steps: deque[_Step] = deque(maxlen=_REMEMBERED)
    for _ in range(_MOST_STEPS):
        steepest = float(np.abs(slope).max())
        if steepest < _TOLERANCE:
            break
        direction = _direction(slope, steps)
        length = 1.0 if steps else min(1.0, 1.0 / steepest)
        promised = _LEAST_GAIN * _product(slope, direction)
        new_value, new_slope = loss(point + length * direction)
        while new_value > value + length * promised and length > _SHORTEST:
            length /= 2
            new_value, new_slope = loss(point + length * direction)
        way, turn = length * direction, new_slope - slope
        bend = _product(way, turn)
        if length <= _SHORTEST or bend <= 0:
            break
        steps.append(_Step(way, turn, 1.0 / bend))
        point, value, slope = point + way, new_value, new_slope
    return Regression(point[:-1], point[-1])


def _direction(slope: Floats, steps: deque[_Step]) -> Floats:
    """Return the way downhill: against the slope, bent by the curvature that the last steps met."""
    downhill = slope.copy()
    shares: list[float] = []
    for step in reversed(steps):
        share = step.inverse * _product(step.way, downhill)
        downhill -= share * step.turn
        shares.append(share)
    if steps:
        last = steps[-1]
        downhill *= 1.0 / (last.inverse * _product(last.turn, last.turn))
    for step, share in zip(steps, reversed(shares), strict=True):
        downhill += (share - step.inverse * _product(step.turn, downhill)) * step.way
    return -downhill


def _parts_of_rows(matrix: scipy.sparse.csr_matrix) -> Iterator[tuple[slice, scipy.sparse.csr_matrix]]:
    """Yield the rows of each part, whole blocks, and the matrix of them, which shares the memory."""
    blocks = -(-matrix.shape[0] // _BLOCK)
    for rows in _slices(0, matrix.shape[0], -(-blocks // _AT_ONCE) * _BLOCK):
        starts = matrix.indptr[rows.start : rows.stop + 1]
        cells = slice(starts[0], starts[-1])
        content = (matrix.data[cells], matrix.indices[cells], starts - starts[0])
        yield rows, scipy.sparse.csr_matrix(content, (len(starts) - 1, matrix.shape[1]))


def _parts_of_columns(matrix: scipy.sparse.csr_matrix) -> Iterator[scipy.sparse.csc_matrix]:
    """Yield the columns of each part as the rows of a matrix; all parts have about as many cells."""
    cells_before = np.cumsum(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    shares = np.arange(1, _AT_ONCE) / _AT_ONCE * matrix.nnz
    borders = [0, *np.searchsorted(cells_before, shares).tolist(), matrix.shape[1]]
    for first, last in pairwise(borders):
        yield matrix[:, first:last].T


def _slices(start: int, stop: int, size: int) -> Iterator[slice]:
    """Yield runs of `size` numbers from start to stop, of which the last may be shorter."""
    for first in range(start, stop, size):
        yield slice(first, min(first + size, stop))


def _product(one: Floats, other: Floats) -> float:
    """Return the sum of the products of all numbers, added up by NumPy in one order and not by a kernel."""
    return _sum((one * other).ravel())


def _sum(values: Floats) -> float:
    """Return the sum of values, which are copied to lie side by side, as their order in memory matters."""
    return float(np.ascontiguousarray(values).sum())
