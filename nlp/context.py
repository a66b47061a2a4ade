"""What stands round a line: its neighbours, its place, the chapter it is under, as numbers of features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from nlp.characters import page
from nlp.features import FEATURES, topics
from nlp.lines import Line

Ids = NDArray[np.int32]

OFFSETS = (0, -1, 1, -2, 2)
"""A line is described by the answers of these lines, counted without the blank ones."""

_WINDOW = 6

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


@dataclass(frozen=True)
class Scene:
    """The features of a document's n lines that are not blank, d of them different.

    `answers` [d, features] holds the numbers of the features of each different line, `which` [n] tells
    which of them a line is, `context` [n, …] holds the numbers of the features of its surroundings.
    """

    distinct: list[Line]
    which: Ids
    answers: Ids
    context: Ids


_STARTS = tuple(accumulate((len(feature.values) for feature in FEATURES), initial=0))
EDGE = _STARTS[-1]
"""Stands for every answer of a line before the first or after the last."""
ANSWERS = EDGE + 1

_QUESTIONS = tuple((feature.ask, start) for feature, start in zip(FEATURES, _STARTS, strict=False))
_COLUMN = {feature.name: at for at, feature in enumerate(FEATURES)}


def scene(lines: Sequence[Line]) -> Scene:
    """Return the features of the lines, all of which hold something."""
    firsts: dict[str, Line] = {}
    for line in lines:
        firsts.setdefault(line.raw, line)
    places = {raw: at for at, raw in enumerate(firsts)}
    which = np.fromiter([places[line.raw] for line in lines], np.int32, len(lines))
    distinct = list(firsts.values())
    seen = page(distinct)
    answers = np.stack([start + ask(seen) for ask, start in _QUESTIONS], axis=1).astype(np.int32)
    return Scene(distinct, which, answers, _context(lines, which, answers))


def names() -> list[str]:
    """Name every feature, by its number: the answers for each offset, then the surroundings."""
    answers = [f"{feature.name}={value}" for feature in FEATURES for value in feature.values]
    local = [f"{offset:+d} {name}" for offset in OFFSETS for name in [*answers, "edge"]]
    pairs = ((kind, value) for size in _SIZES for kind in KINDS for value in range(size))
    groups = (group for group, size in zip(_GROUPS, _SIZES, strict=True) for _ in range(len(KINDS) * size))
    return local + [f"{group} {kind} {value}" for group, (kind, value) in zip(groups, pairs, strict=True)]


def context_size() -> int:
    """Return how many features of surroundings there are."""
    return len(KINDS) * sum(_SIZES)


def columns(scene: Scene) -> Ids:
    """Return the column of each feature that holds, [n, …], in the order of `names`."""
    edges = max(map(abs, OFFSETS))
    said = np.vstack((scene.answers, np.full((1, len(FEATURES)), EDGE, np.int32)))
    which = np.pad(scene.which, edges, constant_values=len(said) - 1)
    n = len(scene.which)
    places = [which[edges + offset : edges + offset + n] for offset in OFFSETS]
    near = [said[place] + at * ANSWERS for at, place in enumerate(places)]
    return np.hstack([*near, scene.context + len(OFFSETS) * ANSWERS])


def kinds(answers: Ids) -> Ids:
    """Return the position in KINDS of each different line: the first case that fits."""
    said = {name: answers[:, at] - _STARTS[at] for name, at in _COLUMN.items()}
    length, values, label, numbers = said["length"], said["values"], said["label"], said["numbers"]
    plain = (said["sentences"] == 0) & (said["commas"] == 0) & (said["closing"] != 1)
    titled = ((said["topic"] > 0) | ((said["opening"] > 0) & (said["opening"] < 3))) & (length < 11)
    cells = (said["borders"] >= 4) & (said["borders"] != 7)
    named = (label > 0) & (label < 5)
    cases = (
        ("value", values == 1),
        ("values", values == 2),
        ("placeholder", (values == 3) | (values == 4)),
        ("borders", values == 5),
        ("page", said["page"] == 2),
        ("label", named & (numbers < 2)),
        ("row", cells | ((label > 0) & (numbers > 1))),
        ("site", said["site"] > 1),
        ("title", titled & plain),
        ("piece", length < 5),
        ("prose", ~plain),
        ("flowing", length > 8),
    )
    found = np.full(len(answers), _KIND["text"], np.int32)
    for kind, fits in reversed(cases):
        found[fits] = _KIND[kind]
    return found


_KIND = {kind: at for at, kind in enumerate(KINDS)}
_RUNS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15, 16)
_GROUPS = {
    "before": len(KINDS),
    "after": len(KINDS),
    "between": len(KINDS),
    "gap_before": 3,
    "gap_after": 3,
    "from_start": 6,
    "from_end": 4,
    "values_near": 5,
    "prose_near": 5,
    "table_near": 5,
    "topic_above": len(topics()) + 1,
    "repeated": 5,
    "value_run": 3 * len(_RUNS),
}
"""How many answers there are about each of a line's surroundings; each goes together with a kind of line."""
_SIZES = tuple(_GROUPS.values())
_GROUP_STARTS = np.array([*accumulate((len(KINDS) * size for size in _SIZES), initial=0)][:-1], np.int32)

