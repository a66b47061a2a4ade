"""Resamples documents, to tell how far a figure would move with other ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
"""From the 2.5th to the 97.5th percentile."""

DRAWS = 1000
_AT_A_TIME = 50
_SEED = 2021
FEWEST = 2
"""From fewer documents nothing can be told about others."""


def weights(documents: int) -> Iterator[NDArray[np.float32]]:
    """Yield how often each document is drawn, some resamples at a time; always the same ones.

    >>> sum(len(drawn) for drawn in weights(3))
    1000
    >>> next(weights(3))[0].sum()
    np.float32(3.0)
    """
    rng = np.random.default_rng(_SEED)
    for _ in range(DRAWS // _AT_A_TIME):
        drawn = rng.integers(documents, size=(_AT_A_TIME, documents))
        drawn += np.arange(_AT_A_TIME)[:, None] * documents
        counts = np.bincount(drawn.ravel(), minlength=drawn.size)
        yield counts.reshape(drawn.shape).astype(np.float32)


def resampled(counts: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return the sums of each resample of documents, one a row of counts; None for too few of them."""
    if len(counts) < FEWEST:
        return None
    there = counts.any(axis=0)
    known = counts[:, there]
    sums = np.zeros((DRAWS, counts.shape[1]), np.float32)
    sums[:, there] = np.concatenate([drawn @ known for drawn in weights(len(counts))])
    return sums


def interval(values: NDArray[np.float64]) -> Interval | None:
    """Return the interval of a figure from its values in the resamples; None where most have none."""
    known = values[~np.isnan(values)]
    if known.size <= len(values) / 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
