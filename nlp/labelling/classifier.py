"""The line classifier: logistic regression over the words, features and neighbours of each line."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args

import numpy as np
from msgspec import UNSET, Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.labelling import model_folder, neighbour_features
from nlp.labelling.encoding import (
    ANSWERS,
    EDGE,
    OFFSETS,
    WIDEST_OFFSET,
    FeatureMatrix,
    feature_matrix,
    names,
)
from nlp.labelling.line_features import FEATURES
from nlp.labelling.model_folder import Arrays, Manifest, ModelError
from nlp.labelling.vocabulary import Vocabulary, tokens
from nlp.record.model import LineLabel, Model
from nlp.text.dress import undressed
from nlp.text.lines import Line, split

LABELS: tuple[LineLabel, ...] = get_args(LineLabel)
"""The labels of a line; a label's position here is its column in every array of scores."""

Scores = NDArray[np.float64]

_BLOCK = 8192
"""In lines: so many are scored at a time, so that memory stays small however long the document is."""


def features() -> str:
    """Return the SHA-256 of the names of all features and labels: a model fits exactly one such list."""
    return sha256("\n".join([*names(), *LABELS]).encode()).hexdigest()


class Weights(Struct, frozen=True):
    """What each feature adds to the score, a log odds, of each of the five labels.

    - `words` [columns of the vocabulary, 5].
    - `answers` [ANSWERS, offsets, 5]: an answer counts differently for the line itself and each neighbour.
    - `context` [neighbour features, 5].
    - `intercept` [5].
    - `transitions` [from, to] and `start` [5]: what the label of the line before, or being the first line,
      adds when the labels of a document are decoded.
    """

    words: Scores
    answers: Scores
    context: Scores
    intercept: Scores
    transitions: Scores
    start: Scores


class LineClassifier(Struct, frozen=True):
    """A trained model that labels lines; `sha256` names it, see `model_folder.digest`."""

    vocabulary: Vocabulary
    weights: Weights
    manifest: Manifest
    sha256: str

    @classmethod
    def load(cls, folder: Path) -> LineClassifier:
        """Return the model in a folder; raises ModelError where it is missing, damaged or does not fit."""
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
        """Write the model to a folder: equal models give equal bytes. Raises OSError."""
        model_folder.write(folder, self.manifest, packed(self.vocabulary, self.weights))

    @property
    def model(self) -> Model:
        """The model's name, version and digest, as a record holds them."""
        return Model(self.manifest.name, self.manifest.version, self.sha256)

    def with_manifest(self, **entries: Any) -> LineClassifier:
        """Return this model with other entries in its manifest, such as `dresses`, and so of another name."""
        manifest = model_folder.sealed(replace(self.manifest, **entries))
        return replace(self, manifest=manifest, sha256=model_folder.digest(manifest))

    def lines_of(self, text: str) -> list[Line]:
        """Return every line of a text as the model sees it, without the dress that records taught it."""
        dresses = self.manifest.dresses
        return split(text if dresses is UNSET else undressed(text, dresses))

    def probabilities(self, lines: Sequence[Line]) -> Scores:
        """Return the probability of each label for each line that is not blank [lines, 5]."""
        filled = [line for line in lines if not line.blank]
        if not filled:
            return np.empty((0, len(LABELS)))
        return _softmax(self._scores(feature_matrix(filled)))

    def _scores(self, matrix: FeatureMatrix) -> Scores:
        """Return the score of each label for each line [n, 5]."""
        of_distinct = self._scores_of_distinct(matrix)
        n, edge = len(matrix.inverse), len(matrix.distinct)
        padded = np.full(n + 2 * WIDEST_OFFSET, edge)
        padded[WIDEST_OFFSET : WIDEST_OFFSET + n] = matrix.inverse
        scores = np.empty((n, len(LABELS)))
        for first in range(0, n, _BLOCK):
            context = matrix.context[first : first + _BLOCK]
            block = self.weights.context.take(context, axis=0).sum(axis=1)
            for position, offset in enumerate(OFFSETS):
                start = first + WIDEST_OFFSET + offset
                block += of_distinct[padded[start : start + len(block)], position]
            scores[first : first + len(block)] = block
        return scores

    def _scores_of_distinct(self, matrix: FeatureMatrix) -> Scores:
        """Return what each distinct line adds to its own score and its neighbours' [d + 1, offsets, 5].

        The last row is the edge, before the first line and behind the last.
        """
        distinct = matrix.distinct
        scores = np.empty((len(distinct) + 1, len(OFFSETS), len(LABELS)))
        scores[-1] = self.weights.answers[EDGE] * len(FEATURES)
        for first in range(0, len(distinct), _BLOCK):
            answers = matrix.answers[first : first + _BLOCK]
            scores[first : first + len(answers)] = self.weights.answers.take(answers, axis=0).sum(axis=1)
        scores[:-1, 0] += self.weights.intercept
        for first in range(0, len(matrix.worded), _BLOCK):
            worded = matrix.worded[first : first + _BLOCK]
            scores[worded, 0] += self._scores_of_words([distinct[index] for index in worded.tolist()])
        return scores

    def _scores_of_words(self, lines: Sequence[Line]) -> Scores:
        """Return what the words of each line add to its score [lines, 5]."""
        rows = self.vocabulary.weigh(self.vocabulary.numbers(tokens(lines)))
        return rows.times(self.weights.words, len(lines))


def _softmax(scores: Scores) -> Scores:
    """Turn scores into probabilities, in place."""
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def packed(vocabulary: Vocabulary, weights: Weights) -> bytes:
    """Return the content of a model's NPZ file; the weights of features are kept in single precision."""
    arrays: Arrays = {
        "words": weights.words.astype(np.float32),
        "answers": weights.answers.astype(np.float32),
        "context": weights.context.astype(np.float32),
        "intercept": weights.intercept.astype(np.float32),
        "transitions": weights.transitions,
        "start": weights.start,
        "pairs": vocabulary.pairs,
        "idf": vocabulary.idf,
    }
    return model_folder.packed(arrays)


def _vocabulary(manifest: Manifest, arrays: Arrays) -> Vocabulary:
    pairs = arrays["pairs"]
    if pairs.dtype != np.int64 or pairs.ndim != 1 or (np.diff(pairs) <= 0).any():
        raise ValueError("pairs are no numbers in ascending order")
    idf = _shaped(arrays, "idf", 1 + len(manifest.words) + pairs.size)
    return Vocabulary(manifest.words, pairs, idf)


def _weights(arrays: Arrays, word_columns: int) -> Weights:
    labels = len(LABELS)
    return Weights(
        words=_shaped(arrays, "words", word_columns, labels),
        answers=_shaped(arrays, "answers", ANSWERS, len(OFFSETS), labels),
        context=_shaped(arrays, "context", len(neighbour_features.names()), labels),
        intercept=_shaped(arrays, "intercept", labels),
        transitions=_shaped(arrays, "transitions", labels, labels),
        start=_shaped(arrays, "start", labels),
    )


def _shaped(arrays: Arrays, name: str, *shape: int) -> Scores:
    """Return an array in double precision; raises ValueError for another shape or values not finite."""
    array = arrays[name]
    if array.shape != shape:
        raise ValueError(f"{name} is {array.shape}, not {shape}")
    if array.dtype.kind != "f" or not np.isfinite(array).all():
        raise ValueError(f"{name} holds what is no number")
    return array.astype(np.float64)