_RUN_STEPS = np.searchsorted(_RUNS, np.arange(_RUNS[-1] + 1), side="right") - 1
_FROM_START = np.searchsorted((1, 2, 3, 6, 15), np.arange(16), side="right")
_FROM_END = np.searchsorted((1, 2, 5), np.arange(6), side="right")
_NEAR_KINDS = (("value", "values", "placeholder"), ("prose", "flowing"), ("label", "row", "borders"))
_NEAR = np.array([[kind in near for near in _NEAR_KINDS] for kind in KINDS], np.int64)


def _context(lines: Sequence[Line], which: Ids, answers: Ids) -> Ids:
    """Return the columns of what surrounds each line, in the order of _GROUPS."""
    kind = kinds(answers)[which]
    n = len(kind)
    around = np.full(n + 2, _KIND["edge"], np.int32)
    around[1:-1] = kind
    at = np.arange(n)
    gaps = _gaps(lines)
    topic = answers[which, _COLUMN["topic"]] - _STARTS[_COLUMN["topic"]]
    found = np.empty((len(_SIZES), n), np.int32)
    found[0], found[1], found[2] = around[:-2], around[2:], around[2:]
    found[3], found[4] = gaps[:-1], gaps[1:]
    found[5] = _FROM_START[np.minimum(at, 15)]
    found[6] = _FROM_END[np.minimum(at, 5)][::-1]
    found[7:10] = _shares(_NEAR[kind]).T
    found[10] = _topic_above(kind, topic)
    found[11] = _repeated(which)
    found[12] = _value_run(kind == _KIND["value"])
    whose = np.tile(kind, (len(_SIZES), 1))
    whose[2] = around[:-2]
    return np.ascontiguousarray((found + whose * np.array(_SIZES)[:, None] + _GROUP_STARTS[:, None]).T)


def _gaps(lines: Sequence[Line]) -> Ids:
    """Return how many blank lines stand before each line, and 0 behind the last; two stand for more."""
    places = np.fromiter([line.n for line in lines], np.int32, len(lines))
    gaps = np.zeros(len(lines) + 1, np.int32)
    gaps[1:-1] = np.minimum(places[1:] - places[:-1] - 1, 2)
    return gaps


def _shares(held: NDArray[np.int64]) -> NDArray[np.int64]:
    """In quarters, how many of the lines near each line are so; the line itself does not count."""
    n = len(held)
    sums = np.zeros((n + 1, held.shape[1]), np.int64)
    np.cumsum(held, axis=0, out=sums[1:])
    at = np.arange(n)
    first, last = np.maximum(at - _WINDOW, 0), np.minimum(at + _WINDOW + 1, n)
    near = sums[last] - sums[first] - held
    shares: NDArray[np.int64] = 4 * near // np.maximum(last - first - 1, 1)[:, None]
    return shares


def _topic_above(kind: Ids, topic: Ids) -> NDArray[np.int64]:
    """What the last title above each line is about; 0 where there is none."""
    titled = (kind == _KIND["title"]) & (topic > 0)
    last = np.zeros(len(kind), np.int32)
    last[1:] = np.maximum.accumulate(np.where(titled, np.arange(1, len(kind) + 1), 0))[:-1]
    above: NDArray[np.int64] = np.concatenate(([0], topic))[last]
    return above


def _repeated(which: Ids) -> NDArray[np.int64]:
    """0: it stands there once; 1, 2: twice or three times, the first and a later one; 3, 4: more often."""
    count = np.bincount(which)[which]
    later = np.ones(len(which), np.int64)
    later[np.unique(which, return_index=True)[1]] = 0
    return np.where(count == 1, 0, np.where(count < 4, 1, 3) + later)


def _value_run(value: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many values stand under each other here, and whether this is the first, the last or between.

    A table of one cell a line has runs of seven: the eighth may be the number of a page.
    """
    edges = np.flatnonzero(np.concatenate(([True], value[1:] != value[:-1], [True])))
    lengths = np.diff(edges)
    length = np.repeat(lengths, lengths)
    place = np.ones(len(value), np.int64)
    place[edges[:-1]], place[edges[1:] - 1] = 0, 2
    return 3 * _RUN_STEPS[np.minimum(length, _RUNS[-1])] + place
