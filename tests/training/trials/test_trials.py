"""Batches that are disturbed lose nothing; `python -m training.trials` tries it hundreds of times."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from training.trials.disks import full_disk, read_only
from training.trials.power import cut
from training.trials.runs import warm
from training.trials.trying import Tally, killed, misled, told_to_end, twice_at_once, without_room

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked")
FEW = {killed: 2, told_to_end: 2, twice_at_once: 1, without_room: 2, cut: 2}
MANY = {
    killed: 96,
    told_to_end: 48,
    twice_at_once: 32,
    without_room: 32,
    cut: 32,
    full_disk: 16,
    read_only: 8,
}


def faultless(tally: Tally) -> bool:
    return tally.faults == 0 and (tally.tries > 0 or "not tried" in tally.kind)


@pytest.mark.parametrize("trial", FEW, ids=lambda trial: trial.__name__)
def test_a_disturbed_batch_loses_nothing(trial: Callable[..., Tally]) -> None:
    warm()
    tally = trial(FEW[trial])
    assert faultless(tally), tally


@pytest.mark.full
@pytest.mark.parametrize("trial", MANY, ids=lambda trial: trial.__name__)
def test_batches_of_every_format_that_are_disturbed_lose_nothing(trial: Callable[..., Tally]) -> None:
    warm()
    tally = trial(MANY[trial])
    assert faultless(tally), tally


@pytest.mark.full
def test_nothing_in_the_place_of_its_files_misleads_a_batch() -> None:
    warm()
    tally = misled()
    assert faultless(tally), tally
