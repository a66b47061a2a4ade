"""Bounds shares: exactly (Clopper and Pearson 1934), and by report where several things are of one report."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import scipy  # loads its parts where they are used
from numpy.typing import NDArray

from training.scoring.bootstrap import FEWEST, Interval

LEVEL = 0.95
"""How often an interval or a bound holds the true share, at least."""

_NO_SPREAD = 1e-12


def clopper_pearson(count: float, of: float) -> Interval | None:
    """Return the exact interval of a share; None if `of` is 0.

    >>> low, high = clopper_pearson(13, 14)
    >>> round(low, 3), round(high, 3)
    (0.661, 0.998)
    """
    if of <= 0:
        return None
    tail = (1 - LEVEL) / 2
    low = _quantile_of_beta(count, of - count + 1, tail) if count > 0 else 0.0
    high = _quantile_of_beta(count + 1, of - count, 1 - tail) if count < of else 1.0
    return low, high


def at_most(count: float, of: float) -> float | None:
    """Return the bound that a share is below with 95 % confidence; None if `of` is 0.

    >>> round(at_most(0, 300), 4), round(at_most(1, 300), 4), at_most(2, 2)
    (0.0099, 0.0157, 1.0)
    """
    if of <= 0:
        return None
    return _quantile_of_beta(count + 1, of - count, LEVEL) if count < of else 1.0


def _quantile_of_beta(a: float, b: float, probability: float) -> float:
    """Return the share that a share so distributed is below with a probability."""
    return float(scipy.special.betaincinv(a, b, probability))


def clustered(counts: NDArray[Any], of: NDArray[Any]) -> Interval | None:
    """Return the interval of a share of things that belong to reports; None for fewer than two reports.

    `counts` of the `of` things of each report have a property. What is of one report tends to be right or
    wrong together: the interval is the exact one of as many independent things as tell the same (after Korn
    and Graubard 1998). Where all are alike nothing tells how much they vary within a report, and each report
    counts as one thing.

    >>> apart = clustered(np.ones(14), np.ones(14))
    >>> apart == clustered(np.full(14, 200), np.full(14, 200)) == clopper_pearson(14, 14)
    True
    """
    has_any = of > 0
    counts, of = np.asarray(counts, np.float64)[has_any], np.asarray(of, np.float64)[has_any]
    if len(of) < FEWEST:
        return None
    share = float(counts.sum() / of.sum())
    effective = effective_number(counts, of)
    return clopper_pearson(share * effective, effective)


def clustered_at_most(counts: NDArray[Any], of: NDArray[Any]) -> float | None:
    """Return the bound of a share of things that belong to reports, see `clustered` and `at_most`."""
    has_any = of > 0
    counts, of = np.asarray(counts, np.float64)[has_any], np.asarray(of, np.float64)[has_any]
    if not len(of):
        return None
    effective = effective_number(counts, of)
    return at_most(float(counts.sum() / of.sum()) * effective, effective)


def effective_number(counts: NDArray[np.float64], of: NDArray[np.float64]) -> float:
    """Return how many independent things tell as much about the share as those of these reports do.

    It is the geometric mean of Korn and Graubard's estimate and the number of reports, and no less than the
    latter: a few reports do not show how much they differ, and by the estimate alone 87 to 91 of 100
    intervals would hold the true share.
    """
    reports, total = len(of), float(of.sum())
    share = float(counts.sum()) / total
    if reports == total:
        return total
    if share * (1 - share) < _NO_SPREAD or reports < 2:
        return float(reports)
    residuals = counts - share * of
    variance = reports / (reports - 1) * float((residuals**2).sum()) / total**2
    if variance < _NO_SPREAD:
        return float(reports)
    effective = share * (1 - share) / variance
    few_reports = (_quantile_of_t(total - 1) / _quantile_of_t(reports - 1)) ** 2
    estimate = min(total, max(float(reports), effective * few_reports))
    return sqrt(estimate * reports)


def _quantile_of_t(freedom: float) -> float:
    """Return the number that Student's t is below in 25 of 1,000 cases."""
    return float(scipy.special.stdtrit(freedom, 0.025))
