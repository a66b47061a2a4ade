"""The feature matrix of a document: the numbers of the features that each of its lines has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from msgspec import Struct

from nlp.labelling import neighbour_features
from nlp.labelling.line_features import FEATURES, Answers
from nlp.labelling.line_statistics import LineStatistics, line_statistics
from nlp.labelling.neighbour_features import LINE_KIND, Ids
from nlp.text.lines import Line

OFFSETS = (0, -1, 1, -2, 2)
"""A line is described by its own answers and those of these neighbours; blank lines do not count."""
WIDEST_OFFSET = 2


class FeatureMatrix(Struct, frozen=True):
    """The features of the n lines of a document that are not blank, of which d are different.

    Line i has the text and the answers of the distinct line `inverse[i]`, as in `numpy.unique`.

    - `distinct` [d]: the first line of each text.
    - `worded`: the indices in `distinct` of the lines whose words are looked up.
    - `inverse` [n]: for each line its index in `distinct`.
    - `answers` [d, features]: for each distinct line the answer to each of FEATURES, numbered through.
    - `context` [n, groups]: for each line the numbers of its neighbour features.
    """

    distinct: list[Line]
    worded: Ids
    inverse: Ids
    answers: Ids
    context: Ids


_FIRST_ANSWERS = np.array([*accumulate((len(feature.values) for feature in FEATURES), initial=0)], np.int32)
"""For each feature the number of its first answer, and behind them the number of all answers."""
EDGE = int(_FIRST_ANSWERS[-1])
"""The answer to every feature of a line before the first or behind the last."""
ANSWERS = EDGE + 1
"""The number of different answers to all features, EDGE included."""


def feature_matrix(lines: Sequence[Line]) -> FeatureMatrix:
    """Return the features of a document's lines, none of which may be blank."""
    inverse, distinct = _distinct(lines)
    statistics = line_statistics(distinct)
    answers = {feature.name: feature.ask(statistics) for feature in FEATURES}
    numbered = np.ascontiguousarray(np.array([*answers.values()], np.int32).T) + _FIRST_ANSWERS[:-1]
    kinds = line_kinds(statistics, answers)
    context = neighbour_features.encoded(lines, inverse, kinds[inverse], answers["topic"][inverse])
    return FeatureMatrix(distinct, statistics.worded, inverse, numbered, context)


def _distinct(lines: Sequence[Line]) -> tuple[Ids, list[Line]]:
    """Return for each line the index of its text, and the first line of each text."""
    indices: dict[str, int] = {}
    distinct: list[Line] = []
    inverse: list[int] = []
    for line in lines:
        index = indices.setdefault(line.raw, len(distinct))
        inverse.append(index)
        if index == len(distinct):
            distinct.append(line)
    return np.array(inverse, np.int32), distinct


def names() -> list[str]:
    """Return the name of every column: answers of the line at each offset, then neighbour features."""
    answers = [f"{feature.name}={value}" for feature in FEATURES for value in feature.values]
    of_offsets = [f"{offset:+d} {name}" for offset in OFFSETS for name in [*answers, "edge"]]
    return of_offsets + neighbour_features.names()


def columns(matrix: FeatureMatrix) -> Ids:
    """Return for each line the columns of the features that it has [n, features], as `names` counts them.

    This is the matrix that scikit-learn is trained on; labelling adds the weights up without it.
    """
    edge = np.full((1, len(FEATURES)), EDGE, np.int32)
    answers = np.vstack((matrix.answers, edge))
    padded = np.pad(matrix.inverse, WIDEST_OFFSET, constant_values=len(matrix.answers))
    n = len(matrix.inverse)
    parts = []
    for position, offset in enumerate(OFFSETS):
        first = WIDEST_OFFSET + offset
        parts.append(answers[padded[first : first + n]] + position * ANSWERS)
    parts.append(matrix.context + len(OFFSETS) * ANSWERS)
    return np.hstack(parts)


_ANSWER = {
    feature.name: {value: position for position, value in enumerate(feature.values)} for feature in FEATURES
}
"""The answer of each feature by the name of its value."""
_LONGEST_TITLE = 30
_LONGEST_FRAGMENT = 4
_LONGEST_UNFLOWING = 18
"""In Chinese characters: a longer line without punctuation is a wrapped line of a paragraph."""


def line_kinds(statistics: LineStatistics, answers: dict[str, Answers]) -> Ids:
    """Return for each line its position in LINE_KINDS, by rules: the first kind whose condition holds.

    `answers` holds the answers of the same lines to each of FEATURES, by the feature's name.
    """
    chinese, numbers = statistics.count("chinese"), statistics.numbers
    values, borders, opening = answers["values"], answers["borders"], answers["opening"]
    value, label, opens = _ANSWER["values"], _ANSWER["label"], _ANSWER["opening"]
    is_label = answers["label"] > 0
    is_whole_label = is_label & (answers["label"] < label["title"])
    is_prose = (answers["sentences"] > 0) | (answers["commas"] > 0)
    is_prose |= answers["closing"] == _ANSWER["closing"]["。"]
    is_titled = (answers["topic"] > 0) | (opening == opens["chapter"]) | (opening == opens["part"])
    has_cells = (borders >= _ANSWER["borders"]["tabs"]) & (borders != _ANSWER["borders"]["wide"])
    has_placeholders = (values == value["placeholder"]) | (values == value["placeholders"])
    conditions = {
        "page": answers["page"] == _ANSWER["page"]["marked"],
        "value": values == value["number"],
        "values": values == value["numbers"],
        "placeholder": has_placeholders,
        "borders": values == value["borders"],
        "label": is_whole_label & (numbers < 2),
        "row": has_cells | (is_label & (numbers > 1)),
        "site": answers["site"] > 1,
        "title": is_titled & ~is_prose & (chinese <= _LONGEST_TITLE),
        "piece": chinese <= _LONGEST_FRAGMENT,
        "prose": is_prose,
        "flowing": chinese > _LONGEST_UNFLOWING,
    }
    kinds = np.full(len(values), LINE_KIND["text"], np.int32)
    # From the last condition to the first, so that the first one that holds stays.
    for kind in reversed(conditions):
        kinds[conditions[kind]] = LINE_KIND[kind]
    return kinds
