"""Fits the logistic function from an agency's or a year's lead to its probability."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlp.labelling.judgement import Slope, Slopes
from training.identity.measured import Judged

_REGULARISATION = 1.0
"""scikit-learn's C: it holds the slope back where hardly an answer is wrong."""
_DECIMALS = 3


def fitted(judged: Iterable[Judged]) -> Slope:
    """Return the slope and the intercept by which what was judged is likeliest.

    One right and one wrong answer are added at a lead of 0: few pages say little of rare faults.

    >>> slope = fitted([Judged("year", 6.0, True)] * 20 + [Judged("year", 1.0, False)] * 5)
    >>> slope.probability(1.0) < 0.5 < slope.probability(6.0)
    True
    """
    seen = list(judged)
    leads = np.array([*(one.lead for one in seen), 0.0, 0.0])
    outcomes = np.array([*(one.is_right for one in seen), True, False])
    model = LogisticRegression(C=_REGULARISATION, max_iter=10_000, tol=1e-8)
    model.fit(leads[:, None], outcomes)
    return Slope(round(float(model.coef_[0, 0]), _DECIMALS), round(float(model.intercept_[0]), _DECIMALS))


def slopes(judged: Iterable[Judged]) -> Slopes:
    """Return the slopes for agencies and for years."""
    of_fact: dict[str, list[Judged]] = {"organization": [], "year": []}
    for one in judged:
        of_fact[one.fact].append(one)
    return Slopes(fitted(of_fact["organization"]), fitted(of_fact["year"]))
