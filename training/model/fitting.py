"""Fits a line classifier to labelled texts: its vocabulary, weights and transitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

import numpy as np
import scipy  # loads its parts where they are used
from numpy.typing import NDArray

from nlp.labelling.classifier import LABELS, Weights
from nlp.labelling.encoding import ANSWERS, OFFSETS, FeatureMatrix, columns, feature_matrix, names
from nlp.labelling.model_folder import Corpus, Settings
from nlp.labelling.vocabulary import UNKNOWN, Numbers, Vocabulary, tokens
from nlp.text.lines import split
from nlp.text.words import NEW_LINE
from training.labels.label_files import Labelled, text_digest
from training.model.regression import Regression, fit_regression
from training.model.steady import logarithm

LARGEST = 5_000
"""The most words and pairs of words that a vocabulary holds; the most widespread ones are kept."""

NEVER = -30.0
"""The intercept (a log weight) of a label that no training line carries."""


@dataclass(frozen=True)
class Reading:
    """A labelled text as the model sees it.

    `labels` holds an index into LABELS for each line that is not blank, `words` the words of the lines that
    have any, one list for the whole text. Each line counts `weight` times, or as often as its own says.
    """

    agency: str
    scene: FeatureMatrix
    labels: NDArray[np.int32]
    words: list[str]
    weight: float | NDArray[np.float64] = 1.0


@dataclass(frozen=True)
class Fitted:
    """What was learnt."""

    vocabulary: Vocabulary
    weights: Weights


PARTS = ("words", "looks", "neighbours")
"""The groups of columns: a line's words, its looks, and the looks of the lines near it with its place."""


def fit(readings: Sequence[Reading], settings: Settings, without: str = "") -> Fitted:
    """Return the model fitted to the readings; the same readings and settings give the same bytes.

    `without` names one of `PARTS` whose columns are set to 0, to measure what it adds.
    """
    vocabulary = learn_vocabulary(readings, settings.rare)
    matrix, labels, weights = _training_rows(readings, vocabulary, settings)
    if without:
        matrix = matrix @ scipy.sparse.diags(
            _column_mask(vocabulary.size, matrix.shape[1], without), format="csr"
        )
    seen, numbers = np.unique(labels, return_inverse=True)
    regression = fit_regression(matrix, numbers, weights, 1 / settings.regularisation)
    transitions, start = learn_transitions(readings, settings.transitions)
    return Fitted(vocabulary, _weights(regression, seen, vocabulary, settings, transitions, start))


def _column_mask(words: int, columns: int, without: str) -> NDArray[np.float64]:
    """Return 0 for each column of the part `without`, 1 for the others."""
    borders = (0, words, words + ANSWERS, columns)
    part = PARTS.index(without)
    mask = np.ones(columns)
    mask[borders[part] : borders[part + 1]] = 0
    return mask


def read(documents: Iterable[Labelled], own: float = 1.0) -> Iterator[Reading]:
    """Yield the documents as the model sees them; those without a line are left out.

    Lines of label files count `own` times.
    """
    for document in documents:
        lines = [line for line in split(document.text) if not line.blank]
        labels = [LABELS.index(label) for label in document.labels if label in LABELS]
        if lines:
            view = feature_matrix(lines)
            words = tokens([view.distinct[number] for number in view.worded.tolist()])
            weight = own if document.file else 1.0
            yield Reading(
                document.agency, view, np.array(labels, np.int32), words, weight * _line_weights(document)
            )


def _line_weights(document: Labelled) -> float | NDArray[np.float64]:
    """Return the weight of each line with a label; 1 where all weigh the same."""
    if not document.weights:
        return 1.0
    pairs = zip(document.labels, document.weights, strict=True)
    return np.array([weight for label, weight in pairs if label in LABELS])


def teaches(readings: Sequence[Reading]) -> bool:
    """Return whether the readings hold at least two different labels, without which nothing can be fitted."""
    labels: set[int] = set()
    for reading in readings:
        labels.update(reading.labels.tolist())
    return len(labels) > 1


