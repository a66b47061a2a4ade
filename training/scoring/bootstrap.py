"""Resamples documents (bootstrap), to estimate how far a figure would differ with other documents."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
"""The 2.5th and the 97.5th percentile of a figure."""

DRAWS = 1000
"""The number of resamples."""

_AT_A_TIME = 50
_SEED = 2021

FEWEST = 2
"""With fewer documents there is no interval."""


def weights(documents: int) -> Iterator[NDArray[np.float32]]:
    """Yield how often each document is drawn [resample, document], `_AT_A_TIME` of `DRAWS` resamples each.

    The same number of documents always gives the same resamples.

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
    """Return the sums [resample, field] of counts [document, field]; None if there are too few documents."""
    if len(counts) < FEWEST:
        return None
    has_counts = counts.any(axis=0)
    used = counts[:, has_counts]
    sums = np.zeros((DRAWS, counts.shape[1]), np.float32)
    sums[:, has_counts] = np.concatenate([drawn @ used for drawn in weights(len(counts))])
    return sums


def interval(values: NDArray[np.float64]) -> Interval | None:
    """Return the interval of a figure from its values in the resamples; None if half or more are NaN."""
    known = values[~np.isnan(values)]
    if known.size <= len(values) / 2:
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)
