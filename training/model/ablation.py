"""Measures what each part of the model adds, what more documents add, and what plain rules do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.encoding import feature_matrix, line_kinds
from nlp.labelling.line_features import FEATURES
from nlp.labelling.line_statistics import line_statistics
from nlp.labelling.model_folder import Corpus, Measured, Settings
from nlp.labelling.neighbour_features import LINE_KINDS
from nlp.text.lines import split
from training.labels.label_files import Labelled
from training.model.fitting import PARTS, Reading, fit
from training.model.measuring import macro_f1, macro_f1_of, measured
from training.model.train import SPLITS, Notify, Split, assembled, fitted, learnt, silent, without
from training.scoring.lines import Confusion, line_scores

CURVE = (0.05, 0.15, 0.4)
"""The shares of the training agencies that the learning curve is measured at, before all of them."""

_LABEL_OF_KIND = {
    "value": "numeric_cell",
    "values": "numeric_cell",
    "placeholder": "numeric_cell",
    "borders": "furniture",
    "page": "furniture",
    "site": "furniture",
    "title": "heading",
    "label": "table_row",
    "row": "table_row",
    "piece": "table_row",
    "prose": "narrative",
    "flowing": "narrative",
    "text": "narrative",
    "edge": "narrative",
}
"""The plain rules: one label for each kind of line, the one that a person would give at first sight."""


class Step(Struct, frozen=True):
    """One figure: what was trained, on how many documents, and its macro F1 over the splits."""

    name: str
    documents: int
    macro_f1: Measured


def curve(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    settings: Settings,
    notify: Notify = silent,
) -> Iterator[Step]:
    """Yield a step for each share of `CURVE`, all measured on the same held-out documents."""
    for share in CURVE:
        notify(f"learning curve, {share:.0%}")
        macros: list[float] = []
        sizes: list[int] = []
        for number in _splits_with_held_out(documents, settings):
            out = without(documents, settings, number)
            agencies = {document.agency for document in documents}
            every_nth = sorted(agencies - out)[:: max(1, round(1 / share))]
            kept = learnt(documents, readings, settings, agencies - set(every_nth))
            sizes.append(len(kept))
            macros.append(_held_out_macro_f1(fitted(kept, settings), documents, out))
        yield Step(f"{share:.0%} of the agencies", sizes[0], measured(macros))


def ablation(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    splits: Sequence[Split],
    settings: Settings,
    notify: Notify = silent,
) -> Iterator[Step]:
    """Yield a step for models without each of `PARTS`, for labels without decoding, and for plain rules."""
    for part in PARTS:
        notify(f"without {part}")
        macros = []
        for number in _splits_with_held_out(documents, settings):
            out = without(documents, settings, number)
            kept = learnt(documents, readings, settings, out)
            model = assembled(fit(kept, settings, part), settings, Corpus(0, 0, 0, 0, ""))
            macros.append(_held_out_macro_f1(model, documents, out))
        yield Step(f"without {part}", len(documents), measured(macros))
    notify("without decoding")
    yield Step("without decoding", len(documents), measured([_undecoded_macro_f1(one) for one in splits]))
    yield Step("plain rules", len(documents), measured([_rules_macro_f1(one) for one in splits]))


def _splits_with_held_out(documents: Sequence[Labelled], settings: Settings) -> list[int]:
    """Return the numbers of the splits that hold at least one agency out."""
    return [number for number in range(SPLITS) if without(documents, settings, number)]


def _held_out_macro_f1(
    classifier: LineClassifier, documents: Sequence[Labelled], out: frozenset[str]
) -> float:
    return macro_f1(classifier, [document for document in documents if document.agency in out])


def _undecoded_macro_f1(split_: Split) -> float:
    """Return macro F1 where each line takes its own likeliest label, whatever its neighbours' labels are."""
    weights = split_.classifier.weights
    no_transitions = replace(weights, transitions=0 * weights.transitions, start=0 * weights.start)
    classifier = replace(split_.classifier, weights=no_transitions)
    return macro_f1(classifier, [scored.document for scored in split_.documents])


def _rules_macro_f1(split_: Split) -> float:
    """Return macro F1 of the plain rules on the documents that a split holds out."""
    return macro_f1_of(line_scores(_rules_confusion(scored.document) for scored in split_.documents))


def _rules_confusion(document: Labelled) -> Confusion:
    """Count a document's lines by (right label, label of the plain rules)."""
    lines = [line for line in split(document.text) if not line.blank]
    if not lines:
        return Counter()
    view = feature_matrix(lines)
    statistics = line_statistics(view.distinct)
    answers = {feature.name: feature.ask(statistics) for feature in FEATURES}
    kind_numbers: list[int] = np.asarray(line_kinds(statistics, answers))[view.inverse].tolist()
    confusion: Confusion = Counter()
    for line, kind_number in zip(lines, kind_numbers, strict=True):
        claim = _LABEL_OF_KIND[LINE_KINDS[kind_number]]
        confusion[document.labels[line.n - 1], claim] += 1
    return confusion
