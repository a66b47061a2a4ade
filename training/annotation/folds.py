"""What models that never saw a document's agency say about its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from nlp.labelling.classifier import Scores
from nlp.labelling.model_folder import Settings
from nlp.text.lines import split
from training.labels.label_files import Labelled
from training.model.dressing import dressed
from training.model.fitting import Reading, read, teaches
from training.model.train import SETTINGS, fitted

FOLDS = 4


def out_of_fold(
    documents: Sequence[Labelled],
    background: Sequence[Labelled] = (),
    settings: Settings = SETTINGS,
    folds: int = FOLDS,
) -> Iterator[tuple[Labelled, Scores]]:
    """Yield each document with the probabilities of its lines that are not blank.

    They come from models trained on the background and the documents of other folds; an agency is in one
    fold only. What cannot be told, because nothing is left to train on, is not yielded.
    """
    seen = [*read(background)]
    own = [(document, [*read([document])]) for document in documents]
    for fold in _folds([document.agency for document in documents], folds, settings.seed):
        kept: list[Reading] = seen + [
            reading for document, readings in own if document.agency not in fold for reading in readings
        ]
        if not teaches(kept):
            continue
        left = [*background, *(document for document in documents if document.agency not in fold)]
        classifier = fitted([*kept, *read(dressed(left, settings.dressed))], settings)
        for document, _ in own:
            if document.agency in fold:
                yield document, classifier.probabilities(split(document.text))


def _folds(agencies: Sequence[str], count: int, seed: int) -> list[frozenset[str]]:
    """Part the agencies into folds of like size; there are no more folds than agencies."""
    names = sorted(set(agencies))
    Random(f"folds/{seed}").shuffle(names)
    parts = [frozenset(names[at::count]) for at in range(count)]
    return [part for part in parts if part]
