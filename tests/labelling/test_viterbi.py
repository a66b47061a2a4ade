"""The best path is the best of all paths."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlp.labelling.viterbi import best_path

Array = NDArray[np.float64]


def worth(path: tuple[int, ...], rows: Array, transitions: Array, start: Array) -> float:
    own = sum(rows[at, state] for at, state in enumerate(path))
    return float(own + start[path[0]] + sum(transitions[before, after] for before, after in pairwise(path)))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 4), st.sampled_from((0.3, 2.0, 9.0)))
def test_no_other_path_scores_higher(seed: int, length: int, states: int, certainty: float) -> None:
    chance = np.random.default_rng(seed)
    rows = certainty * chance.normal(size=(length, states))
    transitions, start = chance.normal(size=(states, states)), chance.normal(size=states)
    found = worth(tuple(best_path(rows, transitions, start)), rows, transitions, start)
    paths = product(range(states), repeat=length)
    assert abs(found - max(worth(path, rows, transitions, start) for path in paths)) < 1e-9


def test_sure_rows_decide_for_unsure_ones_between_them() -> None:
    rows = np.log([[0.999, 0.001], [0.45, 0.55], [0.45, 0.55], [0.999, 0.001]])
    assert best_path(rows, np.log([[0.9, 0.1], [0.1, 0.9]]), np.zeros(2)) == [0, 0, 0, 0]


def test_the_start_counts() -> None:
    assert best_path(np.log([[0.5, 0.5]]), np.zeros((2, 2)), np.array([0.0, 1.0])) == [1]


def test_there_is_no_path_through_nothing() -> None:
    assert best_path(np.empty((0, 5)), np.zeros((5, 5)), np.zeros(5)) == []


def test_a_hundred_thousand_unsure_rows_are_no_trouble() -> None:
    rows = np.log(np.full((100_000, 2), 0.5))
    path = best_path(rows, np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1.0, 0.0]))
    assert path == [0, 1] * 50_000


def test_what_is_given_is_left_as_it_was() -> None:
    rows = np.log([[0.5, 0.5], [0.5, 0.5]])
    given_rows = rows.copy()
    best_path(rows, np.ones((2, 2)), np.ones(2))
    assert np.array_equal(rows, given_rows)
