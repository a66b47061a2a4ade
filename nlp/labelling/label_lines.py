"""Labels the lines of a document: a probability for each line, then the best path through all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.viterbi import best_path
from nlp.record.model import LabelledLine
from nlp.text.lines import Line

_SMALLEST_PROBABILITY = 1e-12
"""Probabilities are raised to this before their logarithm is taken, so that it is finite."""


def label_lines(lines: Sequence[Line], classifier: LineClassifier) -> list[LabelledLine]:
    """Return the label of every line that is not blank, in order.

    `confidence` is the classifier's own probability of the label, before decoding, rounded to four places.
    It is low where only the labels of the neighbouring lines speak for the label.
    """
    filled = [line for line in lines if not line.blank]
    probabilities = classifier.probabilities(filled)
    weights = classifier.weights
    log_probabilities = np.log(np.maximum(probabilities, _SMALLEST_PROBABILITY))
    path = best_path(log_probabilities, weights.transitions, weights.start)
    confidences = np.round(probabilities[np.arange(len(path)), path], 4).tolist()
    return [
        LabelledLine(line.n, LABELS[state], confidence)
        for line, state, confidence in zip(filled, path, confidences, strict=True)
    ]
