"""Holds last year's measures of an agency beside what its report of this year says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.findings import PromiseState
from nlp.reuse.hashing import Ints, distinct, grams
from nlp.reuse.passages import Item
from nlp.reuse.scan import Stored

_ANSWERS = 3
"""So many texts are told beside a measure."""
_SHARE_OF_BEST = 0.7
"""A further text is told where it has so much of what the best one has."""


class Answer(NamedTuple):
    """A text of this year's report, with the share of the measure that it has."""

    share: float
    place: str
    lines: Span | None
    raw: str


class Kept(NamedTuple):
    """A measure of last year, what this year's report has of it, and where."""

    measure: Item
    state: PromiseState
    same: float
    answers: list[Answer]


def promises(last: Stored, this: Stored, weight: NDArray[np.float32]) -> Iterator[Kept]:
    """Yield each measure that a report announces, with what the agency's next report has of it.

    `weight` is how much each run of three characters tells, by its hash. Measures that themselves report
    on the year before are no announcements and are left out.
    """
    measures = [
        item for item in last.items if item.place.startswith("improvements") and not item.of_last_year
    ]
    texts = _texts(this)
    both = [*(text.normal for text in texts), *(measure.normal for measure in measures)]
    found, number = grams(both)
    border = int(np.searchsorted(number, len(texts)))
    held = _Held(found[:border].astype(np.int64), number[:border], weight, len(texts))
    for n, measure in enumerate(measures, len(texts)):
        first, behind = np.searchsorted(number, (n, n + 1))
        wanted = found[first:behind]
        if len(measure.normal) < _thresholds()["item"] or not weight[wanted].sum():
            yield Kept(measure, "not_assessable", 0.0, [])
            continue
        yield _kept(measure, texts, held.shares(distinct(wanted)))


class _Text(NamedTuple):
    place: str
    lines: Span | None
    raw: str
    exact: str
    normal: str


def _texts(report: Stored) -> list[_Text]:
    """Return the problems, measures and sentences of a report."""
    texts = [_Text(item.place, item.lines, item.raw, item.exact, item.normal) for item in report.items]
    for passage in report.passages:
        if not passage.place.startswith(("problems.", "improvements.")):
            texts.append(_Text(passage.place, passage.lines, passage.raw, passage.exact, passage.normal))
    return texts


class _Held:
    """The runs of three characters that each of `count` texts has, by the runs.

    `runs` are runs of the texts `numbers`, some of them twice.
    """

    def __init__(self, runs: Ints, numbers: Ints, weight: NDArray[np.float32], count: int) -> None:
        of_texts = distinct(runs * max(count, 1) + numbers)
        self._runs = of_texts // max(count, 1)
        self._texts = of_texts % max(count, 1)
        self._weight = weight
        self._count = count

    def shares(self, wanted: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Return how much of what some runs tell each text has, 0 to 1; `wanted` has each run once."""
        first = np.searchsorted(self._runs, wanted)
        holders = np.searchsorted(self._runs, wanted, side="right") - first
        behind = np.cumsum(holders)
        places = np.arange(behind[-1]) + np.repeat(first - (behind - holders), holders)
        weights = self._weight[wanted]
        held = np.bincount(self._texts[places], weights=np.repeat(weights, holders), minlength=self._count)
        shares: NDArray[np.float64] = held / weights.sum()
        return shares


def _kept(measure: Item, texts: Sequence[_Text], shares: NDArray[np.float64]) -> Kept:
    from rapidfuzz.fuzz import ratio

    best = float(shares.max(initial=0.0))
    if best < _thresholds()["taken_up"]:
        return Kept(measure, "not_found", 0.0, [])
    order = np.argsort(-shares, kind="stable")[:_ANSWERS].tolist()
    answering = [n for n in order if shares[n] >= _SHARE_OF_BEST * best]
    alike = max(ratio(measure.exact, texts[n].exact) / 100 for n in answering)
    is_repeated = alike >= _thresholds()["repeated"]
    answers = []
    for n in answering:
        text = texts[n]
        answers.append(Answer(round(float(shares[n]), 4), text.place, text.lines, text.raw))
    state: PromiseState = "repeated" if is_repeated else "taken_up"
    return Kept(measure, state, round(alike if is_repeated else best, 4), answers)


def _thresholds() -> dict[str, Any]:
    return knowledge("reuse")["thresholds"]  # type: ignore[no-any-return]
