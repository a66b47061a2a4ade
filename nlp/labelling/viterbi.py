"""Viterbi decoding: the most probable sequence of states, given a score for each state of each row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_path(log_probabilities: Scores, transitions: Scores, start: Scores) -> list[int]:
    """Return the sequence of states, one for each row, whose sum of scores is highest.

    `log_probabilities` [rows, states] is the score of each state in each row by itself, `transitions`
    [from, to] is added for each pair of neighbouring rows, `start` [states] for the first row. Ties go to
    the lower state. The time is linear in the rows; only rows whose own best state the transitions could
    overrule are searched.

    >>> says = np.log([[0.9, 0.1], [0.4, 0.6], [0.9, 0.1]])
    >>> best_path(says, np.log([[0.8, 0.2], [0.2, 0.8]]), np.log([0.5, 0.5]))
    [0, 0, 0]
    >>> best_path(says, np.log([[0.5, 0.5], [0.5, 0.5]]), np.log([0.5, 0.5]))
    [0, 1, 0]
    """
    if not len(log_probabilities):
        return []
    scores = log_probabilities.copy()
    scores[0] += start
    path: list[int] = scores.argmax(axis=1).tolist()
    for first, end in _unsure_stretches(scores, transitions):
        state_before = path[first - 1] if first > 0 else None
        state_after = path[end] if end < len(path) else None
        path[first:end] = _search(scores[first:end], transitions, state_before, state_after)
    return path


def _unsure_stretches(scores: Scores, transitions: Scores) -> list[tuple[int, int]]:
    """Return the stretches of rows that transitions could sway, as (first row, row behind the last).

    The best state of a row is certain where it leads the second best by more than the two transitions
    beside the row, the one into it and the one out of it, can differ.
    """
    if scores.shape[1] < 2:
        return []
    two_best = np.partition(scores, -2, axis=1)[:, -2:]
    lead = two_best[:, 1] - two_best[:, 0]
    unsure = np.zeros(len(scores) + 2, np.bool_)
    unsure[1:-1] = lead <= 2 * (transitions.max() - transitions.min())
    edges = np.flatnonzero(unsure[1:] != unsure[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _search(
    scores: Scores, transitions: Scores, state_before: int | None, state_after: int | None
) -> list[int]:
    """Return the best states of a stretch of rows between two rows whose states are settled.

    `state_before` is None at the first row of all, `state_after` at the last. The loop runs on plain lists:
    with five states, a NumPy call for each row costs more than it saves.
    """
    states = range(scores.shape[1])
    steps_into = transitions.T.tolist()
    rows = scores.tolist()
    if state_before is None:
        totals = rows[0]
    else:
        totals = [rows[0][state] + steps_into[state][state_before] for state in states]
    best_previous: list[list[int]] = []
    for row in rows[1:]:
        candidates = [
            [total + step for total, step in zip(totals, steps_into[state], strict=True)] for state in states
        ]
        best_totals = [max(candidate) for candidate in candidates]
        best_previous.append(
            [candidate.index(best) for candidate, best in zip(candidates, best_totals, strict=True)]
        )
        totals = [best + own for best, own in zip(best_totals, row, strict=True)]
    if state_after is not None:
        totals = [total + step for total, step in zip(totals, steps_into[state_after], strict=True)]
    path = [totals.index(max(totals))]
    for previous in reversed(best_previous):
        path.append(previous[path[-1]])
    path.reverse()
    return path
