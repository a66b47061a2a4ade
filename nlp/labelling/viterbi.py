"""The best path through a row of things that each may be one of a few: Viterbi."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_path(log_probabilities: Scores, transitions: Scores, start: Scores) -> list[int]:
    """Return the states whose sum of logarithms is highest, one for each row; the time is linear.

    `log_probabilities` [n, states] is what each row says by itself, `transitions` [from, to] and `start`
    [states] what its neighbours add. Only stretches of rows that neighbours could sway are searched.

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
    for first, last in _unsure(scores, transitions):
        before = path[first - 1] if first else None
        after = path[last] if last < len(path) else None
        path[first:last] = _search(scores[first:last], transitions, before, after)
    return path


def _unsure(scores: Scores, transitions: Scores) -> list[tuple[int, int]]:
    """Return the stretches, first and behind the last, of rows that transitions might sway.

    A row is sure where its best state leads the next by more than any two transitions, the one into it
    and the one out of it, can make up for.
    """
    if scores.shape[1] < 2:
        return []
    second, best = np.partition(scores, -2, axis=1)[:, -2:].T
    unsure = np.zeros(len(scores) + 2, np.bool_)
    unsure[1:-1] = best - second <= 2 * (transitions.max() - transitions.min())
    edges = np.flatnonzero(unsure[1:] != unsure[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _search(scores: Scores, transitions: Scores, before: int | None, after: int | None) -> list[int]:
    """Search one stretch between two neighbours that are settled, where there are any."""
    states = range(scores.shape[1])
    into = transitions.T.tolist()
    rows = scores.tolist()
    reached = rows[0] if before is None else [rows[0][to] + into[to][before] for to in states]
    came: list[list[int]] = []
    for row in rows[1:]:
        ways = [[so_far + step for so_far, step in zip(reached, into[to], strict=True)] for to in states]
        tops = [max(way) for way in ways]
        came.append([way.index(top) for way, top in zip(ways, tops, strict=True)])
        reached = [top + own for top, own in zip(tops, row, strict=True)]
    if after is not None:
        reached = [so_far + into[after][at] for at, so_far in zip(states, reached, strict=True)]
    path = [reached.index(max(reached))]
    for step in reversed(came):
        path.append(step[path[-1]])
    return path[::-1]
