"""What is planted in a made-up world is found, and little else is told."""

from __future__ import annotations

import pytest

from training.reuse.__main__ import measured, table


def test_a_small_world() -> None:
    scores = measured(seed=3, agencies=12, of_each=2)
    for kind in ("verbatim, over years", "problem of last year", "item twice"):
        assert scores[kind].recall == 1.0, kind
    assert "| item twice | 2 | 2 | 1.000 |" in table(scores)


@pytest.mark.full
def test_the_world_of_the_documentation() -> None:
    scores = measured(seed=5, agencies=400, of_each=60)
    told = {kind: score.precision for kind, score in scores.items() if score.told}
    found = {kind: score.recall for kind, score in scores.items() if score.planted}
    assert min(value or 0.0 for value in told.values()) >= 0.93, told
    assert min(value or 0.0 for value in found.values()) >= 0.9, found
