"""Planted faults are found, and nothing else is."""

from __future__ import annotations

from random import Random

import pytest

from nlp.form.form import for_year
from nlp.form.sums import added
from training.across.trial import trial
from training.across.world import YEARS, world


def test_the_numbers_of_a_world_agree() -> None:
    for agency in world(Random(3), alone=6, counties=1, offices=3):
        for year in YEARS:
            form, numbers = for_year(year), agency.numbers[year]
            assert form is not None
            for table in form.tables:
                rows = [row.id for row in table.rows if not row.optional]
                for relation in table.down:
                    sides = [table.printed(side, set(rows)) for side in (relation.left, relation.right)]
                    for column in table.column:
                        left, right = (
                            added([numbers[f"{table.id}.{row}.{column}"] for row in side]) for side in sides
                        )
                        assert left == right


def test_planted_faults_are_found() -> None:
    found = trial(range(1), alone=60, counties=4, offices=4, each=2)
    assert (found.false, found.missed) == ([], [])


@pytest.mark.full
def test_planted_faults_are_found_in_large_worlds() -> None:
    for score in trial(range(3)).scores:
        assert score.precision >= 0.98
        assert score.recall >= 0.95
