"""Measures how far generated reports are from real ones: `python -m training.reports.gap ROW`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.labelling.vocabulary import UNKNOWN, tokens
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.text.lines import split
from nlp.writers.output import keep
from training.labels import label_files
from training.labels.label_files import Labelled
from training.model.measurements import table
from training.model.measuring import macro_f1
from training.model.train import DOCUMENTS, SETTINGS, generated, shipped
from training.stress import held_out

PIECE = 6
"""The length of the pieces of prose that are looked up in the training text, in characters."""
_GENERATED = 60
"""So many generated reports are held against the real ones."""
_PASSAGE = 60
"""In characters: the prose of a report is cut into passages of this length to be told apart."""
_UNSURE = 0.9
FIELDS = ("row", "reports", "pieces", "auc", "unknown_words", "confidence", "unsure", "macro_f1")
"""The columns of models/gap.csv."""
_REAL = folder("data").parent.parent / "shared" / "gold" / "lines"
_MODELS = folder("models")

_PAGE = """\
# How far generated reports are from real ones

Written by `python -m training.reports.gap ROW`, which measures and adds the rows of a name to `gap.csv`. Real
are {real} labelled reports beside the project, which nothing is trained on.

- *pieces*: of the runs of {piece} characters in running text, the share that the training text holds.
- *AUC*: how well a plain model (logistic regression over runs of 1 to 3 characters, cross-validated by
  report) tells passages of {passage} characters of these reports from passages that training saw: 0.5 is
  not at all.
- *unknown words*: the share of words of running text that the model's vocabulary lacks.
- *confidence*: the mean over the lines; *unsure*: the share of lines below {unsure}.

{table}"""


@dataclass(frozen=True)
class Prose:
    """The running text of a report, without white space."""

    name: str
    text: str

    @property
    def pieces(self) -> Iterator[str]:
        """Every run of `PIECE` characters."""
        return (self.text[n : n + PIECE] for n in range(len(self.text) - PIECE + 1))

    @property
    def passages(self) -> Iterator[str]:
        """The text cut into passages; what is left at the end is none."""
        return (self.text[n : n + _PASSAGE] for n in range(0, len(self.text) - _PASSAGE + 1, _PASSAGE))


def prose(document: Labelled) -> Prose:
    """Return the running text of a document.

    >>> prose(Labelled("a", "甲局", "一、总体情况\\n公开 9 条。", ("heading", "narrative"))).text
    '公开9条。'
    """
    lines = zip(document.text.split("\n"), document.labels, strict=True)
    return Prose(
        document.name, "".join("".join(text.split()) for text, label in lines if label == "narrative")
    )


def coverage(reports: Iterable[Prose], trained_on: Iterable[Prose]) -> float:
    """Return the share of the pieces of some reports that others hold.

    >>> coverage([Prose("a", "公开政府信息")], [Prose("b", "主动公开政府信息。")])
    1.0
    """
    held = {piece for one in trained_on for piece in one.pieces}
    outcomes = [piece in held for one in reports for piece in one.pieces]
    return sum(outcomes) / max(1, len(outcomes))


def told_apart(some: Sequence[Prose], others: Sequence[Prose]) -> float:
    """Return the area under the curve of a plain character model that tells two sets of reports apart."""
    texts, labels, groups = [], [], []
    for label, reports in enumerate((others, some)):
        for number, one in enumerate(reports):
            for passage in one.passages:
                texts.append(passage)
                labels.append(label)
                groups.append(f"{label}/{number}")
    model = make_pipeline(
        CountVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2),
        TfidfTransformer(sublinear_tf=True),
        LogisticRegression(C=10, max_iter=300, class_weight="balanced"),
    )
    folds = GroupKFold(n_splits=min(5, len(some)))
    told = cross_val_predict(model, texts, labels, groups=groups, cv=folds, method="predict_proba")
    return float(roc_auc_score(labels, told[:, 1]))


def unknown_words(documents: Sequence[Labelled], classifier: LineClassifier) -> float:
    """Return the share of words of running text that the vocabulary of a model lacks."""
    unknown = total = 0
    for document in documents:
        lines = split(document.text)
        of_prose = [line for line in lines if document.labels[line.n - 1] == "narrative"]
        numbers = classifier.vocabulary.numbers(tokens(of_prose))
        unknown += int((numbers == UNKNOWN).sum())
        total += int((numbers >= UNKNOWN).sum())
    return unknown / max(1, total)


def measured(
    row: str, documents: Sequence[Labelled], trained_on: Sequence[Labelled], classifier: LineClassifier
) -> dict[str, str]:
    """Return the row of a set of documents, by the columns of the table."""
    texts = [prose(document) for document in documents]
    of_training = [prose(document) for document in trained_on]
    apart = [one for one in of_training if one.text][:_GENERATED]
    sure = [line.confidence for one in documents for line in label_lines(split(one.text), classifier)]
    values = (
        coverage(texts, of_training),
        told_apart(texts[:_GENERATED], apart),
        unknown_words(documents, classifier),
        float(np.mean(sure)),
        float(np.mean([confidence < _UNSURE for confidence in sure])),
        macro_f1(classifier, documents),
    )
    return dict(zip(FIELDS, (row, str(len(documents)), *(f"{value:.4f}" for value in values)), strict=True))


def main(row: str, real: Path = _REAL) -> None:
    """Measure the shipped model and corpus on real and on held-out reports, and write what was found."""
    classifier = loaded(None).classifier
    trained_on = shipped(SETTINGS.seed, DOCUMENTS)
    sets = {
        "real": label_files.read([real]) if real.is_dir() else [],
        "held out": [generated(sample) for sample in held_out.reports(_GENERATED)],
    }
    file = _MODELS / "gap.csv"
    rows = []
    if file.is_file():
        rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    for name, documents in sets.items():
        if documents:
            rows = [one for one in rows if one["row"] != f"{row}: {name}"]
            rows.append(measured(f"{row}: {name}", documents, trained_on, classifier))
    write(rows, len(sets["real"]))


def write(rows: Sequence[dict[str, str]], real: int) -> None:
    """Write the rows and the page that shows them."""
    lines = [",".join(FIELDS), *(",".join(one[field] for field in FIELDS) for one in rows)]
    keep(_MODELS / "gap.csv", ("\n".join(lines) + "\n").encode("utf-8"))
    heads = ("", "reports", "pieces", "AUC", "unknown words", "confidence", "unsure", "macro F1")
    body = table(heads, *(tuple(one[field] for field in FIELDS) for one in rows))
    page = _PAGE.format(real=real, piece=PIECE, passage=_PASSAGE, unsure=_UNSURE, table=body)
    print(page)
    keep(_MODELS / "gap.md", page.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1])
