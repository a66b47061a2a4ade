"""Tells what each line of a document is: logistic regression over its words, its looks and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.labelling import model_folder
from nlp.labelling import neighbour_features as context
from nlp.labelling.encoding import ANSWERS, EDGE, OFFSETS, Scene, names, scene
from nlp.labelling.line_features import FEATURES
from nlp.labelling.model_folder import Arrays, Manifest, ModelError
from nlp.labelling.vocabulary import Vocabulary, tokens
from nlp.record.model import LineLabel, Model
from nlp.text.lines import Line

LABELS: tuple[LineLabel, ...] = get_args(LineLabel)

Scores = NDArray[np.float64]

_BLOCK = 8192
"""Lines are scored so many at a time, so that memory stays small however long the document is."""


def features() -> str:
    """Return a digest of the names of all features, in order: a model fits one such list only."""
    return sha256("\n".join([*names(), *LABELS]).encode()).hexdigest()


class Weights(Struct, frozen=True):
    """What each feature says for each of the five labels, as logarithms.

    `words` [columns of the vocabulary, 5]; `answers` [answers and the edge, offsets, 5]; `context`
    [features of surroundings, 5]; `intercept` [5]; `transitions` [from, to] and `start` for decoding.
    """

    words: Scores
    answers: Scores
    context: Scores
    intercept: Scores
    transitions: Scores
    start: Scores


class LineClassifier(Struct, frozen=True):
    """A trained model, ready to label lines; what made it stands in `manifest`."""

    vocabulary: Vocabulary
    weights: Weights
    manifest: Manifest
    sha256: str

    @classmethod
    def load(cls, folder: Path) -> LineClassifier:
        """Return the model in a folder; ModelError says why it cannot be used."""
        manifest, arrays, digest = model_folder.read(folder, features())
        try:
            vocabulary = _vocabulary(manifest, arrays)
            weights = _weights(arrays, vocabulary.size)
        except (KeyError, ValueError, TypeError) as error:
            raise ModelError(
                f"{folder / model_folder.ARRAYS} lacks an array or holds one of another shape ({error}): "
                "copy the whole folder again, or train with `nianbao train`."
            ) from error
        return cls(vocabulary, weights, manifest, digest)

    def save(self, folder: Path) -> None:
        """Write the model's folder, the same bytes for the same model; OSError where that fails."""
        model_folder.write(folder, self.manifest, packed(self.vocabulary, self.weights))

    @property
    def model(self) -> Model:
        """Name the model, as a record does."""
        return Model(self.manifest.name, self.manifest.version, self.sha256)

    def probabilities(self, lines: Sequence[Line]) -> Scores:
        """Return the probability of each label [lines that are not blank, 5], in the order of LABELS."""
        filled = [line for line in lines if line.plain]
        if not filled:
            return np.empty((0, len(LABELS)))
        return _softmax(self._scores(scene(filled)))

    def _scores(self, scene: Scene) -> Scores:
        """Add up what the words and looks of each line, and the looks of those round it, say."""
        said = self._said(scene)
        n, edges = len(scene.which), max(map(abs, OFFSETS))
        which = np.full(n + 2 * edges, len(said) - 1)
        which[edges : edges + n] = scene.which
        scores = np.empty((n, len(LABELS)))
        for first in range(0, n, _BLOCK):
            block = self.weights.context.take(scene.context[first : first + _BLOCK], axis=0).sum(axis=1)
            for at, offset in enumerate(OFFSETS):
                start = first + edges + offset
                block += said[which[start : start + len(block)], at]
            scores[first : first + len(block)] = block
        return scores

    def _said(self, scene: Scene) -> Scores:
        """What each different line says for itself and its neighbours [d and the edge, offsets, 5]."""
        said = np.empty((len(scene.distinct) + 1, len(OFFSETS), len(LABELS)))
        said[-1] = self.weights.answers[EDGE] * len(FEATURES)
        for first in range(0, len(scene.distinct), _BLOCK):
            answers = scene.answers[first : first + _BLOCK]
            said[first : first + len(answers)] = self.weights.answers.take(answers, axis=0).sum(axis=1)
        said[:-1, 0] += self.weights.intercept
        for first in range(0, len(scene.worded), _BLOCK):
            worded = scene.worded[first : first + _BLOCK]
            said[worded, 0] += self._words([scene.distinct[at] for at in worded.tolist()])
        return said

    def _words(self, lines: Sequence[Line]) -> Scores:
        """What the words of each line say [lines, 5]."""
        cells = self.vocabulary.weigh(self.vocabulary.numbers(tokens(lines)))
        return cells.times(self.weights.words, len(lines))


def _softmax(scores: Scores) -> Scores:
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def packed(vocabulary: Vocabulary, weights: Weights) -> bytes:
    """Return arrays.npz; what scikit-learn learnt is kept in single precision."""
    learnt = ("words", "answers", "context", "intercept")
    return model_folder.packed(
        {name: getattr(weights, name).astype(np.float32) for name in learnt}
        | {"transitions": weights.transitions, "start": weights.start}
        | {"pairs": vocabulary.pairs, "idf": vocabulary.idf}
    )


def _vocabulary(manifest: Manifest, arrays: Arrays) -> Vocabulary:
    pairs = arrays["pairs"]
    if pairs.dtype != np.int64 or pairs.ndim != 1 or (np.diff(pairs) <= 0).any():
        raise ValueError("pairs are no numbers in ascending order")
    idf = _shaped(arrays, "idf", 1 + len(manifest.words) + pairs.size)
    return Vocabulary(manifest.words, pairs, idf)


def _weights(arrays: Arrays, words: int) -> Weights:
    labels = len(LABELS)
    return Weights(
        _shaped(arrays, "words", words, labels),
        _shaped(arrays, "answers", ANSWERS, len(OFFSETS), labels),
        _shaped(arrays, "context", len(context.names()), labels),
        _shaped(arrays, "intercept", labels),
        _shaped(arrays, "transitions", labels, labels),
        _shaped(arrays, "start", labels),
    )


def _shaped(arrays: Arrays, name: str, *shape: int) -> Scores:
    """Return an array as floats; ValueError where it has another shape, or holds what is no number."""
    if arrays[name].shape != shape:
        raise ValueError(f"{name} is {arrays[name].shape}, not {shape}")
    if arrays[name].dtype.kind != "f" or not np.isfinite(arrays[name]).all():
        raise ValueError(f"{name} holds what is no number")
    return arrays[name].astype(np.float64)
