"""Compares what two models make of the same documents, and bounds how much worse the new one may be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from nlp.labelling.classifier import LABELS
from training.model.measuring import Scored

FEWEST = 5
"""Of fewer documents than this nothing is bounded: own ones are judged by points, others not at all."""

FEWEST_OF_CORPUS = 20
"""Of fewer documents than this the difference itself decides about a kind of generated page.

There are eighty such kinds. Of seven pages each a resample draws one three times, and one kind or another
would always have a line or two on that page to refuse a model for.
"""

EVERYTHING = "everything"
"""The name of the kind that all documents belong to."""

MACRO_MARGIN = 0.01
"""How much macro F1 may be lost at most, at the lower bound, over all documents or a kind of one's own."""

LINES_MARGIN = 0.02
"""How great a share of a kind's lines may be lost at most, at the lower bound."""

LABEL_MARGIN = 0.05
"""How much F1 a single label may lose at most over the label files of one's own."""

_FEWEST_LINES = 5
"""Labels that fewer lines carry are not judged apart."""

_RESAMPLES = 2_000
_SEED = 90_001
_LOWEST = 2.5
"""The percentile of the resamples that is the lower bound."""

_CLOSE_TO_ZERO = 1e-12
"""Differences that are nearer to 0 are rounding errors."""

Confusions = NDArray[np.float64]
"""Counts of lines [right label, model's label], perhaps flattened and with further axes before."""

Pair = tuple[Scored, Scored]
"""What the old and the new model made of one document."""


class KindChange(Struct, frozen=True):
    """How the old and the new model read a kind of page.

    `before` and `after` are macro F1; `low` and `high` bound the difference in 95 % of resamples of the
    documents (paired bootstrap), None if there are fewer than `FEWEST`. `lines_before` and `lines_after` are
    the shares of lines labelled right, `lines_low` bounds their difference. `worse` says in what the new
    model may be worse by more than the margin; it is empty where the new model is not inferior.
    """

    kind: str
    documents: int
    before: float
    after: float
    low: float | None
    high: float | None
    lines_before: float
    lines_after: float
    lines_low: float | None
    worse: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """Macro F1 gained; negative where it was lost."""
        return self.after - self.before


def changes_by_kind(pairs: Sequence[Pair]) -> list[KindChange]:
    """Return the change of each kind of page, that of everything first, the others by name.

    Each kind is judged by its share of lines (of few documents by the difference itself, see
    `FEWEST_OF_CORPUS`), everything by macro F1 as well.
    """
    if not pairs:
        return []
    counts = _counts(pairs)
    everything = _change(EVERYTHING, counts)
    changes = [_judged(everything, _macro_and_lines(everything))]
    for kind, numbers in _numbers_by_kind(pairs).items():
        change = _change(kind, counts[numbers])
        changes.append(_judged(change, _lines(change, FEWEST_OF_CORPUS)))
    return changes


def changes_of_own(pairs: Sequence[Pair]) -> list[KindChange]:
    """Return the change of each kind of label file: judged by macro F1, by lines, and by each label apart.

    Where there are fewer than `FEWEST` files the difference itself decides.
    """
    if not pairs:
        return []
    counts = _counts(pairs)
    changes: list[KindChange] = []
    for kind, numbers in _numbers_by_kind(pairs).items():
        of_kind = counts[numbers]
        change = _change(kind, of_kind)
        worse = [*_macro_and_lines(change), *_worse_labels(of_kind)]
        if change.low is None and change.after < change.before - _CLOSE_TO_ZERO:
            worse.insert(0, f"macro F1 {change.before:.4f} → {change.after:.4f}")
        changes.append(_judged(change, worse))
    return changes


def macro_f1(counts: Confusions) -> Confusions:
    """Return the macro F1 [...] of flattened confusions [..., 25]; labels that occur nowhere do not count.

    >>> macro_f1(np.eye(5).reshape(25))
    array(1.)
    """
    f1, is_used = _f1_of_labels(counts)
    means: Confusions = f1.sum(axis=-1) / np.maximum(is_used.sum(axis=-1), 1)
    return np.asarray(means)


