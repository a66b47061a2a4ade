"""Labels of lines as labelled spans of the text, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nlp.labelling.classifier import LABELS
from nlp.text.lines import split
from training.labels.label_files import Labelled, Problem


class Span(NamedTuple):
    """Characters from `start` up to before `end`, and what they are."""

    start: int
    end: int
    label: str


def spans(text: str, labels: Iterable[str]) -> Iterator[Span]:
    """Yield a span for each line that is not blank.

    >>> list(spans("一、总体情况\\n\\n无。", ["heading", "", "narrative"]))
    [Span(start=0, end=6, label='heading'), Span(start=8, end=10, label='narrative')]
    """
    for line, label in zip(split(text), labels, strict=True):
        if label:
            yield Span(line.start, line.start + len(line.raw), label)


def labelled(text: str, found: Iterable[Span]) -> list[str]:
    """Return the label of each line: that of the span which covers most of it; "" where none does.

    A person who draws spans by hand may leave out a line's edges, or draw over several lines.

    >>> labelled("一、总体情况\\n无。", [Span(1, 5, "heading"), Span(6, 9, "narrative")])
    ['heading', 'narrative']
    """
    drawn = sorted(found)
    labels, first = [], 0
    for line in split(text):
        end = line.start + len(line.raw)
        while first < len(drawn) and drawn[first].end <= line.start:
            first += 1
        covered = Counter[str]()
        for span in drawn[first:]:
            if span.start >= end:
                break
            covered[span.label] += max(0, min(end, span.end) - max(line.start, span.start))
        labels.append(covered.most_common(1)[0][0] if covered.total() and not line.blank else "")
    return labels


def unlabelled(document: Labelled) -> Iterator[Problem]:
    """Yield the lines of an imported document that have no label, or one that there is not."""
    for line, label in zip(split(document.text), document.labels, strict=True):
        if not line.blank and label not in LABELS:
            what = f"{label!r} is no label" if label else "no label covers this line"
            yield Problem(document.file, line.n, f"{what}: use one of {', '.join(LABELS)}")
