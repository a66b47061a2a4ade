"""Labels the lines of a document, each by itself first, then as a path through all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.labelling.certain_forms import certain_label, title_of_page
from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.viterbi import best_path
from nlp.record.model import LabelledLine
from nlp.text.lines import Line

_LEAST = 1e-12
"""The smallest probability that counts, so that its logarithm is finite."""


def label_lines(lines: Sequence[Line], classifier: LineClassifier) -> list[LabelledLine]:
    """Return the label of every line that is not blank, with its own probability.

    The probability is what the line and its neighbours' looks say; a label that only the path through
    the other labels brings in has a low one. A label that only the form of a line makes certain has 1.

    >>> from nlp.resources import folder
    >>> from nlp.text.lines import split
    >>> classifier = LineClassifier.load(folder("models") / "lines")
    >>> [(line.label, line.confidence) for line in label_lines(split("--52 |"), classifier)]
    [('numeric_cell', 1.0)]
    """
    filled = [line for line in lines if line.plain]
    probabilities = classifier.probabilities(filled)
    weights = classifier.weights
    path = best_path(np.log(np.maximum(probabilities, _LEAST)), weights.transitions, weights.start)
    sure = np.round(probabilities[np.arange(len(path)), path], 4).tolist()
    title = title_of_page(line.plain for line in filled)
    labelled = []
    for line, number, confidence in zip(filled, path, sure, strict=True):
        label = certain_label(line.plain, LABELS[number], title)
        labelled.append(LabelledLine(line.n, label, confidence if label == LABELS[number] else 1.0))
    return labelled
