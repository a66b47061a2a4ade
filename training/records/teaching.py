"""Turns known records into what a training takes: what stands round lines, and label files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp.labelling.classifier import LineClassifier
from nlp.text.dress import Dress
from training.labels.label_files import Labelled
from training.records.deriving import derived
from training.records.dresses import lessons, with_dresses
from training.records.known import KnownRecord


class Taught(NamedTuple):
    """What records taught: dresses to take off, label files to train on, and a line for each, to be told."""

    dresses: tuple[Dress, ...] = ()
    files: tuple[Labelled, ...] = ()
    told: tuple[str, ...] = ()


def taught(known: Sequence[KnownRecord], classifier: LineClassifier) -> Taught:
    """Return what known records teach beyond a model; those that it has learnt before stay with it."""
    learnt = lessons(known, classifier)
    earlier = classifier.manifest.dresses or ()
    dresses = tuple(dict.fromkeys([*earlier, *(lesson.dress for lesson in learnt if lesson.dress)]))
    undressing = with_dresses(classifier, dresses)
    told = [f"{lesson.kind}: {lesson.told}" for lesson in learnt]
    files: list[Labelled] = []
    for document in known:
        labels = derived(document, undressing)
        told.append(f"{document.kind}/{document.name}: {labels.told}")
        if labels.file is not None:
            files.append(labels.file)
    return Taught(dresses, tuple(files), tuple(told))
