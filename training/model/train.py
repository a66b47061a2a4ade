"""Trains a line classifier on label files and generated documents, and measures it on agencies held out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from msgspec.structs import replace

from nlp.labelling import model_folder
from nlp.labelling.classifier import LABELS, LineClassifier, features, packed
from nlp.labelling.model_folder import Corpus, Manifest, Settings
from training.generator.corpus import Sample, samples
from training.generator.worlds import TRAINING, World
from training.labels import label_files
from training.labels.label_files import LabelError, Labelled, Problem
from training.labels.repeated import without_repeated
from training.model.dressing import dressed
from training.model.fitting import Fitted, Reading, described, fit, read, teaches
from training.model.making import libraries
from training.model.measuring import Scored, figures, scored, scores
from training.rendering.archive import rendered
from training.scoring.lines import LineScores

DOCUMENTS = 1000
"""The number of generated documents that a model is trained on by default."""

HELD_OUT = 0.25
"""The share of the agencies that a split holds out."""

SPLITS = 3

SETTINGS = Settings(
    seed=1,
    regularisation=1.0,
    words=4.0,
    rare=3,
    forgotten=0.5,
    pieces=0.2,
    transitions=0.1,
    own=5.0,
    dressed=0.2,
)

VERSION = "1"
"""The version of the shipped model; models/scores.csv has a line for each version."""

Notify = Callable[[str], None]
"""Called with a few words about each step of the training when it begins."""


@dataclass(frozen=True)
class Split:
    """A model trained without some agencies, and what it makes of each of their documents."""

    classifier: LineClassifier
    documents: tuple[Scored, ...]
    scores: LineScores


@dataclass(frozen=True)
class Training:
    """A model trained on all documents, the splits that it was measured by, and a text on how."""

    classifier: LineClassifier
    measured: tuple[Split, ...]
    how: str

    @property
    def splits(self) -> tuple[LineScores, ...]:
        """The figures of each split."""
        return tuple(split.scores for split in self.measured)


def silent(step: str) -> None:
    """Do nothing: the default for `notify`."""


def gathered(paths: Sequence[Path], documents: int, seed: int) -> list[Labelled]:
    """Return generated documents (see `shipped`), then the label files at the paths, each text once.

    Raises LabelError if a label file is wrong.
    """
    own = without_repeated(label_files.read(paths))
    return [*shipped(seed, documents), *own]


def shipped(seed: int, documents: int) -> list[Labelled]:
    """Return generated documents, and some that real tools have rendered and read back.

    There are `documents` generated ones, and a share of `documents / DOCUMENTS` of the others.
    """
    return [*corpus(seed, documents), *rendered(documents / DOCUMENTS)]


def train(documents: Sequence[Labelled], settings: Settings = SETTINGS, notify: Notify = silent) -> Training:
    """Return a model of all documents; the same documents and settings give the same bytes.

    Its scores are measured by other models with the same settings, one for each split, on the agencies
    that the split holds out. Raises LabelError if the documents do not hold two different labels.
    """
    notify("reading")
    return train_on(documents, readings_of(documents, settings), settings, notify)


def train_on(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    settings: Settings = SETTINGS,
    notify: Notify = silent,
) -> Training:
    """Return what `train` does for documents whose readings (see `readings_of`) are there already."""
    if not teaches(readings):
        raise LabelError([Problem("label files", 0, "fewer than two different labels: label more lines")])
    splits: list[Split] = []
    for number in range(SPLITS):
        notify(f"measuring, {number + 1} of {SPLITS}")
        split = _split(documents, readings, settings, number)
        if split is not None:
            splits.append(split)
    notify("training on everything")
    from_files = sum(bool(document.file) for document in documents)
    kept = learnt(documents, readings, settings)
    classifier = fitted(kept, settings, described(documents, from_files), [split.scores for split in splits])
    return Training(classifier, tuple(splits), _how(documents, len(kept) - len(readings), len(splits)))


def corpus(
    seed: int, count: int, agencies: slice | None = None, world: World = TRAINING
) -> Iterator[Labelled]:
    """Yield `count` generated documents, always the same ones for a seed and a world."""
    for sample in samples(seed, count, agencies=agencies, world=world):
        yield generated(sample)


def generated(sample: Sample) -> Labelled:
    """Return a generated document; its kinds are its noise and its layout."""
    kinds = (*sample.noise, f"layout {sample.layout}")
    form = str(sample.gold["form"])
    return Labelled(sample.name, sample.agency, sample.text, tuple(sample.labels), edition=form, kinds=kinds)


def readings_of(documents: Sequence[Labelled], settings: Settings) -> list[Reading]:
    """Return the documents, and pieces of some of them, as the model sees them; label files come last.

    Generated documents meet the same random choices whether there are label files or not, so that what a
    new model labels differently comes from the files.
    """
    from_files = [document for document in documents if document.file]
    from_generator = [document for document in documents if not document.file]
    readings: list[Reading] = []
    for part in (from_generator, from_files):
        readings.extend(read(part, settings.own))
        readings.extend(read(pieces(part, settings), settings.own))
    return readings


def learnt(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    settings: Settings,
    out: Collection[str] = (),
) -> list[Reading]:
    """Return the readings that a model is fitted to, without those of the agencies in `out`.

    They are the given readings, and generated documents with the dressing of the label files (see
    `dressing`). Nothing is learnt from what is held out, neither its lines nor its dressing.
    """
    left = [document for document in documents if document.agency not in out]
    kept = [reading for reading in readings if reading.agency not in out]
    return [*kept, *read(dressed(left, settings.dressed))]


def pieces(documents: Sequence[Labelled], settings: Settings) -> Iterator[Labelled]:
    """Yield a random run of lines of some documents, since some real texts are only part of a report.

    `settings.pieces` is the share of documents that a piece is taken of.
    """
    chance = Random(f"pieces/{settings.seed}")
    for document in documents:
        if chance.random() < settings.pieces:
            lines = document.text.split("\n")
            first, last = sorted(chance.choices(range(len(lines) + 1), k=2))
            text = "\n".join(lines[first:last])
            labels, weights = document.labels[first:last], document.weights[first:last]
            yield Labelled(document.name, document.agency, text, labels, document.file, weights=weights)


def held_out(agencies: Iterable[str], seed: int) -> frozenset[str]:
    """Return a random quarter of the agencies; reports of one agency share most of their lines.

    >>> held_out(["a", "b", "c", "d"], 1) == held_out(["d", "c", "b", "a"], 1)
    True
    """
    names = sorted(set(agencies))
    return frozenset(Random(f"held out/{seed}").sample(names, round(HELD_OUT * len(names))))


def without(documents: Sequence[Labelled], settings: Settings, number: int) -> frozenset[str]:
    """Return the agencies that split `number` (from 0) holds out.

    Where there are generated documents as well, each agency of a label file is held out by exactly one
    split, so that all label files are measured on.
    """
    agencies = {document.agency for document in documents}
    agencies_of_files = {document.agency for document in documents if document.file}
    if agencies_of_files == agencies:
        return held_out(agencies, settings.seed + number)
    shuffled = Random(f"own/{settings.seed}").sample(sorted(agencies_of_files), len(agencies_of_files))
    return held_out(agencies - agencies_of_files, settings.seed + number) | set(shuffled[number::SPLITS])


def _split(
    documents: Sequence[Labelled], readings: Sequence[Reading], settings: Settings, number: int
) -> Split | None:
    """Train without some agencies and measure on them; None if there are too few agencies."""
    out = without(documents, settings, number)
    kept = learnt(documents, readings, settings, out)
    if not out or not teaches(kept):
        return None
    classifier = fitted(kept, settings)
    held_out_documents = tuple(
        scored(classifier, document) for document in documents if document.agency in out
    )
    split_scores = scores(held_out_documents)
    if split_scores is None:
        return None
    return Split(classifier, held_out_documents, split_scores)


def fitted(
    readings: Sequence[Reading],
    settings: Settings = SETTINGS,
    corpus: Corpus | None = None,
    splits: Sequence[LineScores] = (),
) -> LineClassifier:
    """Return the classifier fitted to the readings; `corpus` and `splits` go into its manifest."""
    return assembled(fit(readings, settings), settings, corpus or Corpus(0, 0, 0, 0, ""), splits)


def assembled(
    model: Fitted, settings: Settings, corpus: Corpus, splits: Sequence[LineScores] = ()
) -> LineClassifier:
    """Return the classifier of a fitted model, with its manifest."""
    arrays = packed(model.vocabulary, model.weights)
    manifest = Manifest(
        model_folder.FORMAT,
        "lines",
        _version(corpus),
        LABELS,
        features(),
        sha256(arrays).hexdigest(),
        settings,
        corpus,
        figures(splits),
        model.vocabulary.words,
    )
    manifest = model_folder.sealed(replace(manifest, made_with=libraries()))
    return LineClassifier(model.vocabulary, model.weights, manifest, model_folder.digest(manifest))


def _version(corpus: Corpus) -> str:
    """Return the version, with the beginning of the corpus's digest if label files were trained on.

    >>> _version(Corpus(10, 3, 100, 9, "0c096aa4fa77"))
    '1+0c096aa4'
    """
    if not corpus.labelled:
        return VERSION
    return f"{VERSION}+{corpus.sha256[:8]}"


def _how(documents: Sequence[Labelled], dressed_pages: int, splits: int) -> str:
    """Return what was trained on and how it was measured, for the model's card."""
    agencies = len({document.agency for document in documents})
    read_back = sum(any(kind.startswith("tool ") for kind in document.kinds) for document in documents)
    trained = f"Trained on {len(documents)} documents of {agencies} agencies"
    if read_back:
        trained += f", {read_back} of them read back by real tools"
    trained += "."
    if dressed_pages:
        trained += f" {dressed_pages} of them were read again as label files dress their lines."
    if not splits:
        return f"{trained} Nothing was measured: too few agencies to hold any out."
    return (
        f"{trained} Measured {splits} times: a quarter of the agencies held out, a model of the same "
        "settings trained on the others, its labels compared line by line on those held out; mean ± standard "
        "deviation."
    )
