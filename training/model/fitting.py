"""Fits a line classifier to labelled texts with scikit-learn: its words, its weights, its transitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.labelling.classifier import LABELS, Weights
from nlp.labelling.encoding import ANSWERS, OFFSETS, FeatureMatrix, columns, feature_matrix, names
from nlp.labelling.model_folder import Corpus, Settings
from nlp.labelling.vocabulary import UNKNOWN, Numbers, Vocabulary, tokens
from nlp.text.lines import split
from nlp.text.words import NEW_LINE
from training.labels.label_files import Labelled

LARGEST = 5_000
"""How many words and pairs of words a vocabulary holds at most, the most widespread ones."""

NEVER = -30.0
"""What is said for a label that no training line carries."""

_ROUNDS = 300


@dataclass(frozen=True)
class Reading:
    """A labelled text as the model sees it, the words of its worded lines, and how much it counts."""

    agency: str
    scene: FeatureMatrix
    labels: NDArray[np.int32]
    words: list[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Fitted:
    """What was learnt; `estimator` is scikit-learn's, over the columns of words and then of features."""

    vocabulary: Vocabulary
    weights: Weights
    estimator: LogisticRegression


PARTS = ("words", "looks", "neighbours")
"""What a line is known by: its words, its own looks, the looks of the lines near it with its place."""


def fit(readings: Sequence[Reading], settings: Settings, without: str = "") -> Fitted:
    """Return the model that fits the readings; the same readings and settings give the same bytes.

    `without` names one of PARTS that the model is not to know of.
    """
    vocabulary = learn_vocabulary(readings, settings.rare)
    matrix, labels, weights = _training_rows(readings, vocabulary, settings)
    if without:
        matrix = matrix @ diags(_known(vocabulary.size, matrix.shape[1], without), format="csr")
    estimator = LogisticRegression(C=settings.regularisation, max_iter=_ROUNDS, tol=1e-5)
    # Sums of several threads come in any order, and so would the last bits. Labels that contradict each
    # other never settle (seen where a column of labels was shuffled): the scores tell, no warning need.
    with threadpool_limits(1), catch_warnings(action="ignore", category=ConvergenceWarning):
        estimator.fit(matrix, labels, sample_weight=weights)
    estimator.coef_ = _single(estimator.coef_)
    estimator.intercept_ = _single(estimator.intercept_)
    transitions, start = learn_transitions(readings, settings.transitions)
    return Fitted(vocabulary, _weights(estimator, vocabulary, settings, transitions, start), estimator)


def _known(words: int, columns: int, without: str) -> NDArray[np.float64]:
    """Return 1 for each column of the matrix, 0 for those of one part."""
    known = np.ones(columns)
    borders = (0, words, words + ANSWERS, columns)
    known[slice(*borders[PARTS.index(without) :][:2])] = 0
    return known


def read(documents: Iterable[Labelled], own: float = 1.0) -> Iterator[Reading]:
    """Yield the documents as the model sees them; those without a line are left out.

    What comes from a label file counts `own` times.
    """
    for document in documents:
        lines = [line for line in split(document.text) if not line.blank]
        labels = [LABELS.index(label) for label in document.labels if label in LABELS]
        if lines:
            view = feature_matrix(lines)
            words = tokens([view.distinct[at] for at in view.worded.tolist()])
            weight = own if document.file else 1.0
            yield Reading(document.agency, view, np.array(labels, np.int32), words, weight)


def teaches(readings: Sequence[Reading]) -> bool:
    """Tell whether the readings hold two different labels, the least that a model can be fitted to."""
    return len({label for reading in readings for label in np.unique(reading.labels).tolist()}) > 1


def described(documents: Sequence[Labelled], label_files: int) -> Corpus:
    """Return what a model's manifest says about its corpus."""
    digest = sha256()
    for document in documents:
        digest.update("\0".join((document.agency, document.text, *document.labels, "")).encode())
    lines = sum(len(document.labels) for document in documents)
    agencies = len({document.agency for document in documents})
    files = sorted({text_digest(document.text) for document in documents if document.file})
    return Corpus(len(documents), label_files, lines, agencies, digest.hexdigest(), tuple(files))


def text_digest(text: str) -> str:
    """Return what names a label file's text in a manifest."""
    return sha256(text.encode()).hexdigest()


def learn_vocabulary(readings: Sequence[Reading], rare: int) -> Vocabulary:
    """Return the words and pairs that at least `rare` agencies use, the most widespread first to stay.

    What fewer use is a name or a slip: a model that learnt it would know those agencies, not reports.
    """
    grams: dict[str, set[tuple[str, ...]]] = {}
    for reading in readings:
        grams.setdefault(reading.agency, set()).update(_grams(reading.words))
    used = Counter(gram for agency in grams.values() for gram in agency)
    spread = (gram for gram, count in used.items() if count >= rare)
    kept = sorted(spread, key=lambda gram: (-used[gram], gram))[:LARGEST]
    known = tuple(sorted(gram[0] for gram in kept if len(gram) == 1))
    number = {word: at for at, word in enumerate(known, 1)}
    pairs = sorted(
        number[gram[0]] * (len(known) + 1) + number[gram[1]]
        for gram in kept
        if len(gram) == 2 and gram[0] in number and gram[1] in number
    )
    bare = Vocabulary(known, np.array(pairs, np.int64), np.ones(1 + len(known) + len(pairs)))
    return Vocabulary(known, bare.pairs, _idf(readings, bare))


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from ((word,) for word in words if word != NEW_LINE)
    yield from (pair for pair in pairwise(words) if NEW_LINE not in pair)