def described(documents: Sequence[Labelled], label_files: int) -> Corpus:
    """Return the corpus as the model's manifest describes it; `label_files` is their number."""
    digest = sha256()
    for document in documents:
        digest.update("\0".join((document.agency, document.text, *document.labels, "")).encode())
    lines = sum(len(document.labels) for document in documents)
    agencies = len({document.agency for document in documents})
    files = sorted({text_digest(document.text) for document in documents if document.file})
    return Corpus(len(documents), label_files, lines, agencies, digest.hexdigest(), tuple(files))


def learn_vocabulary(readings: Sequence[Reading], rare: int) -> Vocabulary:
    """Return the words, and the pairs of words in a row, that at least `rare` agencies use.

    Those that fewer use are names or slips, which say something about these agencies only.
    """
    grams_by_agency: dict[str, set[tuple[str, ...]]] = {}
    for reading in readings:
        grams_by_agency.setdefault(reading.agency, set()).update(_grams(reading.words))
    agencies_using = Counter(gram for grams in grams_by_agency.values() for gram in grams)
    widespread = [gram for gram, agencies in agencies_using.items() if agencies >= rare]
    widespread.sort(key=lambda gram: (-agencies_using[gram], gram))
    kept = widespread[:LARGEST]
    words = tuple(sorted(gram[0] for gram in kept if len(gram) == 1))
    word_number = {word: number for number, word in enumerate(words, 1)}
    pairs: list[int] = []
    for gram in kept:
        if len(gram) == 2 and word_number.keys() >= set(gram):
            pairs.append(word_number[gram[0]] * (len(words) + 1) + word_number[gram[1]])
    pairs.sort()
    unweighted = Vocabulary(words, np.array(pairs, np.int64), np.ones(1 + len(words) + len(pairs)))
    return Vocabulary(words, unweighted.pairs, _idf(readings, unweighted))


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield each word, then each pair of neighbouring words; none across lines."""
    for word in words:
        if word != NEW_LINE:
            yield (word,)
    for pair in pairwise(words):
        if NEW_LINE not in pair:
            yield pair


def _idf(readings: Sequence[Reading], vocabulary: Vocabulary) -> NDArray[np.float64]:
    """Return the inverse document frequency of each word and pair, lines being the documents (smoothed)."""
    lines_holding, lines = np.zeros(vocabulary.size), 0
    for reading in readings:
        cells = vocabulary.weigh(vocabulary.numbers(reading.words))
        lines_holding += np.bincount(cells.columns, minlength=vocabulary.size)
        lines += len(reading.scene.worded)
    return _single(logarithm((1 + lines) / (1 + lines_holding)) + 1)


def learn_transitions(
    readings: Sequence[Reading], strength: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log weights [before, label] of labels that follow each other, and [label] of the first one.

    They are `strength` · (ln p(label | before) − ln p(label)), with 1 added to each count; ln p(label) is
    taken off because the weights of a line by itself hold it already.
    """
    pairs, starts = np.ones((len(LABELS), len(LABELS))), np.ones(len(LABELS))
    for reading in readings:
        np.add.at(pairs, (reading.labels[:-1], reading.labels[1:]), 1)
        starts[reading.labels[0]] += 1
    usual = logarithm(pairs.sum(axis=0) / pairs.sum())
    transitions = logarithm(pairs / pairs.sum(axis=1, keepdims=True)) - usual
    return strength * transitions, strength * (logarithm(starts / starts.sum()) - usual)


