"""Trains a line classifier on label files and the generated corpus, and measures it on agencies held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import fmean, stdev

from nlp import model_folder
from nlp.classifier import LABELS, LineClassifier, features, packed
from nlp.labelling import label_lines
from nlp.lines import split
from nlp.model_folder import Corpus, Manifest, Measured, Settings
from training import card, labelled
from training.corpus import samples
from training.fitting import Fitted, Reading, described, fit, read, teaches
from training.labelled import LabelError, Labelled, Problem
from training.scoring.lines import Confusion, LineScores, line_scores

DOCUMENTS = 1000
"""How many documents the corpus has, unless asked otherwise."""

HELD_OUT = 0.25
"""The share of agencies that a split holds out."""

SPLITS = 3

SETTINGS = Settings(seed=1, regularisation=1.0, words=4.0, rare=3, forgotten=0.5, pieces=0.2, transitions=0.1)

VERSION = "1"
"""The version of the shipped model; models/scores.csv has a line for each."""


@dataclass(frozen=True)
class Training:
    """A model of all documents, and what was measured on the way: a score for each split, and how."""

    classifier: LineClassifier
    splits: tuple[LineScores, ...]
    how: str


def train_into(
    folder: Path,
    label_files: Sequence[Path] = (),
    *,
    documents: int = DOCUMENTS,
    settings: Settings = SETTINGS,
) -> Training:
    """Train on label files and on so many generated documents, and write the model's folder with its card.

    Where a scores.csv stands beside the folder, the model's version gets its line there. Raises LabelError
    where a label file is wrong, before anything is trained; OSError where something cannot be written.
    """
    own = labelled.read(label_files)
    training = train([*own, *corpus(settings.seed, documents)], settings, len(own))
    training.classifier.save(folder)
    card.write(folder, training.classifier, training.splits, training.how)
    return training


def train(documents: Sequence[Labelled], settings: Settings = SETTINGS, label_files: int = 0) -> Training:
    """Return a model of all documents, so many of them from label files.

    The same documents and settings give the same bytes.

    What it scores is measured by models of the same settings, each on the agencies that a split holds
    out. Raises LabelError where the documents do not hold two different labels.
    """
    readings = list(read([*documents, *pieces(documents, settings)]))
    if not teaches(readings):
        raise LabelError([Problem("label files", 0, "fewer than two different labels: label more lines")])
    measured = [_split_scores(documents, readings, settings, number) for number in range(SPLITS)]
    splits = tuple(scores for scores in measured if scores is not None)
    classifier = _classifier(fit(readings, settings), settings, described(documents, label_files), splits)
    return Training(classifier, splits, _how(documents, len(splits)))


def corpus(seed: int, count: int) -> Iterator[Labelled]:
    """Yield so many generated documents, the same ones for the same seed."""
    for sample in samples(seed, count):
        yield Labelled(sample.name, sample.agency, sample.text, tuple(sample.labels))


def pieces(documents: Sequence[Labelled], settings: Settings) -> Iterator[Labelled]:
    """Yield parts of some documents: there are half reports, and none of theirs begins with a title."""
    chance = Random(f"pieces/{settings.seed}")
    for document in documents:
        if chance.random() < settings.pieces:
            lines = document.text.split("\n")
            first, last = sorted(chance.choices(range(len(lines) + 1), k=2))
            text = "\n".join(lines[first:last])
            yield Labelled(document.name, document.agency, text, document.labels[first:last])


def measure(classifier: LineClassifier, documents: Iterable[Labelled]) -> LineScores | None:
    """Return how the model labels the lines of documents; None where there are no documents."""
    return line_scores(_confusion(classifier, document) for document in documents)


def held_out(agencies: Iterable[str], seed: int) -> frozenset[str]:
    """Choose the agencies whose documents are measured on; by agency, as reports share most lines.

    >>> held_out(["a", "b", "c", "d"], 1) == held_out(["d", "c", "b", "a"], 1)
    True
    """
    names = sorted(set(agencies))
    return frozenset(Random(f"held out/{seed}").sample(names, round(HELD_OUT * len(names))))


def figures(splits: Sequence[LineScores]) -> dict[str, Measured]:
    """Return the mean and spread of macro F1 and of each label's F1; empty where nothing was measured."""
    if not splits:
        return {}
    macro = {"macro_f1": _measured([split.macro_f1 or 0.0 for split in splits])}
    return macro | {label: _measured([_f1(split, label) for split in splits]) for label in LABELS}


def _f1(scores: LineScores, label: str) -> float:
    return scores.labels[label].f1 or 0.0 if label in scores.labels else 0.0


def _measured(values: Sequence[float]) -> Measured:
    return Measured(round(fmean(values), 5), round(stdev(values), 5) if len(values) > 1 else 0.0)


def _confusion(classifier: LineClassifier, document: Labelled) -> Confusion:
    found = label_lines(split(document.text), classifier)
    return Counter((document.labels[line.n - 1], line.label) for line in found)


def _split_scores(
    documents: Sequence[Labelled], readings: Sequence[Reading], settings: Settings, number: int
) -> LineScores | None:
    """Train without some agencies and measure on them; None where too few are there to do so."""
    out = held_out((document.agency for document in documents), settings.seed + number)
    kept = [reading for reading in readings if reading.agency not in out]
    if not out or not teaches(kept):
        return None
    classifier = _classifier(fit(kept, settings), settings, Corpus(0, 0, 0, 0, ""), ())
    return measure(classifier, [document for document in documents if document.agency in out])


def _classifier(
    fitted: Fitted, settings: Settings, corpus: Corpus, splits: Sequence[LineScores]
) -> LineClassifier:
    arrays = packed(fitted.vocabulary, fitted.weights)
    manifest = Manifest(
        model_folder.FORMAT,
        "lines",
        VERSION,
        LABELS,
        features(),
        sha256(arrays).hexdigest(),
        settings,
        corpus,
        figures(splits),
        fitted.vocabulary.words,
    )
    digest = sha256(model_folder.encoded(manifest)).hexdigest()
    return LineClassifier(fitted.vocabulary, fitted.weights, manifest, digest)


def _how(documents: Sequence[Labelled], splits: int) -> str:
    agencies = len({document.agency for document in documents})
    trained = f"Trained on {len(documents)} documents of {agencies} agencies."
    if not splits:
        return f"{trained} Nothing was measured: too few agencies to hold any out."
    return (
        f"{trained} Measured {splits} times: a quarter of the agencies held out, a model of the same "
        "settings trained on the others, its labels compared line by line on those held out; mean ± standard "
        "deviation."
    )
