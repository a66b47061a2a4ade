"""Trains on label files and the corpus, and writes the model with its card and its line of scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp.labelling.model_folder import Settings
from training.model import card
from training.model.measurements import Report, analysed
from training.model.train import DOCUMENTS, SETTINGS, Told, Training, gathered, silent, train


def train_into(
    folder: Path,
    label_files: Sequence[Path] = (),
    *,
    documents: int = DOCUMENTS,
    settings: Settings = SETTINGS,
    thorough: bool = False,
    told: Told = silent,
) -> tuple[Training, Report]:
    """Train on label files and on so many generated documents, and write the model's folder with its card.

    The model's version gets its line in the scores.csv beside the folder, or else in one within. `thorough`
    measures the learning curve and what each part of the model adds, too. Raises LabelError where a label
    file is wrong, before anything is trained; OSError where something cannot be written.
    """
    given = gathered(label_files, documents, settings.seed)
    training = train(given, settings, told)
    report = analysed(given, training, settings, thorough=thorough, told=told)
    training.classifier.save(folder)
    card.write(folder, training, report)
    return training, report
