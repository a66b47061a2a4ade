"""What stands round a line: its neighbours' kinds, its place, the chapter it is under."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from nlp.labelling.gazetteer import topics
from nlp.text.lines import Line

Ids = NDArray[np.int32]

KINDS = (
    "value",
    "values",
    "placeholder",
    "borders",
    "page",
    "label",
    "row",
    "site",
    "title",
    "piece",
    "prose",
    "flowing",
    "text",
    "edge",
)
"""A first look at a line, which only the model's pairs of features use: it decides nothing by itself."""

KIND = {kind: at for at, kind in enumerate(KINDS)}

_WINDOW = 6
_SOON = 10

_RUNS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15, 16)
_GROUPS = {
    "before": len(KINDS),
    "after": len(KINDS),
    "between": len(KINDS),
    "gap_before": 3,
    "gap_after": 3,
    "from_start": 6,
    "from_end": 4,
    "prose_near": 5,
    "topic_above": len(topics()) + 1,
    "repeated": 9,
    "value_run": 3 * len(_RUNS),
}
"""How many answers there are about each of a line's surroundings; each goes together with a kind of line."""
_SIZES = tuple(_GROUPS.values())
_STARTS = accumulate((len(KINDS) * size for size in _SIZES), initial=0)
_PLACES = np.array([*zip(_STARTS, _SIZES, strict=False)], np.int32)
"""Where each group's features begin, and how many there are for each kind."""
_BETWEEN = [*_GROUPS].index("between")
"""The one group that goes together with the kind of the line before."""

_RUN_STEPS = np.searchsorted(_RUNS, np.arange(_RUNS[-1] + 1), side="right") - 1
_FROM_START = np.searchsorted((1, 2, 3, 6, 15), np.arange(16), side="right")
_FROM_END = np.searchsorted((1, 2, 5), np.arange(6), side="right")
_PROSE = np.array([kind in ("prose", "flowing") for kind in KINDS])


def names() -> list[str]:
    """Name the features of surroundings, in the order of their numbers."""
    pairs = ((kind, value) for size in _SIZES for kind in KINDS for value in range(size))
    groups = (group for group, size in zip(_GROUPS, _SIZES, strict=True) for _ in range(len(KINDS) * size))
    return [f"{group} {kind} {value}" for group, (kind, value) in zip(groups, pairs, strict=True)]


def surroundings(lines: Sequence[Line], which: Ids, kind: Ids, topic: NDArray[np.int64]) -> Ids:
    """Return the numbers of the features of each line's surroundings [n, groups].

    `which` tells what lines are alike, `kind` is each line's place in KINDS, `topic` what it is about.
    """
    around = np.full(len(kind) + 2, KIND["edge"], np.int32)
    around[1:-1] = kind
    before, after = around[:-2], around[2:]
    at = np.arange(len(kind))
    gaps = _gaps(lines)
    answers = {
        "before": before,
        "after": after,
        "between": after,
        "gap_before": gaps[:-1],
        "gap_after": gaps[1:],
        "from_start": _FROM_START[np.minimum(at, 15)],
        "from_end": _FROM_END[np.minimum(at, 5)][::-1],
        "prose_near": _share(_PROSE[kind]),
        "topic_above": _topic_above(kind, topic),
        "repeated": _repeated(which),
        "value_run": _value_run(kind == KIND["value"]),
    }
    said = np.array([answers[group] for group in _GROUPS], np.int32)
    said += _PLACES[:, 1:] * kind + _PLACES[:, :1]
    said[_BETWEEN] += _SIZES[_BETWEEN] * (before - kind)
    return np.ascontiguousarray(said.T)


def _gaps(lines: Sequence[Line]) -> Ids:
    """Return how many blank lines stand before each line, and 0 behind the last; two stand for more."""
    places = np.fromiter([line.n for line in lines], np.int32, len(lines))
    gaps = np.zeros(len(lines) + 1, np.int32)
    gaps[1:-1] = np.minimum(places[1:] - places[:-1] - 1, 2)
    return gaps


def _share(held: NDArray[np.bool_]) -> NDArray[np.int64]:
    """In quarters, how many of the lines near each line are so; the line itself does not count."""
    n = len(held)
    sums = np.zeros(n + 1, np.int64)
    np.cumsum(held, out=sums[1:])
    at = np.arange(n)
    first, last = np.maximum(at - _WINDOW, 0), np.minimum(at + _WINDOW + 1, n)
    share: NDArray[np.int64] = 4 * (sums[last] - sums[first] - held) // np.maximum(last - first - 1, 1)
    return share


def _topic_above(kind: Ids, topic: NDArray[np.int64]) -> NDArray[np.int64]:
    """What the last title above each line is about; 0 where there is none."""
    titled = (kind == KIND["title"]) & (topic > 0)
    last = np.zeros(len(kind), np.int32)
    last[1:] = np.maximum.accumulate(np.where(titled, np.arange(1, len(kind) + 1), 0))[:-1]
    above: NDArray[np.int64] = np.concatenate(([0], topic))[last]
    return above


def _repeated(which: Ids) -> NDArray[np.int64]:
    """0: it stands there once; else how often, whether for the first time, and how far the next like it is.

    What comes again on every page is its header; what comes again soon is a label or a number.
    """
    order = np.argsort(which, kind="stable")
    far = np.full(len(which) + 1, len(which))
    same = which[order[1:]] == which[order[:-1]]
    far[1:-1][same] = np.diff(order)[same]
    nearest, later = np.empty(len(which), np.int64), np.zeros(len(which), np.int64)
    nearest[order] = np.minimum(far[:-1], far[1:])
    later[order[1:]] = same
    count = np.bincount(which)[which]
    return np.where(count == 1, 0, 1 + 4 * (count > 3) + 2 * (nearest > _SOON) + later)


def _value_run(value: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many values stand under each other here, and whether this is the first, the last or between.

    A table of one cell a line has runs of seven: the eighth may be the number of a page.
    """
    edges = np.flatnonzero(np.concatenate(([True], value[1:] != value[:-1], [True])))
    lengths = np.diff(edges)
    length = np.repeat(lengths, lengths)
    place = np.ones(len(value), np.int64)
    place[edges[:-1]], place[edges[1:] - 1] = 0, 2
    runs: NDArray[np.int64] = 3 * _RUN_STEPS[np.minimum(length, _RUNS[-1])] + place
    return runs