def design(
    reading: Reading, vocabulary: Vocabulary, numbers: Numbers, words: float
) -> scipy.sparse.csr_matrix:
    """Return a row for each line: its words' TF-IDF times `words`, then the features of `encoding.names`."""
    cells = vocabulary.weigh(numbers)
    places = (reading.scene.worded[cells.rows], cells.columns)
    distinct = scipy.sparse.csr_matrix(
        (words * _single(cells.weights), places), (len(reading.scene.distinct), vocabulary.size)
    )
    set_columns = columns(reading.scene)
    row_starts = np.arange(0, set_columns.size + 1, set_columns.shape[1])
    looks = scipy.sparse.csr_matrix(
        (np.ones(set_columns.size), set_columns.ravel(), row_starts), (len(set_columns), len(names()))
    )
    return scipy.sparse.hstack((distinct[reading.scene.inverse], looks), format="csr")


def _training_rows(
    readings: Sequence[Reading], vocabulary: Vocabulary, settings: Settings
) -> tuple[scipy.sparse.csr_matrix, NDArray[np.int32], NDArray[np.float64]]:
    """Return the distinct rows of all readings, the label of each, and the weights of its lines summed up."""
    chance = np.random.default_rng(settings.seed)
    numbers = [_forgetting(vocabulary.numbers(reading.words), settings, chance) for reading in readings]
    direction = chance.normal(size=vocabulary.size + len(names()))
    # Equal rows have equal sums, to the last bit: a report of one cell a line holds `0` two hundred times.
    sums: list[NDArray[np.float64]] = []
    met: dict[float, int] = {}
    matrices: list[scipy.sparse.csr_matrix] = []
    labels: list[NDArray[np.int32]] = []
    for reading, word_numbers in zip(readings, numbers, strict=True):
        rows = design(reading, vocabulary, word_numbers, settings.words)
        sums.append(rows @ direction + 1e6 * reading.labels)
        new = _not_met(sums[-1].tolist(), met)
        matrices.append(rows[new])
        labels.append(reading.labels[new])
    distinct, which = np.unique(np.concatenate(sums), return_inverse=True)
    order = np.array([met[row_sum] for row_sum in distinct.tolist()])
    matrix = scipy.sparse.vstack(matrices, "csr")
    matrices.clear()
    line_weights = np.concatenate([np.full(len(reading.labels), reading.weight) for reading in readings])
    row_weights: NDArray[np.float64] = np.bincount(which, line_weights).astype(np.float64)
    return matrix[order], np.concatenate(labels)[order], row_weights


def _not_met(row_sums: Sequence[float], met: dict[float, int]) -> list[int]:
    """Return the places of the sums that were not met before, and note each with how many were."""
    new: list[int] = []
    for place, row_sum in enumerate(row_sums):
        if row_sum not in met:
            met[row_sum] = len(met)
            new.append(place)
    return new


def _forgetting(numbers: Numbers, settings: Settings, chance: np.random.Generator) -> Numbers:
    """Return the words of a document with a random share of them made unknown.

    This befalls a share of `settings.forgotten` of the documents. Generated documents use few words, real
    ones many others, and the model has to do with those that it knows.
    """
    if chance.random() > settings.forgotten:
        return numbers
    lost = (chance.random(len(numbers)) < chance.random()) & (numbers > UNKNOWN)
    return np.where(lost, UNKNOWN, numbers)


def _weights(
    regression: Regression,
    seen: NDArray[np.int32],
    vocabulary: Vocabulary,
    settings: Settings,
    transitions: NDArray[np.float64],
    start: NDArray[np.float64],
) -> Weights:
    """Return a regression over the labels that were `seen` as the classifier's arrays."""
    weights = np.zeros((len(regression.weights), len(LABELS)))
    weights[:, seen] = _single(regression.weights)
    intercept = np.full(len(LABELS), NEVER)
    intercept[seen] = _single(regression.intercept)
    words, looks, context = np.split(
        weights, [vocabulary.size, vocabulary.size + len(OFFSETS) * ANSWERS], axis=0
    )
    answers = looks.reshape(len(OFFSETS), ANSWERS, len(LABELS)).transpose(1, 0, 2)
    return Weights(words * settings.words, answers.copy(), context, intercept, transitions, start)


def _single(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to single precision, which a model's folder keeps and in which all processors agree."""
    return values.astype(np.float32).astype(np.float64)
