"""Fits what each fault of a reading costs: the odds of one reading against another of the same table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec.structs import asdict
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlp.tables.score import Faults
from training.readings.observing import Choice

NAMES = Faults.__struct_fields__
_REGULARISATION = 1.0
"""scikit-learn's C."""
_DECIMALS = 3

Floats = NDArray[np.float64]


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the cost of each fault, in nats: the log odds of the better of two readings against the worse.

    Each choice counts once, however many readings it is between.
    """
    differences, shares = _pairs(choices)
    rows = np.vstack([differences, -differences])
    better = np.repeat([1, 0], len(differences))
    model = LogisticRegression(C=_REGULARISATION, fit_intercept=False, max_iter=10_000, tol=1e-8)
    model.fit(rows, better, sample_weight=np.tile(shares, 2))
    return {name: round(float(weight), _DECIMALS) for name, weight in zip(NAMES, model.coef_[0], strict=True)}


def _pairs(choices: Sequence[Choice]) -> tuple[Floats, Floats]:
    """Return by how much the faults of worse readings exceed those of the best, and what each pair weighs."""
    differences = []
    shares = []
    for choice in choices:
        most = max(proposal.worth for proposal in choice.proposals)
        best = next(proposal for proposal in choice.proposals if proposal.worth == most)
        worse = [proposal for proposal in choice.proposals if proposal.worth < most]
        for proposal in worse:
            differences.append(counts(proposal.faults) - counts(best.faults))
            shares.append(1 / len(worse))
    return np.array(differences), np.array(shares)


def counts(faults: Faults) -> Floats:
    """Return the counts of some faults as they are weighed, log(1 + n), in the order of `NAMES`."""
    values = asdict(faults)
    return np.log1p([float(values[name]) for name in NAMES])


def lost(choices: Sequence[Choice], weights: dict[str, float]) -> tuple[int, int]:
    """Return for how many choices the cheapest reading is not the best, and what it is worth less in all."""
    costs = np.array([weights[name] for name in NAMES])
    wrong, worth = 0, 0
    for choice in choices:
        cheapest = min(choice.proposals, key=lambda proposal: float(counts(proposal.faults) @ costs))
        less = max(proposal.worth for proposal in choice.proposals) - cheapest.worth
        wrong += less > 0
        worth += less
    return wrong, worth
