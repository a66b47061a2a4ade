"""Features of a line's neighbourhood: the neighbours' kinds, its place in the document, the title above."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from nlp.labelling.gazetteer import topics
from nlp.text.lines import Line

Ids = NDArray[np.int32]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

LINE_KINDS = (
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
"""A rough kind of each line, told by rules; it labels no line, and only forms pairs with other features."""

LINE_KIND = {kind: position for position, kind in enumerate(LINE_KINDS)}

_WINDOW = 6
"""In lines: how far before and behind a line prose counts as near."""
_SOON = 10
"""In lines: a line that comes again within so many is a label or a number, and no running head."""
_FAR_FROM_START = 15
"""In lines: those further from the first line are all alike."""
_FAR_FROM_END = 5
"""In lines: those further from the last line are all alike."""

_RUN_LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15, 16)
"""Steps of how many values stand one below the other: a row of the form has 7, its page number makes 8."""
_GROUPS = {
    "before": len(LINE_KINDS),
    "after": len(LINE_KINDS),
    "between": len(LINE_KINDS),
    "gap_before": 3,
    "gap_after": 3,
    "from_start": 6,
    "from_end": 4,
    "prose_near": 5,
    "topic_above": len(topics()) + 1,
    "repeated": 9,
    "value_run": 3 * len(_RUN_LENGTHS),
}
"""For each neighbour feature the number of its answers. Every answer forms a pair with a line's kind."""
_SIZES = tuple(_GROUPS.values())
_GROUP_SIZES = np.array(_SIZES, np.int32)[:, None]
_GROUP_STARTS = len(LINE_KINDS) * np.array([*accumulate((0, *_SIZES[:-1]))], np.int32)[:, None]
"""For each group the number of its first pair [groups, 1]."""
_BETWEEN = list(_GROUPS).index("between")
"""The one group that forms pairs with the kind of the line before, not with the line's own."""

_RUN_STEP = np.searchsorted(_RUN_LENGTHS, np.arange(_RUN_LENGTHS[-1] + 1), side="right") - 1
_START_STEP = np.searchsorted((1, 2, 3, 6, _FAR_FROM_START), np.arange(_FAR_FROM_START + 1), side="right")
_END_STEP = np.searchsorted((1, 2, _FAR_FROM_END), np.arange(_FAR_FROM_END + 1), side="right")
_IS_PROSE = np.array([kind in ("prose", "flowing") for kind in LINE_KINDS])


def names() -> list[str]:
    """Return the names of all pairs of a line's kind and an answer, in the order of their numbers."""
    return [
        f"{group} {kind} {answer}"
        for group, size in _GROUPS.items()
        for kind in LINE_KINDS
        for answer in range(size)
    ]


def encoded(lines: Sequence[Line], inverse: Ids, kind: Ids, topic: Counts) -> Ids:
    """Return the numbers of the neighbour features of each line [n, groups].

    `lines` are the lines of a document that are not blank; `inverse` holds a number for each, equal for
    equal lines, `kind` its position in LINE_KINDS and `topic` its topic, 0 for none.
    """
    padded = np.full(len(kind) + 2, LINE_KIND["edge"], np.int32)
    padded[1:-1] = kind
    before, after = padded[:-2], padded[2:]
    index = np.arange(len(kind))
    gaps = _gaps(lines)
    answers = {
        "before": before,
        "after": after,
        "between": after,
        "gap_before": gaps[:-1],
        "gap_after": gaps[1:],
        "from_start": _START_STEP[np.minimum(index, _FAR_FROM_START)],
        "from_end": _END_STEP[np.minimum(index, _FAR_FROM_END)][::-1],
        "prose_near": _prose_near(_IS_PROSE[kind]),
        "topic_above": _topic_above(kind, topic),
        "repeated": _repeated(inverse),
        "value_run": _value_run(kind == LINE_KIND["value"]),
    }
    numbers = np.array([answers[group] for group in _GROUPS], np.int32)
    numbers += _GROUP_STARTS + _GROUP_SIZES * kind
    numbers[_BETWEEN] += _SIZES[_BETWEEN] * (before - kind)
    return np.ascontiguousarray(numbers.T)


def _gaps(lines: Sequence[Line]) -> Ids:
    """Return the number of blank lines, at most 2, before each line, and 0 behind the last [n + 1]."""
    places = np.fromiter([line.n for line in lines], np.int32, len(lines))
    gaps = np.zeros(len(lines) + 1, np.int32)
    gaps[1:-1] = np.minimum(places[1:] - places[:-1] - 1, 2)
    return gaps


def _prose_near(is_prose: Mask) -> Counts:
    """Return the share of prose among the lines within _WINDOW of each line, itself excepted, in quarters."""
    n = len(is_prose)
    sums = np.zeros(n + 1, np.int64)
    np.cumsum(is_prose, out=sums[1:])
    index = np.arange(n)
    first, end = np.maximum(index - _WINDOW, 0), np.minimum(index + _WINDOW + 1, n)
    prose = sums[end] - sums[first] - is_prose
    neighbours = np.maximum(end - first - 1, 1)
    quarters: Counts = 4 * prose // neighbours
    return quarters


def _topic_above(kind: Ids, topic: Counts) -> Counts:
    """Return the topic of the last title above each line that has one; 0 where there is none."""
    is_titled = (kind == LINE_KIND["title"]) & (topic > 0)
    numbers = np.arange(1, len(kind) + 1)
    last_title = np.zeros(len(kind), np.int32)
    last_title[1:] = np.maximum.accumulate(np.where(is_titled, numbers, 0))[:-1]
    above: Counts = np.concatenate(([0], topic))[last_title]
    return above


def _repeated(inverse: Ids) -> Counts:
    """Return 0 for each line that occurs once, else 1 to 8 by three facts about its repetitions.

    They are whether there are more than three of it, whether the nearest is more than _SOON lines away,
    and whether it occurred before. A running head comes again on every page; a label or number comes
    again soon.
    """
    n = len(inverse)
    order = np.argsort(inverse, kind="stable")
    is_same = inverse[order[1:]] == inverse[order[:-1]]
    distance = np.full(n + 1, n)
    distance[1:-1][is_same] = np.diff(order)[is_same]
    nearest = np.empty(n, np.int64)
    nearest[order] = np.minimum(distance[:-1], distance[1:])
    occurred_before = np.zeros(n, np.int64)
    occurred_before[order[1:]] = is_same
    count = np.bincount(inverse)[inverse]
    return np.where(count == 1, 0, 1 + 4 * (count > 3) + 2 * (nearest > _SOON) + occurred_before)


def _value_run(is_value: Mask) -> Counts:
    """Return 3 · the step of the length of each line's run + its place: 0 first, 1 between, 2 last.

    Lines that are no values form runs as well. A table of one cell a line has runs of seven values: the
    eighth may be a page number.
    """
    edges = np.flatnonzero(np.concatenate(([True], is_value[1:] != is_value[:-1], [True])))
    lengths = np.diff(edges)
    length = np.repeat(lengths, lengths)
    place = np.ones(len(is_value), np.int64)
    place[edges[:-1]] = 0
    place[edges[1:] - 1] = 2
    runs: Counts = 3 * _RUN_STEP[np.minimum(length, _RUN_LENGTHS[-1])] + place
    return runs