def _idf(readings: Sequence[Reading], vocabulary: Vocabulary) -> NDArray[np.float64]:
    held, lines = np.zeros(vocabulary.size), 0
    for reading in readings:
        cells = vocabulary.weigh(vocabulary.numbers(reading.words))
        held += np.bincount(cells.columns, minlength=vocabulary.size)
        lines += len(reading.scene.worded)
    idf: NDArray[np.float64] = np.log((1 + lines) / (1 + held)) + 1
    return idf


def learn_transitions(
    readings: Sequence[Reading], strength: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what a label before says for each label, and what standing first says, as logarithms.

    `strength` · (ln p(label | before) − ln p(label)): what each line says by itself holds p(label) already.
    """
    pairs, starts = np.ones((len(LABELS), len(LABELS))), np.ones(len(LABELS))
    for reading in readings:
        np.add.at(pairs, (reading.labels[:-1], reading.labels[1:]), 1)
        starts[reading.labels[0]] += 1
    usual = np.log(pairs.sum(axis=0) / pairs.sum())
    transitions = np.log(pairs / pairs.sum(axis=1, keepdims=True)) - usual
    return strength * transitions, strength * (np.log(starts / starts.sum()) - usual)


def design(reading: Reading, vocabulary: Vocabulary, numbers: Numbers, words: float) -> csr_matrix:
    """Return a reading's matrix: words weighed `words` times, then the columns of `context.names`."""
    cells = vocabulary.weigh(numbers)
    places = (reading.scene.worded[cells.rows], cells.columns)
    distinct = csr_matrix((words * cells.weights, places), (len(reading.scene.distinct), vocabulary.size))
    held = columns(reading.scene)
    borders = np.arange(0, held.size + 1, held.shape[1])
    looks = csr_matrix((np.ones(held.size), held.ravel(), borders), (len(held), len(names())))
    return hstack((distinct[reading.scene.inverse], looks), format="csr")


def _training_rows(
    readings: Sequence[Reading], vocabulary: Vocabulary, settings: Settings
) -> tuple[csr_matrix, NDArray[np.int32], NDArray[np.float64]]:
    """Return the different rows of all readings, their labels, how often each stands there."""
    chance = np.random.default_rng(settings.seed)
    numbers = [_forgetting(vocabulary.numbers(reading.words), settings, chance) for reading in readings]
    pairs = zip(readings, numbers, strict=True)
    matrix = vstack([design(reading, vocabulary, given, settings.words) for reading, given in pairs], "csr")
    labels = np.concatenate([reading.labels for reading in readings])
    # Like rows have like sums, to the last bit: a report of one cell a line says `0` two hundred times.
    prints = matrix @ chance.normal(size=matrix.shape[1]) + 1e6 * labels
    _, firsts, which = np.unique(prints, return_index=True, return_inverse=True)
    each = np.concatenate([np.full(len(reading.labels), reading.weight) for reading in readings])
    counts: NDArray[np.float64] = np.bincount(which, each).astype(np.float64)
    return matrix[firsts], labels[firsts], counts


def _forgetting(numbers: Numbers, settings: Settings, chance: np.random.Generator) -> Numbers:
    """Make some words unknown in every other document, more in one than in another.

    The corpus says things in the same few words; a real report says them in others, and the model has
    to get by with what it does know.
    """
    if chance.random() > settings.forgotten:
        return numbers
    lost = (chance.random(len(numbers)) < chance.random()) & (numbers > UNKNOWN)
    return np.where(lost, UNKNOWN, numbers)


def _weights(
    estimator: LogisticRegression,
    vocabulary: Vocabulary,
    settings: Settings,
    transitions: NDArray[np.float64],
    start: NDArray[np.float64],
) -> Weights:
    """Part scikit-learn's coefficients [5, columns] into the classifier's arrays."""
    coefficients = np.zeros((len(LABELS), estimator.coef_.shape[1]))
    coefficients[estimator.classes_] = estimator.coef_
    intercept = np.full(len(LABELS), NEVER)
    intercept[estimator.classes_] = estimator.intercept_
    words, looks, context = np.split(
        coefficients.T, [vocabulary.size, vocabulary.size + len(OFFSETS) * ANSWERS], axis=0
    )
    answers = looks.reshape(len(OFFSETS), ANSWERS, len(LABELS)).transpose(1, 0, 2)
    return Weights(words * settings.words, answers.copy(), context, intercept, transitions, start)


def _single(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round to single precision, which is what a model's folder keeps."""
    return values.astype(np.float32).astype(np.float64)
