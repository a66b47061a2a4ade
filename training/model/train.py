"""Trains a line classifier on label files and the generated corpus, and measures it on agencies held out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from nlp.labelling import model_folder
from nlp.labelling.classifier import LABELS, LineClassifier, features, packed
from nlp.labelling.model_folder import Corpus, Manifest, Settings
from training.generator.corpus import Sample, samples
from training.labels import label_files as labelled
from training.labels.label_files import LabelError, Labelled, Problem
from training.model.dressing import dressed
from training.model.fitting import Fitted, Reading, described, fit, read, teaches
from training.model.measuring import Scored, figures, scored, scores
from training.rendering.archive import rendered
from training.scoring.lines import LineScores

DOCUMENTS = 1000
"""How many documents the corpus has, unless asked otherwise."""

HELD_OUT = 0.25
"""The share of agencies that a split holds out."""

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
"""The version of the shipped model; models/scores.csv has a line for each."""

Told = Callable[[str], None]
"""Hears of each step that begins."""


@dataclass(frozen=True)
class Split:
    """A model trained without some agencies, and what it makes of each of their documents."""

    classifier: LineClassifier
    documents: tuple[Scored, ...]
    scores: LineScores


@dataclass(frozen=True)
class Training:
    """A model of all documents, and what was measured on the way: each split, and how."""

    classifier: LineClassifier
    measured: tuple[Split, ...]
    how: str

    @property
    def splits(self) -> tuple[LineScores, ...]:
        """The figures of each split."""
        return tuple(split.scores for split in self.measured)


def silent(step: str) -> None:
    """Tell nobody."""


def gathered(label_files: Sequence[Path], documents: int, seed: int) -> list[Labelled]:
    """Return the corpus of so many generated documents, then label files; LabelError where one is wrong."""
    own = labelled.read(label_files)
    return [*shipped(seed, documents), *own]


def shipped(seed: int, documents: int) -> list[Labelled]:
    """Return so many generated documents, and as large a share of those that real tools have read back."""
    return [*corpus(seed, documents), *rendered(documents / DOCUMENTS)]


def train(documents: Sequence[Labelled], settings: Settings = SETTINGS, told: Told = silent) -> Training:
    """Return a model of all documents; the same documents and settings give the same bytes.

    What it scores is measured by models of the same settings, each on the agencies that a split holds
    out. Raises LabelError where the documents do not hold two different labels.
    """
    told("reading")
    readings = readings_of(documents, settings)
    if not teaches(readings):
        raise LabelError([Problem("label files", 0, "fewer than two different labels: label more lines")])
    splits: list[Split] = []
    for number in range(SPLITS):
        told(f"measuring, {number + 1} of {SPLITS}")
        splits += _split(documents, readings, settings, number)
    told("training on everything")
    own = sum(bool(document.file) for document in documents)
    kept = learnt(documents, readings, settings)
    classifier = fitted(kept, settings, described(documents, own), [split.scores for split in splits])
    return Training(classifier, tuple(splits), _how(documents, len(kept) - len(readings), len(splits)))


def corpus(seed: int, count: int, agencies: slice | None = None) -> Iterator[Labelled]:
    """Yield so many generated documents, the same ones for the same seed."""
    return (generated(sample) for sample in samples(seed, count, agencies=agencies))


def generated(sample: Sample) -> Labelled:
    """Return a generated document with its kinds: noise, and layout."""
    kinds = (*sample.noise, f"layout {sample.layout}")
    form = str(sample.gold["form"])
    return Labelled(sample.name, sample.agency, sample.text, tuple(sample.labels), edition=form, kinds=kinds)


def readings_of(documents: Sequence[Labelled], settings: Settings) -> list[Reading]:
    """Return the documents and their pieces as the model sees them, those of label files last.

    Every document meets the same chance in training, whether label files are there or not: what a new
    model says otherwise comes from them.
    """
    own = [document for document in documents if document.file]
    generated = [document for document in documents if not document.file]
    parts = (part for side in (generated, own) for part in (side, pieces(side, settings)))
    return [reading for part in parts for reading in read(part, settings.own)]


def learnt(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    settings: Settings,
    out: Collection[str] = (),
) -> list[Reading]:
    """Return the readings that a model without some agencies is fitted to.

    Beside those of the other agencies these are pages of the corpus, dressed as the label files that are
    left dress theirs: what is held out has taught nothing, neither its lines nor what stands round them.
    """
    left = [document for document in documents if document.agency not in out]
    kept = [reading for reading in readings if reading.agency not in out]
    return [*kept, *read(dressed(left, settings.dressed))]


def pieces(documents: Sequence[Labelled], settings: Settings) -> Iterator[Labelled]:
    """Yield parts of some documents: there are half reports, and none of theirs begins with a title."""
    chance = Random(f"pieces/{settings.seed}")
    for document in documents:
        if chance.random() < settings.pieces:
            lines = document.text.split("\n")
            first, last = sorted(chance.choices(range(len(lines) + 1), k=2))
            text = "\n".join(lines[first:last])
            yield Labelled(document.name, document.agency, text, document.labels[first:last], document.file)


def held_out(agencies: Iterable[str], seed: int) -> frozenset[str]:
    """Choose the agencies whose documents are measured on; by agency, as reports share most lines.

    >>> held_out(["a", "b", "c", "d"], 1) == held_out(["d", "c", "b", "a"], 1)
    True
    """
    names = sorted(set(agencies))
    return frozenset(Random(f"held out/{seed}").sample(names, round(HELD_OUT * len(names))))


def without(documents: Sequence[Labelled], settings: Settings, number: int) -> frozenset[str]:
    """Choose the agencies that a split holds out.

    Beside a corpus each agency of a label file is held out by one split, so that what is new is measured.
    """
    every = {document.agency for document in documents}
    own = {document.agency for document in documents if document.file}
    if own == every:
        return held_out(every, settings.seed + number)
    dealt = Random(f"own/{settings.seed}").sample(sorted(own), len(own))
    return held_out(every - own, settings.seed + number) | frozenset(dealt[number::SPLITS])


def _split(
    documents: Sequence[Labelled], readings: Sequence[Reading], settings: Settings, number: int
) -> Iterator[Split]:
    """Train without some agencies and measure on them; nothing where too few are there to do so."""
    out = without(documents, settings, number)
    kept = learnt(documents, readings, settings, out)
    if out and teaches(kept):
        classifier = fitted(kept, settings)
        found = tuple(scored(classifier, document) for document in documents if document.agency in out)
        if figures := scores(found):
            yield Split(classifier, found, figures)


def fitted(
    readings: Sequence[Reading],
    settings: Settings = SETTINGS,
    corpus: Corpus | None = None,
    splits: Sequence[LineScores] = (),
) -> LineClassifier:
    """Return the classifier that fits the readings, and says so in its manifest."""
    return assembled(fit(readings, settings), settings, corpus or Corpus(0, 0, 0, 0, ""), splits)


def assembled(
    model: Fitted, settings: Settings, corpus: Corpus, splits: Sequence[LineScores] = ()
) -> LineClassifier:
    """Put what was learnt and what is known about it together."""
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
    manifest = model_folder.sealed(manifest)
    digest = sha256(model_folder.encoded(manifest)).hexdigest()
    return LineClassifier(model.vocabulary, model.weights, manifest, digest)


def _version(corpus: Corpus) -> str:
    """Return the version: who trains on files of their own gets one that tells so.

    >>> _version(Corpus(10, 3, 100, 9, "0c096aa4fa77"))
    '1+0c096aa4'
    """
    return f"{VERSION}+{corpus.sha256[:8]}" if corpus.labelled else VERSION


def _how(documents: Sequence[Labelled], worn: int, splits: int) -> str:
    agencies = len({document.agency for document in documents})
    read_back = sum(any(kind.startswith("tool ") for kind in document.kinds) for document in documents)
    trained = f"Trained on {len(documents)} documents of {agencies} agencies"
    trained += f", {read_back} of them read back by real tools." if read_back else "."
    trained += f" {worn} of them were read again as label files dress their lines." if worn else ""
    if not splits:
        return f"{trained} Nothing was measured: too few agencies to hold any out."
    return (
        f"{trained} Measured {splits} times: a quarter of the agencies held out, a model of the same "
        "settings trained on the others, its labels compared line by line on those held out; mean ± standard "
        "deviation."
    )
