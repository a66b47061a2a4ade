"""Measures a model document by document: what it labels right, and how sure it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.labelling.model_folder import Measured
from nlp.text.lines import split
from training.labels.label_files import Labelled
from training.scoring.calibration import Calibration, Doubts, calibration
from training.scoring.lines import Confusion, LineScores, line_scores

UNKNOWN_EDITION = "not known"

_Keys = Callable[[Labelled], tuple[str, ...]]


@dataclass(frozen=True)
class Scored:
    """What a model made of one document: labels against labels, and its confidence where right or not."""

    document: Labelled
    confusion: Confusion
    doubts: Doubts

    @property
    def wrong(self) -> int:
        """How many lines are labelled wrong."""
        return sum(count for (right, claim), count in self.confusion.items() if right != claim)

    @property
    def lines(self) -> int:
        return self.confusion.total()


@dataclass(frozen=True)
class Group:
    """The figures of some documents over all splits: how many, lines wrong, macro F1 of a split."""

    name: str
    documents: int
    lines: int
    wrong: int
    macro_f1: Measured


def scored(classifier: LineClassifier, document: Labelled) -> Scored:
    """Label a document and compare."""
    found = label_lines(split(document.text), classifier)
    gold = document.labels
    return Scored(
        document,
        Counter((gold[line.n - 1], line.label) for line in found),
        Counter((line.confidence, gold[line.n - 1] == line.label) for line in found),
    )


def scores(documents: Iterable[Scored]) -> LineScores | None:
    """Return the figures of documents together; None where there are none."""
    return line_scores(document.confusion for document in documents)


def figures(splits: Sequence[LineScores]) -> dict[str, Measured]:
    """Return the mean and spread of macro F1 and of each label's F1; empty where nothing was measured."""
    if not splits:
        return {}
    macro = {"macro_f1": measured([split.macro_f1 or 0.0 for split in splits])}
    return macro | {label: measured([_f1(split, label) for split in splits]) for label in LABELS}


def measured(values: Sequence[float]) -> Measured:
    """Return the mean of values and their standard deviation, 0 where there is one only."""
    return Measured(round(fmean(values), 5), round(stdev(values), 5) if len(values) > 1 else 0.0)


def by_edition(splits: Sequence[Sequence[Scored]]) -> list[Group]:
    """Return the figures of each edition of the form."""
    return _groups(splits, lambda document: (document.edition or UNKNOWN_EDITION,))


def by_kind(splits: Sequence[Sequence[Scored]]) -> list[Group]:
    """Return the figures of each kind of page: its noise, its layout, the folder of a label file."""
    return _groups(splits, lambda document: document.kinds)


def calibrated(splits: Sequence[Sequence[Scored]]) -> Calibration | None:
    """Return how far the confidence of labels can be believed."""
    counts = Doubts()
    for split_ in splits:
        for document in split_:
            counts.update(document.doubts)
    return calibration(counts)


def _groups(splits: Sequence[Sequence[Scored]], keys: _Keys) -> list[Group]:
    parts: dict[str, dict[int, list[Scored]]] = defaultdict(lambda: defaultdict(list))
    for number, split_ in enumerate(splits):
        for document in split_:
            for key in keys(document.document):
                parts[key][number].append(document)
    return [_group(name, parts[name]) for name in sorted(parts)]


def _group(name: str, parts: Mapping[int, Sequence[Scored]]) -> Group:
    every = [document for part in parts.values() for document in part]
    macros = [found.macro_f1 or 0.0 for found in map(scores, parts.values()) if found]
    return Group(
        name,
        len(every),
        sum(document.lines for document in every),
        sum(document.wrong for document in every),
        measured(macros),
    )


def _f1(scores: LineScores, label: str) -> float:
    return scores.labels[label].f1 or 0.0 if label in scores.labels else 0.0
