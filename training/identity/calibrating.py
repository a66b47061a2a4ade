"""Fits the logistic function from an agency's or a year's lead to its probability."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nlp.narrative.wording import wording
from training.identity.measured import Judged

_LEAST = 0.62
"""Below this are names without a place alone, which have a probability of their own."""

_STEPS = 4000
_RATE = 0.05
_PRIOR = 1.0
"""So many right and so many wrong answers are added at a lead of 0: few pages say little of rare faults."""


def lead_of(confidence: float, fact: str) -> float:
    """Return the lead that a probability was computed from, with the slope and intercept in force."""
    table = wording("evidence")["agency" if fact == "organization" else "year"]
    bounded = min(max(confidence, 1e-6), 1 - 1e-6)
    return float((math.log(bounded / (1 - bounded)) - table["intercept"]) / table["slope"])


def fitted(judged: Sequence[Judged], fact: str) -> tuple[float, float]:
    """Return the slope and the intercept that fit what was judged best, by gradient ascent.

    >>> told = [Judged("year", 0.99, True)] * 20 + [Judged("year", 0.7, False)] * 5
    >>> slope, intercept = fitted(told, "year")
    >>> slope > 0
    True
    """
    points = []
    for one in judged:
        if one.fact == fact and one.confidence >= _LEAST:
            points.append((lead_of(one.confidence, fact), float(one.is_right), 1.0))
    points += [(0.0, 1.0, _PRIOR), (0.0, 0.0, _PRIOR)]
    weight = sum(count for _, _, count in points)
    slope, intercept = 1.0, 0.0
    for _ in range(_STEPS):
        slope_gradient = intercept_gradient = 0.0
        for lead, right, count in points:
            error = count * (right - 1 / (1 + math.exp(-(slope * lead + intercept))))
            slope_gradient += error * lead
            intercept_gradient += error
        slope += _RATE * slope_gradient / weight
        intercept += _RATE * intercept_gradient / weight
    return slope, intercept
