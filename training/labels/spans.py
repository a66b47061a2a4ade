"""Turns the labels of lines into labelled spans of the text, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nlp.labelling.classifier import LABELS
from nlp.text.lines import split
from training.labels.label_files import Labelled, Problem


class Span(NamedTuple):
    """The characters from `start` up to, but not including, `end` of a text, and their label."""

    start: int
    end: int
    label: str


def spans(text: str, labels: Iterable[str]) -> Iterator[Span]:
    """Yield a span for each line that has a label; `labels` holds one for each line, "" for blank lines.

    >>> list(spans("一、总体情况\\n\\n无。", ["heading", "", "narrative"]))
    [Span(start=0, end=6, label='heading'), Span(start=8, end=10, label='narrative')]
    """
    for line, label in zip(split(text), labels, strict=True):
        if label:
            yield Span(line.start, line.start + len(line.raw), label)


def labelled(text: str, spans: Iterable[Span]) -> list[str]:
    """Return the label of each line: the one whose spans cover most of it, "" if none does.

    Spans drawn by hand may leave out the edges of a line, or cover several lines.

    >>> labelled("一、总体情况\\n无。", [Span(1, 5, "heading"), Span(6, 9, "narrative")])
    ['heading', 'narrative']
    """
    in_order = sorted(spans)
    labels: list[str] = []
    first = 0
    for line in split(text):
        end = line.start + len(line.raw)
        while first < len(in_order) and in_order[first].end <= line.start:
            first += 1
        covered = Counter[str]()
        for span in in_order[first:]:
            if span.start >= end:
                break
            covered[span.label] += max(0, min(end, span.end) - max(line.start, span.start))
        if line.blank or not covered.total():
            labels.append("")
        else:
            ((label, _),) = covered.most_common(1)
            labels.append(label)
    return labels


def unlabelled(document: Labelled) -> Iterator[Problem]:
    """Yield a problem for each line of an imported document that has no label or an unknown one."""
    for line, label in zip(split(document.text), document.labels, strict=True):
        if line.blank or label in LABELS:
            continue
        reason = f"{label!r} is no label" if label else "no label covers this line"
        yield Problem(document.file, line.n, f"{reason}: use one of {', '.join(LABELS)}")
