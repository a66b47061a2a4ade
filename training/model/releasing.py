"""Trains on label files and generated documents, and writes the model's folder with its card and scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import UNSET, UnsetType

from nlp.labelling.judgement import Judgement
from nlp.labelling.model_folder import Settings
from training.model import card, evidence
from training.model.measurements import Report, analysed
from training.model.train import DOCUMENTS, SETTINGS, Notify, Training, gathered, silent, train
from training.records.dresses import with_dresses
from training.records.teaching import Taught

_NOTHING = Taught()


def train_into(
    folder: Path,
    label_files: Sequence[Path] = (),
    *,
    records: Taught = _NOTHING,
    judgement: Judgement | UnsetType = UNSET,
    documents: int = DOCUMENTS,
    settings: Settings = SETTINGS,
    thorough: bool = False,
    notify: Notify = silent,
) -> tuple[Training, Report]:
    """Train on label files, what records taught, and `documents` generated documents.

    The model is written with its card and its evidence, and judges by `judgement` where records gave one.

    The model's version gets a line in the scores.csv beside the folder, or else in one within the folder.
    With `thorough` the report also has the learning curve and what each part of the model adds. Raises
    LabelError before anything is trained if a label file is wrong; OSError if something cannot be written.
    """
    training_documents = [*gathered(label_files, documents, settings.seed), *records.files]
    training = train(training_documents, settings, notify)
    classifier = with_dresses(training.classifier, records.dresses)
    if judgement is not UNSET:
        classifier = classifier.with_manifest(judgement=judgement)
    training = replace(training, classifier=classifier)
    report = analysed(training_documents, training, settings, thorough=thorough, notify=notify)
    training.classifier.save(folder)
    card.write(folder, training, report)
    evidence.write(folder, evidence.gathered(training_documents, training))
    return training, report
