"""Chooses what to label next: the files whose lines the model is unsure of and never saw the like of."""

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
"""A line of unknown words only counts this much more than one of known words."""

_NUMBER = re.compile(r"\d+")


class Text(NamedTuple):
    """A text that nobody labelled yet, by the path it was read from."""

    path: str
    text: str


class Candidate(NamedTuple):
    """A line worth labelling: its `doubt`, 1 where the model knows nothing, and its share of new words."""

    row: int
    doubt: float
    novelty: float
    line: str
    shape: str

    @property
    def worth(self) -> float:
        return self.doubt * (1 + NOVELTY * self.novelty)


class Choice(NamedTuple):
    """A file, what labelling it would teach beyond the ones before it, and its lines, the best first."""

    path: str
    worth: float
    lines: tuple[Candidate, ...]


def choices(
    texts: Iterable[Text], classifier: LineClassifier, labelled: Iterable[Labelled] = ()
) -> list[Choice]:
    """Return the texts in the order in which to label them.

    Each line's worth is its entropy (in parts of the largest possible), more where its words are new to the
    model. A line whose like (digits aside) is labelled, or stands in a file chosen before, adds nothing:
    ten pages from one site are worth little more than one.
    """
    known = {shape(line.plain) for document in labelled for line in split(document.text)}
    left = {text.path: _candidates(text.text, classifier) for text in texts}
    found = []
    while left:
        path, best = max(((path, _new(lines, known)) for path, lines in left.items()), key=_worth)
        found.append(Choice(path, round(sum(line.worth for line in best), 3), tuple(best)))
        known.update(line.shape for line in left.pop(path))
    return found


def shape(plain: str) -> str:
    """Return what lines have in common that differ in numbers and white space only.

    >>> shape("2023年 收到申请 12 件") == shape("2024年收到申请5件")
    True
    """
    return _NUMBER.sub("0", "".join(plain.split()))


def _worth(choice: tuple[str, Sequence[Candidate]]) -> tuple[float, str]:
    return sum(line.worth for line in choice[1]), choice[0]


def _new(lines: Sequence[Candidate], known: set[str]) -> list[Candidate]:
    """Return the lines that are not known, one of each shape, the best first."""
    different = {line.shape: line for line in reversed(lines) if line.shape not in known}
    return sorted(different.values(), key=lambda line: (-line.worth, line.row))


def _candidates(text: str, classifier: LineClassifier) -> list[Candidate]:
    lines = [line for line in split(text) if not line.blank]
    probabilities = np.maximum(classifier.probabilities(lines), 1e-12)
    entropy = -(probabilities * np.log(probabilities)).sum(axis=1) / np.log(probabilities.shape[1])
    return [
        Candidate(line.n, round(float(doubt), 4), round(new, 4), line.raw, shape(line.plain))
        for line, doubt, new in zip(lines, entropy, _novelty(lines, classifier), strict=True)
    ]


def _novelty(lines: Sequence[Line], classifier: LineClassifier) -> Iterator[float]:
    """Yield the share of each line's words that the model does not know."""
    for line in lines:
        numbers = classifier.vocabulary.numbers(tokens([line]))
        words = numbers[numbers >= UNKNOWN]
        yield float((words == UNKNOWN).mean()) if len(words) else 0.0
