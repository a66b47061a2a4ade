"""The line spans of sections against gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import UNSET

from training.scoring.gold import LineSpan, Record, SectionLines, Sections
from training.scoring.metrics import Found, found

Spans = Counter[tuple[str, LineSpan]]


def section_scores(gold: Record, predicted: Record | None) -> dict[str, Found] | None:
    """Score each kind of section that gold speaks of, exact spans only; None where gold has none.

    Parts are named by their path, `overview/platforms`. A kind that gold says to be absent (null)
    counts as found wrongly where it is predicted; one that gold leaves out is not scored.
    """
    if gold.sections is UNSET:
        return None
    right = spans(gold.sections)
    claimed = spans([] if predicted is None or predicted.sections is UNSET else predicted.sections)
    return {kind: _score(kind, right, claimed) for kind in _kinds(gold.sections)}


def spans(sections: Sections) -> Spans:
    """Return every section's path and lines, with how often it stands.

    >>> spans({"overview": (5, 18), "preface": None})
    Counter({('overview', (5, 18)): 1})
    """
    if isinstance(sections, dict):
        return Counter((kind, lines) for kind, lines in sections.items() if lines is not None)
    return Counter(_walked(sections, ""))


def _walked(sections: list[SectionLines], above: str) -> Iterator[tuple[str, LineSpan]]:
    for section in sections:
        path = above + section.kind
        yield path, section.lines
        yield from _walked(section.sections, f"{path}/")


def _kinds(sections: Sections) -> list[str]:
    """In the order of gold, which is the order of the page."""
    named = sections if isinstance(sections, dict) else (kind for kind, _ in spans(sections))
    return list(dict.fromkeys(named))


def _score(kind: str, right: Spans, claimed: Spans) -> Found:
    gold = Counter({span: count for span, count in right.items() if span[0] == kind})
    predicted = Counter({span: count for span, count in claimed.items() if span[0] == kind})
    return found((gold & predicted).total(), predicted.total(), gold.total())
