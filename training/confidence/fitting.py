"""Fits the weights of circumstances, by logistic regression, and what they come to, by an isotonic one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import inf, log
from operator import itemgetter
from typing import get_args

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.labelling.judgement import Scale, Step
from nlp.tables.circumstances import Circumstances, Content, Headers, Label, Proof, Way
from nlp.tables.confidence import FORMAT, Confidences
from training.confidence.observing import Counts, Observation

_REGULARISATION = 3.0
"""scikit-learn's C."""
_TOLERANCE = 1e-10
_ITERATIONS = 5_000
_DECIMALS = 4
"""Weights are kept with so many decimals: that is finer than any machine's differences in adding up."""


def counts_of(observations: Iterable[Observation]) -> Counts:
    """Return how many cells were read in each circumstances, and how many of them right."""
    return added((seen.cell, seen.cells, seen.right) for seen in observations)


def added(seen: Iterable[tuple[Circumstances, int, int]]) -> Counts:
    """Return the sums of counts of cells, and of right ones among them, by their circumstances."""
    cells: Counter[Circumstances] = Counter()
    right: Counter[Circumstances] = Counter()
    for cell, count, right_ones in seen:
        cells[cell] += count
        right[cell] += right_ones
    return {cell: (cells[cell], right[cell]) for cell in cells}


def fitted(counts: Counts) -> Scale:
    """Return the scale for what was seen; each circumstance counts as though it had been wrong once more.

    That is Laplace's rule: what was hardly ever seen is not sure, even if it was always right.
    """
    cautious = with_one_wrong(counts)
    weighted = _weighted(cautious)
    return replace(weighted, steps=_steps(weighted, cautious))


def with_one_wrong(counts: Counts) -> Counts:
    """Return counts with one wrong cell more for each circumstance, in otherwise usual circumstances."""
    usual = max(counts, key=lambda cell: (counts[cell][0], repr(cell)))
    more = dict(counts)
    for cell in _variants(usual, sorted({cell.setting.layout for cell in counts})):
        cells, right = more.get(cell, (0, 0))
        more[cell] = (cells + 1, right)
    return more


def _variants(usual: Circumstances, layouts: Sequence[str]) -> Iterator[Circumstances]:
    """Yield the usual circumstances with one of them changed, for all that may be otherwise."""
    for layout in layouts:
        yield replace(usual, setting=replace(usual.setting, layout=layout))
    for label in get_args(Label):
        yield replace(usual, setting=replace(usual.setting, label=label))
    for way in Way:
        if way not in (Way.OPEN, Way.ABSENT):
            yield replace(usual, way=way)
            yield replace(usual, way=way, doubtful=True)
    for headers in get_args(Headers):
        yield replace(usual, headers=headers)
    for content in get_args(Content):
        yield replace(usual, content=content)
    for proof in get_args(Proof):
        yield replace(usual, across=proof)
        yield replace(usual, down=proof)
    for flag in ("torn", "unitless"):
        yield replace(usual, **{flag: True})
    for flag in ("unsure", "surplus", "bare"):
        yield replace(usual, setting=replace(usual.setting, **{flag: True}))


def _weighted(counts: Counts) -> Scale:
    """Return a scale with the weights of all features, and no steps yet."""
    names = sorted({name for cell in counts for name in cell.features()})
    place_of = {name: place for place, name in enumerate(names)}
    cells = sorted(counts, key=repr)
    matrix = np.zeros((2 * len(cells), len(names)))
    outcomes, weights = np.zeros(2 * len(cells)), np.zeros(2 * len(cells))
    for n, cell in enumerate(cells):
        places = [place_of[name] for name in cell.features()]
        of_cell, right = counts[cell]
        matrix[2 * n, places] = matrix[2 * n + 1, places] = 1
        outcomes[2 * n] = 1
        weights[2 * n], weights[2 * n + 1] = right, of_cell - right
    regression = LogisticRegression(C=_REGULARISATION, tol=_TOLERANCE, max_iter=_ITERATIONS)
    with threadpool_limits(1):  # several threads add up in another order each time
        regression.fit(matrix, outcomes, sample_weight=weights)
    rounded = [round(float(weight), _DECIMALS) for weight in regression.coef_[0]]
    intercept = round(float(regression.intercept_[0]), _DECIMALS)
    return Scale(FORMAT, intercept, dict(zip(names, rounded, strict=True)), ())


def _steps(scale: Scale, counts: Counts) -> tuple[Step, ...]:
    """Return what scores are worth: the middles of the steps of an isotonic regression.

    A straight line between the middles keeps scores apart that one step would make the same.
    """
    cells = sorted(counts, key=repr)
    confidences = Confidences(scale)
    scores = np.array([confidences.score(cell) for cell in cells])
    weights = np.array([counts[cell][0] for cell in cells], dtype=float)
    shares = np.array([counts[cell][1] for cell in cells]) / weights
    regression = IsotonicRegression(out_of_bounds="clip")
    regression.fit(scores, shares, sample_weight=weights)
    levels = regression.predict(scores)
    return tuple(_middles(scores, levels, weights))


def _middles(
    scores: NDArray[np.float64], levels: NDArray[np.float64], weights: NDArray[np.float64]
) -> Iterator[Step]:
    """Yield the middle of each step; half a cell more is right, and half a cell more wrong."""
    rows = sorted(zip(levels.tolist(), scores.tolist(), weights.tolist(), strict=True))
    least = -inf
    for level, of_level in groupby(rows, key=itemgetter(0)):
        step = list(of_level)
        cells = sum(weight for _, _, weight in step)
        middle = sum(score * weight for _, score, weight in step) / cells
        right = level * cells
        least = max(least, log((right + 0.5) / (cells - right + 0.5)))
        yield Step(round(middle, _DECIMALS), round(least, _DECIMALS))
