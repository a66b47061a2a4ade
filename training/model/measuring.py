"""Measures a model document by document: which lines it labels right, and how confident it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.label_lines import label_text
from nlp.labelling.model_folder import Measured
from training.labels.label_files import Labelled
from training.scoring.calibration import Calibration, Doubts, calibration
from training.scoring.lines import Confusion, LineScores, line_scores

UNKNOWN_EDITION = "not known"
"""The group of documents whose edition of the form is not known."""

_GroupNames = Callable[[Labelled], tuple[str, ...]]


@dataclass(frozen=True)
class Scored:
    """What a model made of one document.

    `confusion` counts lines by (right label, model's label), `doubts` by (confidence, whether right).
    """

    document: Labelled
    confusion: Confusion
    doubts: Doubts

    @property
    def wrong(self) -> int:
        """The number of lines that are labelled wrong."""
        return sum(count for (right, claim), count in self.confusion.items() if right != claim)

    @property
    def lines(self) -> int:
        """The number of lines that are labelled."""
        return self.confusion.total()


@dataclass(frozen=True)
class Group:
    """The figures of a group of documents: counts over all splits, macro F1 as mean ± spread over them."""

    name: str
    documents: int
    lines: int
    wrong: int
    macro_f1: Measured


def scored(classifier: LineClassifier, document: Labelled) -> Scored:
    """Return a document labelled by a model and compared with its own labels."""
    confusion: Confusion = Counter()
    doubts: Doubts = Counter()
    for line in label_text(document.text, classifier):
        right_label = document.labels[line.n - 1]
        confusion[right_label, line.label] += 1
        doubts[line.confidence, right_label == line.label] += 1
    return Scored(document, confusion, doubts)


def scores(documents: Iterable[Scored]) -> LineScores | None:
    """Return the figures of documents together; None if there are none."""
    return line_scores(document.confusion for document in documents)


def macro_f1(classifier: LineClassifier, documents: Iterable[Labelled]) -> float:
    """Return the macro F1 of a model on documents, from 0 to 1; 0 if there are no documents."""
    return macro_f1_of(scores(scored(classifier, document) for document in documents))


def macro_f1_of(figures: LineScores | None) -> float:
    """Return the macro F1 of figures; 0 if nothing was scored."""
    if figures is None:
        return 0.0
    return figures.macro_f1 or 0.0


def figures(splits: Sequence[LineScores]) -> dict[str, Measured]:
    """Return macro F1 and each label's F1 as mean ± spread over the splits; empty without splits."""
    if not splits:
        return {}
    found = {"macro_f1": measured([macro_f1_of(split_scores) for split_scores in splits])}
    for label in LABELS:
        found[label] = measured([_f1(split_scores, label) for split_scores in splits])
    return found


def measured(values: Sequence[float]) -> Measured:
    """Return the mean of values and their standard deviation, which is 0 for a single value."""
    spread = stdev(values) if len(values) > 1 else 0.0
    return Measured(round(fmean(values), 5), round(spread, 5))


def by_edition(splits: Sequence[Sequence[Scored]]) -> list[Group]:
    """Return the figures of each edition of the form."""
    return _groups(splits, lambda document: (document.edition or UNKNOWN_EDITION,))


def by_kind(splits: Sequence[Sequence[Scored]]) -> list[Group]:
    """Return the figures of each kind of page: its noise, its layout, the folder of a label file."""
    return _groups(splits, lambda document: document.kinds)


def calibrated(splits: Sequence[Sequence[Scored]]) -> Calibration | None:
    """Return how reliable the confidence of the labels is; None if no line was labelled."""
    counts = Doubts()
    for documents in splits:
        for document in documents:
            counts.update(document.doubts)
    return calibration(counts)


def _groups(splits: Sequence[Sequence[Scored]], names_of: _GroupNames) -> list[Group]:
    """Return the figures of each group, sorted by name; a document may belong to several."""
    documents_by_split: dict[str, dict[int, list[Scored]]] = defaultdict(lambda: defaultdict(list))
    for number, documents in enumerate(splits):
        for document in documents:
            for name in names_of(document.document):
                documents_by_split[name][number].append(document)
    return [_group(name, list(documents_by_split[name].values())) for name in sorted(documents_by_split)]


def _group(name: str, splits: Sequence[Sequence[Scored]]) -> Group:
    documents = [document for split_documents in splits for document in split_documents]
    return Group(
        name,
        len(documents),
        sum(document.lines for document in documents),
        sum(document.wrong for document in documents),
        measured([macro_f1_of(scores(split_documents)) for split_documents in splits]),
    )


def _f1(scores: LineScores, label: str) -> float:
    if label not in scores.labels:
        return 0.0
    return scores.labels[label].f1 or 0.0
