"""Predicts the labels of each document with a model that was not trained on its agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from nlp.labelling.classifier import Scores
from nlp.labelling.model_folder import Settings
from nlp.text.lines import split
from training.labels.label_files import Labelled
from training.model.dressing import dressed
from training.model.fitting import read, teaches
from training.model.train import SETTINGS, fitted

FOLDS = 4
"""The number of models that are trained, each without a fourth of the agencies."""


def out_of_fold(
    documents: Sequence[Labelled],
    background: Sequence[Labelled] = (),
    settings: Settings = SETTINGS,
    folds: int = FOLDS,
) -> Iterator[tuple[Labelled, Scores]]:
    """Yield each document with the probabilities [line, label] of its lines that are not blank.

    The agencies are split into folds. The documents of a fold are labelled by a model that was trained on
    the background and on the documents of the other folds; a fold for which there is too little to train
    on is skipped.
    """
    background_readings = list(read(background))
    for fold in _folds([document.agency for document in documents], folds, settings.seed):
        others = [document for document in documents if document.agency not in fold]
        readings = [*background_readings, *read(others)]
        if not teaches(readings):
            continue
        dressed_pages = dressed([*background, *others], settings.dressed)
        classifier = fitted([*readings, *read(dressed_pages)], settings)
        for document in documents:
            if document.agency in fold:
                yield document, classifier.probabilities(split(document.text))


def _folds(agencies: Sequence[str], count: int, seed: int) -> list[frozenset[str]]:
    """Return the agencies split at random into at most `count` folds of about the same size."""
    names = sorted(set(agencies))
    Random(f"folds/{seed}").shuffle(names)
    folds = [frozenset(names[start::count]) for start in range(count)]
    return [fold for fold in folds if fold]
