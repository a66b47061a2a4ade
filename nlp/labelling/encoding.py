"""A document as the line classifier sees it: the numbers of the features that each line has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from msgspec import Struct

from nlp.labelling import neighbour_features as context
from nlp.labelling.line_features import FEATURES, Answers
from nlp.labelling.line_statistics import Page, page
from nlp.labelling.neighbour_features import KIND, Ids, surroundings
from nlp.text.lines import Line

OFFSETS = (0, -1, 1, -2, 2)
"""A line is described by the answers of these lines, counted without the blank ones."""


class Scene(Struct, frozen=True):
    """The features of a document's n lines that are not blank, d of them different.

    `answers` [d, features] holds the numbers of the features of each different line, `which` [n] tells
    which of them a line is, `context` [n, groups] holds the numbers of the features of its surroundings.
    `worded` are those of the different lines whose words are asked.
    """

    distinct: list[Line]
    worded: Ids
    which: Ids
    answers: Ids
    context: Ids


_STARTS = np.array([*accumulate((len(feature.values) for feature in FEATURES), initial=0)], np.int32)
EDGE = int(_STARTS[-1])
"""Stands for every answer of a line before the first or after the last."""
ANSWERS = EDGE + 1


def scene(lines: Sequence[Line]) -> Scene:
    """Return the features of the lines, all of which hold something."""
    which, distinct = _distinct(lines)
    seen = page(distinct)
    said = {feature.name: feature.ask(seen) for feature in FEATURES}
    answers = np.ascontiguousarray(np.array([*said.values()], np.int32).T) + _STARTS[:-1]
    around = surroundings(lines, which, kinds(seen, said)[which], said["topic"][which])
    return Scene(distinct, seen.worded, which, answers, around)


def _distinct(lines: Sequence[Line]) -> tuple[Ids, list[Line]]:
    """Return which of the different lines each line is, and these."""
    places: dict[str, int] = {}
    distinct: list[Line] = []
    which: list[int] = []
    for line in lines:
        place = places.setdefault(line.raw, len(distinct))
        which.append(place)
        if place == len(distinct):
            distinct.append(line)
    return np.array(which, np.int32), distinct


def names() -> list[str]:
    """Name every feature, by its column: the answers for each offset, then the surroundings."""
    answers = [f"{feature.name}={value}" for feature in FEATURES for value in feature.values]
    near = [f"{offset:+d} {name}" for offset in OFFSETS for name in [*answers, "edge"]]
    return near + context.names()


def columns(scene: Scene) -> Ids:
    """Return the column of each feature that holds, [n, …], in the order of `names`."""
    edges = max(map(abs, OFFSETS))
    said = np.vstack((scene.answers, np.full((1, len(FEATURES)), EDGE, np.int32)))
    which = np.pad(scene.which, edges, constant_values=len(said) - 1)
    n = len(scene.which)
    places = [which[edges + offset : edges + offset + n] for offset in OFFSETS]
    near = [said[place] + at * ANSWERS for at, place in enumerate(places)]
    return np.hstack([*near, scene.context + len(OFFSETS) * ANSWERS])


def kinds(seen: Page, said: dict[str, Answers]) -> Ids:
    """Return the place in KINDS of each line of a page, given its features: the first case that fits."""
    chinese, values, label, borders = seen.count("chinese"), said["values"], said["label"], said["borders"]
    plain = (said["sentences"] == 0) & (said["commas"] == 0) & (said["closing"] != _FULL_STOP)
    titled = (said["topic"] > 0) | (said["opening"] == _CHAPTER) | (said["opening"] == _PART)
    cells = (borders >= _TABS) & (borders != _WIDE)
    cases = (
        ("page", said["page"] == _MARKED),
        ("value", values == 1),
        ("values", values == 2),
        ("placeholder", (values == 3) | (values == 4)),
        ("borders", values == 5),
        ("label", (label > 0) & (label < 5) & (seen.numbers < 2)),
        ("row", cells | ((label > 0) & (seen.numbers > 1))),
        ("site", said["site"] > 1),
        ("title", titled & plain & (chinese < 31)),
        ("piece", chinese < 5),
        ("prose", ~plain),
        ("flowing", chinese > 18),
    )
    found = np.full(len(values), KIND["text"], np.int32)
    for kind, fits in reversed(cases):
        found[fits] = KIND[kind]
    return found


_VALUE = {feature.name: {value: at for at, value in enumerate(feature.values)} for feature in FEATURES}
_FULL_STOP = _VALUE["closing"]["。"]
_CHAPTER, _PART = _VALUE["opening"]["chapter"], _VALUE["opening"]["part"]
_TABS, _WIDE = _VALUE["borders"]["tabs"], _VALUE["borders"]["wide"]
_MARKED = _VALUE["page"]["marked"]
