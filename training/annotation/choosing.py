"""Chooses the files to label next: those with lines that the model is unsure of and nobody labelled yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.vocabulary import UNKNOWN, tokens
from nlp.text.lines import Line, split
from training.labels.label_files import Labelled

NOVELTY = 0.5
"""A line of which all words are unknown is worth so much more than one of known words: half as much."""

_SMALLEST_PROBABILITY = 1e-12
"""Smaller probabilities are raised to this, as the logarithm of 0 is infinite."""

_NUMBER = re.compile(r"\d+")


class Text(NamedTuple):
    """A text without labels, and the path that it was read from."""

    path: str
    text: str


class Candidate(NamedTuple):
    """A line that may be worth labelling.

    `doubt` is the entropy of its label's probabilities, from 0 (certain) to 1 (all equal); `novelty` is the
    share of its words that the model does not know; `shape` is what it has in common with similar lines.
    """

    row: int
    doubt: float
    novelty: float
    line: str
    shape: str

    @property
    def worth(self) -> float:
        """What labelling the line is expected to teach, from 0 to 1 + `NOVELTY`."""
        return self.doubt * (1 + NOVELTY * self.novelty)


class Choice(NamedTuple):
    """A file, the worth of all its new lines together, and of each shape the first, the worthiest first."""

    path: str
    worth: float
    lines: tuple[Candidate, ...]


def choices(
    texts: Iterable[Text], classifier: LineClassifier, labelled: Iterable[Labelled] = ()
) -> list[Choice]:
    """Return all texts in the order in which to label them.

    The next one is always that whose new lines are worth most together. A line is new if none of its shape
    is labelled or stands in a text chosen before, so that ten pages from one site are worth little more
    than one.
    """
    seen_shapes = {shape(line.plain) for document in labelled for line in split(document.text)}
    left = {text.path: _candidates(text.text, classifier) for text in texts}
    chosen: list[Choice] = []
    while left:
        worth = {path: _worth(lines, seen_shapes) for path, lines in left.items()}
        best = max(left, key=lambda path: (worth[path], path))
        new_lines = _new(left[best], seen_shapes)
        chosen.append(Choice(best, round(worth[best], 3), tuple(new_lines)))
        seen_shapes.update(line.shape for line in left.pop(best))
    return chosen


def shape(plain: str) -> str:
    """Return a line with every number as 0 and without white space; equal for lines that are alike.

    >>> shape("2023年 收到申请 12 件") == shape("2024年收到申请5件")
    True
    """
    return _NUMBER.sub("0", "".join(plain.split()))


def _worth(lines: Sequence[Candidate], seen_shapes: set[str]) -> float:
    """Return the worth of all lines whose shape was not seen: a hundred that are alike count a hundred."""
    return sum(line.worth for line in lines if line.shape not in seen_shapes)


def _new(lines: Sequence[Candidate], seen_shapes: set[str]) -> list[Candidate]:
    """Return the first line of each shape that was not seen, the worthiest first."""
    first_of_shape: dict[str, Candidate] = {}
    for line in lines:
        if line.shape not in seen_shapes:
            first_of_shape.setdefault(line.shape, line)
    return sorted(first_of_shape.values(), key=lambda line: (-line.worth, line.row))


def _candidates(text: str, classifier: LineClassifier) -> list[Candidate]:
    lines = [line for line in split(text) if not line.blank]
    probabilities = np.maximum(classifier.probabilities(lines), _SMALLEST_PROBABILITY)
    largest_entropy = np.log(probabilities.shape[1])
    doubts = -(probabilities * np.log(probabilities)).sum(axis=1) / largest_entropy
    return [
        Candidate(line.n, round(float(doubt), 4), round(novelty, 4), line.raw, shape(line.plain))
        for line, doubt, novelty in zip(lines, doubts, _novelties(lines, classifier), strict=True)
    ]


def _novelties(lines: Sequence[Line], classifier: LineClassifier) -> Iterator[float]:
    """Yield the share of each line's words that the model does not know, 0 for a line without words."""
    for line in lines:
        numbers = classifier.vocabulary.numbers(tokens([line]))
        words = numbers[numbers >= UNKNOWN]
        yield float((words == UNKNOWN).mean()) if len(words) else 0.0
