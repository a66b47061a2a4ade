"""Holds a new model against an old one: gains and losses by document and kind, and what is chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.labelling.classifier import LABELS, LineClassifier
from nlp.labelling.model_folder import Manifest
from training.generator.agencies import agencies
from training.labels.label_files import Labelled
from training.model.fitting import text_digest
from training.model.measuring import Scored, scored
from training.model.train import corpus
from training.rendering.archive import entries

DOCUMENTS = 400
"""How many generated documents two models are compared on."""

CHANCE = 0.05
"""How likely chance alone is to call some kind worse, all kinds taken together (Holm 1979)."""

FEWEST = 5
"""Of fewer documents of a kind nothing is said about chance."""

EVERYTHING = "everything"

_DRAWS = 10_000
_SEED = 90_001

Confusions = NDArray[np.float64]


class DocumentChange(Struct, frozen=True):
    """Lines labelled wrong in one document, by the old model and by the new one."""

    name: str
    kinds: tuple[str, ...]
    lines: int
    wrong_before: int
    wrong_after: int


class KindChange(Struct, frozen=True):
    """Macro F1 of a kind of page, old and new.

    `low` and `high` hold the difference in 95 of 100 resamples of the documents (paired bootstrap);
    `p_worse` is the share of resamples in which the new model is not the worse one. These are None for
    too few documents. `worse` tells what is more than chance, given how many kinds are looked at.
    """

    kind: str
    documents: int
    before: float
    after: float
    low: float | None
    high: float | None
    p_worse: float | None
    worse: bool = False

    @property
    def difference(self) -> float:
        return self.after - self.before


class Comparison(Struct, frozen=True):
    """Two models on the same documents; `left_out` are label files that one of them was trained on."""

    before: str
    after: str
    documents: list[DocumentChange]
    kinds: list[KindChange]
    left_out: list[str]

    @property
    def everything(self) -> KindChange:
        return next(kind for kind in self.kinds if kind.kind == EVERYTHING)

    @property
    def worse(self) -> list[KindChange]:
        """The kinds of page that the new model reads significantly worse."""
        return [kind for kind in self.kinds if kind.worse]


def compare(
    old: LineClassifier, new: LineClassifier, files: Sequence[Labelled] = (), documents: int = DOCUMENTS
) -> Comparison:
    """Compare on label files, and on generated documents of agencies that neither model was trained on.

    Label files that one of the models was trained on are left out: they would flatter it.
    """
    seen = {*old.manifest.corpus.files, *new.manifest.corpus.files}
    known = [file for file in files if text_digest(file.text) in seen]
    judges = [*(file for file in files if file not in known), *_unseen(old.manifest, new.manifest, documents)]
    pairs = [(scored(old, document), scored(new, document)) for document in judges]
    return Comparison(
        old.sha256,
        new.sha256,
        [_document(*pair) for pair in pairs],
        _judged(list(_kinds(pairs))),
        [file.file for file in known],
    )


def _unseen(old: Manifest, new: Manifest, count: int) -> Iterator[Labelled]:
    """Yield generated documents whose agencies stand in neither model's corpus."""
    known = {*agencies_of(old), *agencies_of(new)}
    for document in corpus(_SEED, count):
        if document.agency not in known:
            yield document


def agencies_of(manifest: Manifest) -> Iterator[str]:
    """Yield the agencies of a model's generated documents, which its seed tells, and of those rendered."""
    for i in range(manifest.corpus.documents - manifest.corpus.labelled):
        yield Random(f"{manifest.settings.seed}/{i}").choice(agencies()).name
    yield from (entry.agency for entry in entries())


def _document(before: Scored, after: Scored) -> DocumentChange:
    document = before.document
    return DocumentChange(
        document.file or document.name, document.kinds, before.lines, before.wrong, after.wrong
    )


def _kinds(pairs: Sequence[tuple[Scored, Scored]]) -> Iterator[KindChange]:
    counts = np.array([[_counts(one) for one in pair] for pair in pairs]).reshape(len(pairs), 2, -1)
    named = {EVERYTHING: list(range(len(pairs)))}
    for at, (one, _) in enumerate(pairs):
        for kind in one.document.kinds:
            named.setdefault(kind, []).append(at)
    yield from (
        _kind(kind, counts[named[kind]]) for kind in sorted(named, key=lambda k: (k != EVERYTHING, k))
    )


def _counts(one: Scored) -> Confusions:
    return np.array([[one.confusion[right, claim] for claim in LABELS] for right in LABELS], np.float64)


def _kind(kind: str, counts: Confusions) -> KindChange:
    """Resample the documents of a kind, both models on the same ones each time."""
    before, after = (float(macro) for macro in macro_f1(counts.sum(axis=0)))
    n = len(counts)
    if n < FEWEST:
        return KindChange(kind, n, before, after, None, None, None)
    drawn = np.random.default_rng(_SEED).multinomial(n, [1 / n] * n, size=_DRAWS).astype(np.float64)
    macros = macro_f1((drawn @ counts.reshape(n, -1)).reshape(_DRAWS, 2, -1))
    differences = macros[:, 1] - macros[:, 0]
    low, high = np.percentile(differences, [2.5, 97.5])
    p = (1 + int((differences > -1e-12).sum())) / (1 + _DRAWS)
    return KindChange(kind, n, before, after, float(low), float(high), p)


def macro_f1(counts: Confusions) -> Confusions:
    """Return macro F1 of confusions [… , 25], rows being right; labels that neither side uses are left out.

    >>> macro_f1(np.eye(5).reshape(25))
    array(1.)
    """
    table = counts.reshape(*counts.shape[:-1], len(LABELS), len(LABELS))
    right = np.diagonal(table, axis1=-2, axis2=-1)
    used = table.sum(axis=-1) + table.sum(axis=-2)
    f1 = np.divide(2 * right, used, out=np.zeros_like(right), where=used > 0)
    found: Confusions = f1.sum(axis=-1) / np.maximum((used > 0).sum(axis=-1), 1)
    return np.asarray(found)


def _judged(kinds: Sequence[KindChange]) -> list[KindChange]:
    """Mark the kinds that are worse by more than chance, the likeliest first (Holm)."""
    asked = sorted((kind for kind in kinds if kind.p_worse is not None), key=lambda kind: kind.p_worse or 0.0)
    worse: set[str] = set()
    for at, kind in enumerate(asked):
        if (kind.p_worse or 0.0) > CHANCE / (len(asked) - at):
            break
        worse.add(kind.kind)
    return [_marked(kind, kind.kind in worse) for kind in kinds]


def _marked(kind: KindChange, worse: bool) -> KindChange:
    return KindChange(
        kind.kind, kind.documents, kind.before, kind.after, kind.low, kind.high, kind.p_worse, worse
    )


def changed(documents: Iterable[DocumentChange]) -> list[DocumentChange]:
    """Return the documents that the two models read differently well, the greatest losses first."""
    found = [one for one in documents if one.wrong_before != one.wrong_after]
    return sorted(found, key=lambda one: (one.wrong_before - one.wrong_after, one.name))
