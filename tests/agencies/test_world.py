"""Agencies of a made-up world in real places are joined over the years, whatever their names look like."""

from __future__ import annotations

import pytest

from nlp.agencies.agencies import agency_of
from tests.agencies.world import Joined, measured, world


def joined(seed: int, agencies: int, only_ambiguous: bool = False) -> Joined:
    named = list(world(seed, agencies, only_ambiguous))
    return measured([(one.truth, agency_of(one.report)) for one in named])


def test_agencies_are_joined_and_none_with_another() -> None:
    result = joined(seed=1, agencies=150)
    assert (result.pairs_wrong, result.told_wrong) == (0, 0)
    assert result.right >= 0.98 * result.reports


def test_districts_of_one_name_are_not_mixed_up() -> None:
    result = joined(seed=1, agencies=60, only_ambiguous=True)
    assert (result.pairs_wrong, result.told_wrong) == (0, 0)
    assert result.right >= 0.85 * result.reports


@pytest.mark.full
def test_400_agencies_of_5_years() -> None:
    results = [joined(seed, 400) for seed in range(1, 9)]
    assert sum(result.pairs_wrong + result.told_wrong for result in results) == 0
    assert sum(result.right for result in results) >= 0.99 * sum(result.reports for result in results)
