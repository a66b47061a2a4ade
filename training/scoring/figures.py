"""The figures of a group of cells over many documents: micro, macro, baseline, intervals."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from training.scoring.bootstrap import FEWEST, Interval, interval
from training.scoring.counts import FIELD, Counts
from training.scoring.metrics import Found, Share, found, share

Floats = NDArray[np.float64]


class Macro(Struct, frozen=True):
    """Means over documents, each counting alike; None where no document has anything to count."""

    precision: float | None
    recall: float | None
    f1: float | None
    cells: float | None


class Figures(Struct, frozen=True):
    """Every figure about a group of cells; `wrong` and `unanswered` make up what is not right of `cells`.

    `baseline` and `baseline_exact` are the cells and the reports that answering 0 everywhere gets right.
    `intervals` are 95 % ones, by bootstrap over documents.
    """

    documents: int
    non_zero: Found
    reports_exact: Share
    cells: Share
    wrong: int
    unanswered: int
    silently_wrong: int
    baseline: Share
    baseline_exact: Share
    macro: Macro
    intervals: dict[str, Interval]


def figures(rows: NDArray[np.float32], resampled: NDArray[np.float32] | None) -> Figures:
    """Return the figures of a group: a row of Counts a document, a row of sums a resample."""
    total = Counts(*(int(count) for count in rows.sum(axis=0, dtype=np.float64)))
    return Figures(
        total.documents,
        found(total.non_zero_right, total.non_zero_predicted, total.non_zero_gold),
        share(total.exact, total.documents),
        share(total.right, total.cells),
        total.wrong,
        total.unanswered,
        total.silent,
        share(total.zeros, total.cells),
        share(total.zeros_only, total.documents),
        _macro(rows[rows[:, FIELD["documents"]] > 0].astype(np.float64)),
        {} if resampled is None or total.documents < FEWEST else _intervals(resampled.astype(np.float64)),
    )


def _macro(rows: Floats) -> Macro:
    means = {name: _mean(values) for name, values in ratios(rows).items()}
    return Macro(means["precision"], means["recall"], means["f1"], means["cells"])


def _intervals(sums: Floats) -> dict[str, Interval]:
    found = {name: interval(values) for name, values in ratios(sums).items()}
    return {name: one for name, one in found.items() if one is not None}


RATIOS = ("documents", "exact", "cells", "right", "non_zero_right", "non_zero_predicted", "non_zero_gold")
"""The counts that `ratios` looks at."""


def ratios(counts: Floats) -> dict[str, Floats]:
    """Return each figure for every row of counts, NaN where there is nothing to divide by."""

    def of(field: str) -> Floats:
        column: Floats = counts[:, FIELD[field]]
        return column

    right, predicted, gold = of("non_zero_right"), of("non_zero_predicted"), of("non_zero_gold")
    return {
        "precision": divided(right, predicted),
        "recall": divided(right, gold),
        "f1": divided(2 * right, predicted + gold),
        "cells": divided(of("right"), of("cells")),
        "reports_exact": divided(of("exact"), of("documents")),
    }


def divided(part: Floats, whole: Floats) -> Floats:
    """Divide row by row; NaN where the whole is 0.

    >>> divided(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    quotients = np.full(part.shape, np.nan)
    np.divide(part, whole, out=quotients, where=whole > 0)
    return quotients


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None
