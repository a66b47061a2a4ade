"""Compares a new model with an old one by document and kind of page, and tests what may be chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
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
"""The number of generated documents that two models are compared on by default."""

CHANCE = 0.05
"""The probability that chance alone calls at least one kind worse (family-wise error rate, Holm 1979)."""

FEWEST = 5
"""Kinds with fewer documents than this are not tested."""

EVERYTHING = "everything"
"""The name of the kind that all documents belong to."""

_RESAMPLES = 10_000
_SEED = 90_001

_CLOSE_TO_ZERO = 1e-12
"""Differences of macro F1 that are nearer to 0 are rounding errors."""

Confusions = NDArray[np.float64]
"""Counts of lines [right label, model's label], perhaps flattened and with further axes before."""


class DocumentChange(Struct, frozen=True):
    """The numbers of lines of one document that the old and the new model label wrong."""

    name: str
    kinds: tuple[str, ...]
    lines: int
    wrong_before: int
    wrong_after: int


class KindChange(Struct, frozen=True):
    """Macro F1 of the old and the new model on a kind of page.

    `low` and `high` bound the difference in 95 % of resamples of the documents (paired bootstrap);
    `p_worse` is the share of resamples in which the new model is not worse. These are None if there are
    fewer than `FEWEST` documents. `worse` is true if the new model is significantly worse on this kind,
    corrected for the number of kinds.
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
        """Macro F1 gained; negative where it was lost."""
        return self.after - self.before


class Comparison(Struct, frozen=True):
    """Two models, by their SHA-256, on the same documents.

    `left_out` names the label files that were not used because one of the models was trained on them.
    """

    before: str
    after: str
    documents: list[DocumentChange]
    kinds: list[KindChange]
    left_out: list[str]

    @property
    def everything(self) -> KindChange:
        """The figures over all documents."""
        (everything,) = [kind for kind in self.kinds if kind.kind == EVERYTHING]
        return everything

    @property
    def worse(self) -> list[KindChange]:
        """The kinds of page that the new model reads significantly worse."""
        return [kind for kind in self.kinds if kind.worse]


def compare(
    old: LineClassifier, new: LineClassifier, files: Sequence[Labelled] = (), documents: int = DOCUMENTS
) -> Comparison:
    """Compare two models on label files and on generated documents that neither was trained on.

    `documents` reports are generated; those of an agency that one of the models was trained on are left
    out, as are label files that one of them was trained on.
    """
    trained_on = {*old.manifest.corpus.files, *new.manifest.corpus.files}
    left_out = [file for file in files if text_digest(file.text) in trained_on]
    measured_on = [file for file in files if file not in left_out]
    measured_on += _unseen(old.manifest, new.manifest, documents)
    pairs = [(scored(old, document), scored(new, document)) for document in measured_on]
    return Comparison(
        old.sha256,
        new.sha256,
        [_document_change(before, after) for before, after in pairs],
        _with_significance(_kind_changes(pairs)),
        [file.file for file in left_out],
    )


def _unseen(old: Manifest, new: Manifest, count: int) -> Iterator[Labelled]:
    """Yield those of `count` generated documents whose agencies neither model was trained on."""
    trained_on = {*agencies_of(old), *agencies_of(new)}
    for document in corpus(_SEED, count):
        if document.agency not in trained_on:
            yield document


def agencies_of(manifest: Manifest) -> Iterator[str]:
    """Yield the agencies that a model's generated documents are of, and those of all rendered documents.

    The generator picks the agency of document `i` with the seed `SEED/i`, so the manifest's seed is enough.
    """
    for i in range(manifest.corpus.documents - manifest.corpus.labelled):
        yield Random(f"{manifest.settings.seed}/{i}").choice(agencies()).name
    yield from (entry.agency for entry in entries())


def _document_change(before: Scored, after: Scored) -> DocumentChange:
    document = before.document
    return DocumentChange(
        document.file or document.name, document.kinds, before.lines, before.wrong, after.wrong
    )


def _kind_changes(pairs: Sequence[tuple[Scored, Scored]]) -> list[KindChange]:
    """Return the change of each kind, that of everything first, the others by name."""
    confusions = [[_confusions(before), _confusions(after)] for before, after in pairs]
    counts = np.array(confusions).reshape(len(pairs), 2, -1)
    numbers_by_kind: dict[str, list[int]] = {}
    for number, (before, _) in enumerate(pairs):
        for kind in before.document.kinds:
            numbers_by_kind.setdefault(kind, []).append(number)
    changes = [_kind_change(EVERYTHING, counts)]
    changes += [_kind_change(kind, counts[numbers_by_kind[kind]]) for kind in sorted(numbers_by_kind)]
    return changes


def _confusions(document: Scored) -> Confusions:
    counts = [[document.confusion[right, claim] for claim in LABELS] for right in LABELS]
    return np.array(counts, np.float64)


def _kind_change(kind: str, counts: Confusions) -> KindChange:
    """Return the change of a kind from the counts [document, model, flattened confusion].

    The documents are resampled, each time the same ones for both models.
    """
    before, after = (float(macro) for macro in macro_f1(counts.sum(axis=0)))
    n = len(counts)
    if n < FEWEST:
        return KindChange(kind, n, before, after, None, None, None)
    random = np.random.default_rng(_SEED)
    times_drawn = random.multinomial(n, [1 / n] * n, size=_RESAMPLES).astype(np.float64)
    macros = macro_f1((times_drawn @ counts.reshape(n, -1)).reshape(_RESAMPLES, 2, -1))
    differences = macros[:, 1] - macros[:, 0]
    low, high = np.percentile(differences, [2.5, 97.5])
    not_worse = int((differences > -_CLOSE_TO_ZERO).sum())
    return KindChange(kind, n, before, after, float(low), float(high), (1 + not_worse) / (1 + _RESAMPLES))


def macro_f1(counts: Confusions) -> Confusions:
    """Return the macro F1 [...] of flattened confusions [..., 25]; labels that occur nowhere do not count.

    >>> macro_f1(np.eye(5).reshape(25))
    array(1.)
    """
    table = counts.reshape(*counts.shape[:-1], len(LABELS), len(LABELS))
    right = np.diagonal(table, axis1=-2, axis2=-1)
    used = table.sum(axis=-1) + table.sum(axis=-2)
    f1 = np.divide(2 * right, used, out=np.zeros_like(right), where=used > 0)
    means: Confusions = f1.sum(axis=-1) / np.maximum((used > 0).sum(axis=-1), 1)
    return np.asarray(means)


def _with_significance(kinds: Sequence[KindChange]) -> list[KindChange]:
    """Return the kinds with `worse` set by Holm's step-down procedure at the level `CHANCE`."""
    p_values = [(kind.p_worse, kind.kind) for kind in kinds if kind.p_worse is not None]
    p_values.sort(key=lambda pair: pair[0])
    worse: set[str] = set()
    for rejected, (p_worse, kind_name) in enumerate(p_values):
        if p_worse > CHANCE / (len(p_values) - rejected):
            break
        worse.add(kind_name)
    return [replace(kind, worse=kind.kind in worse) for kind in kinds]


def changed(documents: Iterable[DocumentChange]) -> list[DocumentChange]:
    """Return the documents with more or fewer wrong lines than before, the greatest losses first."""
    changes = [document for document in documents if document.wrong_before != document.wrong_after]
    return sorted(changes, key=lambda document: (document.wrong_before - document.wrong_after, document.name))