def _f1_of_labels(counts: Confusions) -> tuple[Confusions, NDArray[np.bool_]]:
    """Return the F1 of each label [..., 5] and whether gold or the model uses it."""
    table = counts.reshape(*counts.shape[:-1], len(LABELS), len(LABELS))
    right = np.diagonal(table, axis1=-2, axis2=-1)
    used = table.sum(axis=-1) + table.sum(axis=-2)
    return np.divide(2 * right, used, out=np.zeros_like(right), where=used > 0), used > 0


def _lines_right(counts: Confusions) -> Confusions:
    """Return the share of lines labelled right [...]."""
    table = counts.reshape(*counts.shape[:-1], len(LABELS), len(LABELS))
    right: Confusions = np.trace(table, axis1=-2, axis2=-1) / np.maximum(table.sum(axis=(-2, -1)), 1)
    return np.asarray(right)


def _counts(pairs: Sequence[Pair]) -> Confusions:
    """Return the counts [document, model, flattened confusion]."""
    confusions = [[_confusion(before), _confusion(after)] for before, after in pairs]
    return np.array(confusions, np.float64).reshape(len(pairs), 2, -1)


def _confusion(document: Scored) -> list[list[int]]:
    return [[document.confusion[right, claim] for claim in LABELS] for right in LABELS]


def _numbers_by_kind(pairs: Sequence[Pair]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, (before, _) in enumerate(pairs):
        for kind in before.document.kinds:
            numbers.setdefault(kind, []).append(number)
    return dict(sorted(numbers.items()))


def _change(kind: str, counts: Confusions) -> KindChange:
    totals = counts.sum(axis=0)
    before, after = (float(macro) for macro in macro_f1(totals))
    lines_before, lines_after = (float(share) for share in _lines_right(totals))
    low = high = lines_low = None
    if len(counts) >= FEWEST:
        sums = _resampled(counts)
        low, high = _bounds(macro_f1(sums))
        lines_low, _ = _bounds(_lines_right(sums))
    return KindChange(kind, len(counts), before, after, low, high, lines_before, lines_after, lines_low)


def _resampled(counts: Confusions) -> Confusions:
    """Return the sums [resample, model, flattened confusion]; both models meet the same documents."""
    random = np.random.default_rng(_SEED)
    n = len(counts)
    times_drawn = random.multinomial(n, [1 / n] * n, size=_RESAMPLES).astype(np.float64)
    return (times_drawn @ counts.reshape(n, -1)).reshape(_RESAMPLES, 2, -1)


def _bounds(figures: Confusions) -> tuple[float, float]:
    """Return the bounds of the difference of a figure [resample, model]."""
    low, high = np.percentile(figures[:, 1] - figures[:, 0], [_LOWEST, 100 - _LOWEST])
    return float(low), float(high)


def _judged(change: KindChange, worse: Sequence[str]) -> KindChange:
    return replace(change, worse=tuple(worse))


def _lines(change: KindChange, fewest: int = FEWEST) -> list[str]:
    """Return a few words if too many lines are lost: at the lower bound, or in fact of too few documents."""
    if change.lines_low is None:
        return []
    lost, worst = change.lines_after - change.lines_before, f"at worst {change.lines_low:+.4f}, "
    if change.documents >= fewest:
        lost = change.lines_low
    else:
        worst = ""
    if lost >= -LINES_MARGIN:
        return []
    shares = f"lines right {change.lines_before:.4f} → {change.lines_after:.4f}"
    return [f"{shares} ({worst}margin {-LINES_MARGIN:+.2f})"]


def _macro_and_lines(change: KindChange) -> list[str]:
    worse = _lines(change)
    if change.low is not None and change.low < -MACRO_MARGIN:
        worse.insert(
            0,
            f"macro F1 {change.before:.4f} → {change.after:.4f} (at worst {change.low:+.4f}, "
            f"margin {-MACRO_MARGIN:+.3f})",
        )
    return worse


def _worse_labels(counts: Confusions) -> list[str]:
    """Return a few words about each label whose F1 falls by more than its margin."""
    (before, _), (after, _) = (_f1_of_labels(model) for model in counts.sum(axis=0))
    lines = counts[:, 0].sum(axis=0).reshape(len(LABELS), len(LABELS)).sum(axis=1)
    worse: list[str] = []
    for number, label in enumerate(LABELS):
        is_lost = after[number] < before[number] - LABEL_MARGIN
        if lines[number] >= _FEWEST_LINES and is_lost:
            worse.append(f"F1 of {label} {before[number]:.4f} → {after[number]:.4f}")
    return worse
