"""Computes the figures of a group of cells over many documents: micro, macro, baseline, intervals."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from training.scoring.bootstrap import Interval
from training.scoring.counts import FIELD, Counts
from training.scoring.metrics import Found, Share, found, share
from training.scoring.proportions import clustered

Floats = NDArray[np.float64]


class Macro(Struct, frozen=True):
    """Means of the figures of each document; None if no document has anything to count."""

    precision: float | None
    recall: float | None
    f1: float | None
    cells: float | None


class Figures(Struct, frozen=True):
    """Every figure of a group of cells; the cells that are not right are either `wrong` or `unanswered`.

    `baseline` and `baseline_exact` are the shares of cells and of reports that are right if 0 is predicted
    everywhere. `intervals` has exact 95 % intervals, the texts of one report taken together.
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


def figures(rows: NDArray[np.float32], reports: NDArray[np.intp]) -> Figures:
    """Return the figures of counts [document, field]; `reports` numbers the report of each document."""
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
        _intervals(rows.astype(np.float64), reports),
    )


def _macro(rows: Floats) -> Macro:
    means = {name: mean_of_known(values) for name, values in ratios(rows).items()}
    return Macro(means["precision"], means["recall"], means["f1"], means["cells"])


def _intervals(rows: Floats, reports: NDArray[np.intp]) -> dict[str, Interval]:
    """Return the interval of each figure that has one."""
    columns = [np.bincount(reports, column).astype(np.float64) for column in rows.T]
    by_report = np.stack(columns, axis=1) if len(rows) else rows
    intervals: dict[str, Interval] = {}
    for name, (part, whole) in _parts(by_report).items():
        ends = clustered(part, whole)
        if ends is not None:
            intervals[name] = ends
    return intervals


def ratios(counts: Floats) -> dict[str, Floats]:
    """Return each figure for every row of counts [row, field], NaN where there is nothing to divide by."""
    return {name: divided(part, whole) for name, (part, whole) in _parts(counts).items()}


def _parts(counts: Floats) -> dict[str, tuple[Floats, Floats]]:
    """Return what each figure is the quotient of, for every row of counts [row, field]."""
    column: dict[str, Floats] = {field: counts[:, number] for field, number in FIELD.items()}
    right, predicted, gold = column["non_zero_right"], column["non_zero_predicted"], column["non_zero_gold"]
    return {
        "precision": (right, predicted),
        "recall": (right, gold),
        "f1": (2 * right, predicted + gold),
        "cells": (column["right"], column["cells"]),
        "reports_exact": (column["exact"], column["documents"]),
    }


def divided(part: Floats, whole: Floats) -> Floats:
    """Return the quotients, NaN where the whole is 0.

    >>> divided(np.array([1.0, 0.0]), np.array([2.0, 0.0])).tolist()
    [0.5, nan]
    """
    quotients = np.full(part.shape, np.nan)
    np.divide(part, whole, out=quotients, where=whole > 0)
    return quotients


def mean_of_known(values: Floats) -> float | None:
    """Return the mean of the values that are not NaN; None if there are none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None
