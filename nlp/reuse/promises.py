"""Holds last year's measures of an agency beside what its report of this year says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.findings import PromiseState
from nlp.reuse.passages import Item
from nlp.reuse.scan import Stored

_GRAM = 3
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


def promises(last: Stored, this: Stored) -> Iterator[Kept]:
    """Yield each measure that a report announces, with what the agency's next report has of it.

    Measures that themselves report on the year before are no announcements and are left out.
    """
    texts = _texts(this)
    everything = set().union(*(text.grams for text in texts))
    for measure in last.items:
        if not measure.place.startswith("improvements") or measure.of_last_year:
            continue
        if len(measure.normal) < _thresholds()["item"]:
            yield Kept(measure, "not_assessable", 0.0, [])
            continue
        yield _kept(measure, texts, everything)


class _Text(NamedTuple):
    place: str
    lines: Span | None
    raw: str
    normal: str
    grams: frozenset[str]
    is_item: bool


def _texts(report: Stored) -> list[_Text]:
    """Return the problems, measures and sentences of a report."""
    texts = []
    for item in report.items:
        announced = not item.of_last_year
        texts.append(_Text(item.place, item.lines, item.raw, item.normal, grams(item.normal), announced))
    for passage in report.passages:
        if not passage.place.startswith(("problems.", "improvements.")):
            found = grams(passage.normal)
            texts.append(_Text(passage.place, passage.lines, passage.raw, passage.normal, found, False))
    return texts


def grams(text: str) -> frozenset[str]:
    """Return the runs of three characters of a text, its punctuation left out.

    >>> sorted(grams("加强，培训"))
    ['加强培', '强培训']
    """
    letters = text.translate(_NO_PUNCTUATION)
    return frozenset(letters[n : n + _GRAM] for n in range(len(letters) - _GRAM + 1))


_NO_PUNCTUATION = {ord(mark): None for mark in ",.:;、，。；："}


def _kept(measure: Item, texts: Sequence[_Text], everything: set[str]) -> Kept:
    from rapidfuzz.fuzz import ratio

    wanted = grams(measure.normal)
    least = _thresholds()["taken_up"]
    if not wanted or len(wanted & everything) < least * len(wanted):
        return Kept(measure, "not_found", 0.0, [])
    shares = [(len(wanted & text.grams) / len(wanted), text) for text in texts]
    shares = [(share, text) for share, text in shares if share >= least]
    if not shares:
        return Kept(measure, "not_found", 0.0, [])
    shares.sort(key=lambda found: -found[0])
    best = shares[0][0]
    alike = max(ratio(measure.normal, text.normal) / 100 for _, text in shares)
    state: PromiseState = "repeated" if alike >= _thresholds()["repeated"] else "taken_up"
    answers = []
    for share, text in shares[:_ANSWERS]:
        if share >= _SHARE_OF_BEST * best:
            answers.append(Answer(round(share, 4), text.place, text.lines, text.raw))
    return Kept(measure, state, round(max(alike, best) if state == "repeated" else best, 4), answers)


def _thresholds() -> dict[str, Any]:
    return knowledge("reuse")["thresholds"]  # type: ignore[no-any-return]
