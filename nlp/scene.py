"""A document as the line classifier sees it: the numbers of the features that each line has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from nlp import context
from nlp.characters import page
from nlp.context import KIND, Ids, surroundings
from nlp.features import FEATURES
from nlp.lines import Line

OFFSETS = (0, -1, 1, -2, 2)
"""A line is described by the answers of these lines, counted without the blank ones."""


@dataclass(frozen=True)
class Scene:
    """The features of a document's n lines that are not blank, d of them different.

    `answers` [d, features] holds the numbers of the features of each different line, `which` [n] tells
    which of them a line is, `context` [n, groups] holds the numbers of the features of its surroundings.
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
    topic = answers[:, _COLUMN["topic"]] - _STARTS[_COLUMN["topic"]]
    around = surroundings(lines, which, kinds(answers)[which], topic[which])
    return Scene(distinct, which, answers, around)


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


def kinds(answers: Ids) -> Ids:
    """Return the position in KINDS of each different line: the first case that fits."""
    said = {name: answers[:, at] - _STARTS[at] for name, at in _COLUMN.items()}
    length, values, label, numbers = said["length"], said["values"], said["label"], said["numbers"]
    plain = (said["sentences"] == 0) & (said["commas"] == 0) & (said["closing"] != 1)
    titled = ((said["topic"] > 0) | ((said["opening"] > 0) & (said["opening"] < 3))) & (length < 11)
    cells = (said["borders"] >= 4) & (said["borders"] != 7)
    named = (label > 0) & (label < 5)
    cases = (
        ("page", said["page"] == 2),
        ("value", values == 1),
        ("values", values == 2),
        ("placeholder", (values == 3) | (values == 4)),
        ("borders", values == 5),
        ("label", named & (numbers < 2)),
        ("row", cells | ((label > 0) & (numbers > 1))),
        ("site", said["site"] > 1),
        ("title", titled & plain),
        ("piece", length < 5),
        ("prose", ~plain),
        ("flowing", length > 8),
    )
    found = np.full(len(answers), KIND["text"], np.int32)
    for kind, fits in reversed(cases):
        found[fits] = KIND[kind]
    return found
