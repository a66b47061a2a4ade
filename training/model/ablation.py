"""What each part of the model adds: the same training without it, and plain rules instead of a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

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
from training.model.measuring import measured, scored, scores
from training.model.train import SPLITS, Split, Told, assembled, fitted, learnt, silent, without
from training.scoring.lines import Confusion, line_scores

CURVE = (0.05, 0.15, 0.4)
"""The shares of the training agencies that the learning curve is measured at, before all of them."""

_RULES = {
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
"""What a person would write down at first sight: one label for each kind of line."""


class Step(Struct, frozen=True):
    """A figure of the analysis: what was trained, on how many documents, macro F1 over the splits."""

    name: str
    documents: int
    macro_f1: Measured


def curve(
    documents: Sequence[Labelled], readings: Sequence[Reading], settings: Settings, told: Told = silent
) -> Iterator[Step]:
    """Yield the figures of models that saw a few agencies only, then more, measured on the same documents."""
    for share in CURVE:
        told(f"learning curve, {share:.0%}")
        found = []
        for number in _numbers(documents, settings):
            out = without(documents, settings, number)
            agencies = sorted({document.agency for document in documents} - out)
            some = set(agencies[:: max(1, round(1 / share))])
            kept = learnt(documents, readings, settings, {document.agency for document in documents} - some)
            found.append((len(kept), _macro(fitted(kept, settings), documents, out)))
        yield Step(f"{share:.0%} of the agencies", found[0][0], measured([macro for _, macro in found]))


def ablation(
    documents: Sequence[Labelled],
    readings: Sequence[Reading],
    splits: Sequence[Split],
    settings: Settings,
    told: Told = silent,
) -> Iterator[Step]:
    """Yield the figures of models that lack a part, of labels without decoding, and of plain rules."""
    numbers = _numbers(documents, settings)
    for part in PARTS:
        told(f"without {part}")
        macros = []
        for number in numbers:
            out = without(documents, settings, number)
            kept = learnt(documents, readings, settings, out)
            model = assembled(fit(kept, settings, part), settings, Corpus(0, 0, 0, 0, ""))
            macros.append(_macro(model, documents, out))
        yield Step(f"without {part}", len(documents), measured(macros))
    told("without decoding")
    yield Step("without decoding", len(documents), measured([_undecoded(split) for split in splits]))
    yield Step("plain rules", len(documents), measured([_ruled(split) for split in splits]))


def _numbers(documents: Sequence[Labelled], settings: Settings) -> list[int]:
    """Return the splits that hold something out."""
    return [number for number in range(SPLITS) if without(documents, settings, number)]


def _macro(classifier: LineClassifier, documents: Iterable[Labelled], out: frozenset[str]) -> float:
    found = scores(scored(classifier, document) for document in documents if document.agency in out)
    return (found.macro_f1 or 0.0) if found else 0.0


def _undecoded(split_: Split) -> float:
    """Return macro F1 where each line takes its own likeliest label."""
    weights = split_.classifier.weights
    alone = replace(weights, transitions=0 * weights.transitions, start=0 * weights.start)
    classifier = replace(split_.classifier, weights=alone)
    found = scores(scored(classifier, one.document) for one in split_.documents)
    return (found.macro_f1 or 0.0) if found else 0.0


def _ruled(split_: Split) -> float:
    found = line_scores(_rules(one.document) for one in split_.documents)
    return (found.macro_f1 or 0.0) if found else 0.0


def _rules(document: Labelled) -> Confusion:
    """Label each line by its looks alone, without a model."""
    lines = [line for line in split(document.text) if not line.blank]
    if not lines:
        return Counter()
    view = feature_matrix(lines)
    seen = line_statistics(view.distinct)
    said = {feature.name: feature.ask(seen) for feature in FEATURES}
    kind: list[int] = np.asarray(line_kinds(seen, said))[view.inverse].tolist()
    pairs = zip(lines, kind, strict=True)
    return Counter((document.labels[line.n - 1], _RULES[LINE_KINDS[at]]) for line, at in pairs)
