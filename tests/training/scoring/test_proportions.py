"""Intervals hold the true share as often as they say, also where the texts of one report err together."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from training.scoring.proportions import at_most, clopper_pearson, clustered, clustered_at_most

RUNS = 4_000
PROMISED = 0.94
"""The least share of the simulated intervals that must hold the true share."""


@pytest.mark.parametrize("of", [14, 20, 300])
@pytest.mark.parametrize("true", [0.9, 0.95, 0.999])
def test_intervals_hold_the_true_share(of: int, true: float) -> None:
    counts = np.random.default_rng([2021, of, int(1000 * true)]).binomial(of, true, RUNS)
    intervals = {count: clopper_pearson(count, of) for count in set(counts.tolist())}
    assert _share_holding([intervals[count] for count in counts.tolist()], true) >= PROMISED


@pytest.mark.parametrize("reports", [14, 20, 300])
@pytest.mark.parametrize("true", [0.9, 0.95, 0.999])
def test_intervals_hold_the_true_share_where_nine_texts_of_a_report_err_together(
    reports: int, true: float
) -> None:
    counts, of = _texts(reports, true)
    intervals = [clustered(own, of) for own in counts]
    assert _share_holding(intervals, true) >= PROMISED
    at_most_ones = [clustered_at_most(of - own, of) for own in counts]
    assert np.mean([most is not None and 1 - true <= most for most in at_most_ones]) >= PROMISED


@pytest.mark.parametrize("reports", [14, 20])
def test_texts_of_one_report_tell_less_than_as_many_reports(reports: int) -> None:
    counts, of = _texts(reports, 0.9)
    wider = 0
    for own in counts[:200]:
        together, apart = clustered(own, of), clopper_pearson(own.sum(), of.sum())
        assert together is not None
        assert apart is not None
        wider += together[1] - together[0] > apart[1] - apart[0]
    assert wider > 180


def test_thirteen_of_fourteen_is_bounded_as_clopper_and_pearson_have_it() -> None:
    low, high = clopper_pearson(13, 14) or (0, 0)
    assert (round(low, 2), round(high, 3)) == (0.66, 0.998)


def test_a_bound_is_told_also_where_something_was_seen() -> None:
    assert at_most(0, 0) is None
    assert [round(at_most(seen, 300) or 0, 4) for seen in (0, 1, 3)] == [0.0099, 0.0157, 0.0256]
    assert clustered_at_most(np.zeros(0), np.zeros(0)) is None


def test_where_nothing_was_seen_each_report_counts_once() -> None:
    texts = np.full(10, 9)
    assert clustered_at_most(np.zeros(10), texts) == at_most(0, 10)


def _texts(reports: int, true: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw nine texts of each report, [run, report], most reports wholly right or wholly wrong."""
    rng = np.random.default_rng([7, reports, int(1000 * true)])
    strength = 2.0
    shares = rng.beta(true * strength, (1 - true) * strength, (RUNS // 4, reports))
    return rng.binomial(9, shares), np.full(reports, 9)


def _share_holding(intervals: list[tuple[float, float] | None], true: float) -> float:
    return float(np.mean([ends is not None and ends[0] <= true <= ends[1] for ends in intervals]))
