"""Compares the line spans of sections with gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import UNSET

from training.scoring.gold import LineSpan, Record, SectionLines, Sections
from training.scoring.metrics import Found, found

Spans = Counter[tuple[str, LineSpan]]
"""How often each section (its path, and its first and last line) occurs."""


def section_scores(gold: Record, predicted: Record | None) -> dict[str, Found] | None:
    """Return the figures of each kind of section in gold; None if gold has no sections.

    A section is right if its kind and its first and last line are. Sections below others are named by their
    path, `overview/platforms`. If gold says that a kind is absent (null), each predicted section of that
    kind is wrong; predicted sections of a kind that gold does not mention are not scored.
    """
    if gold.sections is UNSET:
        return None
    gold_spans = spans(gold.sections)
    predicted_spans: Spans = Counter()
    if predicted is not None and predicted.sections is not UNSET:
        predicted_spans = spans(predicted.sections)
    if isinstance(gold.sections, dict):
        kinds = list(gold.sections)
    else:
        kinds = list(dict.fromkeys(kind for kind, _ in gold_spans))
    return {kind: _score(kind, gold_spans, predicted_spans) for kind in kinds}


def spans(sections: Sections) -> Spans:
    """Return how often each section occurs, by its path and lines, in the order of the sections.

    >>> spans({"overview": (5, 18), "preface": None})
    Counter({('overview', (5, 18)): 1})
    """
    if isinstance(sections, dict):
        return Counter((kind, lines) for kind, lines in sections.items() if lines is not None)
    return Counter(_paths_and_lines(sections, ""))


def _paths_and_lines(sections: list[SectionLines], parent_path: str) -> Iterator[tuple[str, LineSpan]]:
    for section in sections:
        path = parent_path + section.kind
        yield path, section.lines
        yield from _paths_and_lines(section.sections, f"{path}/")


def _score(kind: str, gold_spans: Spans, predicted_spans: Spans) -> Found:
    gold = _of_kind(kind, gold_spans)
    predicted = _of_kind(kind, predicted_spans)
    return found((gold & predicted).total(), predicted.total(), gold.total())


def _of_kind(kind: str, spans: Spans) -> Spans:
    return Counter({span: count for span, count in spans.items() if span[0] == kind})
