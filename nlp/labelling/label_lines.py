"""Labels the lines of a document: a probability for each line, then the best path through all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from nlp.labelling.certain_forms import certain_label, title_of_page
from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.viterbi import best_path
from nlp.record.model import TABLE_LABELS, LabelledLine, LineLabel
from nlp.text.lines import Line, split

_SMALLEST_PROBABILITY = 1e-12
"""Probabilities are raised to this before their logarithm is taken, so that it is finite."""
_DECIMALS = 4
_TABLE_COLUMNS = [LABELS.index(label) for label in TABLE_LABELS]


class JudgedLine(Struct, frozen=True, gc=False):
    """What the model makes of line `n`: its label, how sure that is, the probability that it is a table's."""

    n: int
    label: LineLabel
    confidence: float
    in_table: float

    @property
    def told(self) -> LabelledLine:
        """The line as records tell it."""
        return LabelledLine(self.n, self.label, self.confidence)


def certain_line(n: int, label: LineLabel) -> JudgedLine:
    """Return a line whose label is certain.

    >>> certain_line(3, "table_row").in_table, certain_line(3, "heading").in_table
    (1.0, 0.0)
    """
    return JudgedLine(n, label, 1.0, float(label in TABLE_LABELS))


def label_text(text: str, classifier: LineClassifier) -> list[LabelledLine]:
    """Return the label of every line of a text that is not blank, in order.

    A line that holds nothing but what the model takes off is furniture.
    """
    lines = classifier.lines_of(text)
    return with_dress_only(text, lines, [line.told for line in label_lines(lines, classifier)])


def with_dress_only(text: str, lines: Sequence[Line], labelled: Sequence[LabelledLine]) -> list[LabelledLine]:
    """Return labelled lines with those, as furniture, that are blank only as the model sees them."""
    if len(labelled) == len(lines):
        return list(labelled)
    every = {line.n: line for line in labelled}
    for line in split(text):
        if not line.blank and line.n not in every:
            every[line.n] = LabelledLine(line.n, "furniture", 1.0)
    return [every[n] for n in sorted(every)]


def label_lines(lines: Sequence[Line], classifier: LineClassifier) -> list[JudgedLine]:
    """Return the label of every line that is not blank, in order.

    `confidence` is the classifier's own probability of the label, before decoding, rounded to four places.
    It is low where only the labels of the neighbouring lines speak for the label. A label
    that the form of a line makes certain has confidence 1. `in_table` is the classifier's probability of
    both labels of tables together, and as certain as the label where that is.

    >>> from nlp.resources import folder
    >>> from nlp.text.lines import split
    >>> classifier = LineClassifier.load(folder("models") / "lines")
    >>> label_lines(split("--52 |"), classifier)
    [JudgedLine(n=1, label='numeric_cell', confidence=1.0, in_table=1.0)]
    """
    filled = [line for line in lines if not line.blank]
    probabilities = classifier.probabilities(filled)
    weights = classifier.weights
    log_probabilities = np.log(np.maximum(probabilities, _SMALLEST_PROBABILITY))
    path = best_path(log_probabilities, weights.transitions, weights.start)
    confidences = np.round(probabilities[np.arange(len(path)), path], _DECIMALS).tolist()
    in_table = np.round(probabilities[:, _TABLE_COLUMNS].sum(axis=1), _DECIMALS).tolist()
    title = title_of_page(line.plain for line in filled)
    judged = []
    for line, state, confidence, of_table in zip(filled, path, confidences, in_table, strict=True):
        label = certain_label(line.plain, LABELS[state], title)
        is_told = label == LABELS[state]
        judged.append(
            JudgedLine(line.n, label, confidence, of_table) if is_told else certain_line(line.n, label)
        )
    return judged
