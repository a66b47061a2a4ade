"""Fits a multinomial logistic regression whose weights are the same bytes on every processor."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

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
        self, matrix: csr_matrix, labels: NDArray[np.integer[Any]], row_weights: Floats, strength: float
    ) -> None:
        self._matrix, self._transposed = matrix, matrix.T
        self._labels, self._row_weights, self._strength = labels, row_weights, strength
        self._total = _sum(row_weights)

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        """Return the loss at the weights with the intercept as the last row, and its slope there."""
        weights, intercept = point[:-1], point[-1]
        scores = self._matrix @ weights
        loss = 0.0
        for first in range(0, len(scores), _BLOCK):
            rows = slice(first, first + _BLOCK)
            loss += self._turn_into_slopes(scores[rows], intercept, rows)
        slope = np.empty_like(point)
        slope[:-1] = self._transposed @ scores + self._strength * weights
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
    matrix: csr_matrix, labels: NDArray[np.integer[Any]], row_weights: Floats, strength: float
) -> Regression:
    """Return the regression of rows [row, column] with a label, from 0 without gaps, and a weight each.

    `strength` is that of the penalty on the weights; the intercept goes without. The steps are those of
    L-BFGS (Nocedal 1980) from 0; labels that contradict each other end at the last of them. A library's
    would do but for its matrix kernel (BLAS), which adds up in another order on another processor, so that
    its weights are others; here every sum has one order.
    """
    loss = _Loss(matrix, labels, row_weights, strength)
    point = np.zeros((matrix.shape[1] + 1, int(labels.max()) + 1))
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


def _product(one: Floats, other: Floats) -> float:
    """Return the sum of the products of all numbers, added up by NumPy in one order and not by a kernel."""
    return _sum((one * other).ravel())


def _sum(values: Floats) -> float:
    """Return the sum of values, which are copied to lie side by side, as their order in memory matters."""
    return float(np.ascontiguousarray(values).sum())
