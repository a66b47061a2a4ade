"""Learns from corrected records what their kind of page prints round each line, and proves it on them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import UNSET

from nlp.form.form import editions
from nlp.labelling.classifier import LineClassifier
from nlp.resources import knowledge
from nlp.text.dress import Affixes, Dress, bare_line, shape
from training.records.known import KnownRecord, read_with
from training.scoring.gold import Record

FEWEST_RECORDS = 2
"""What stands on one page alone may be that page's own: so many misread records have to show it."""

_FEWEST_LINES = 3
"""So many lines of each of these pages have to begin alike."""

_SAME_BEGINNING, _SAME_ENDING = 0.8, 0.95
"""A beginning or an ending goes on as long as so great a share of the lines go on alike."""

_LEAST_KNOWN, _LEAST_ENDING = 4, 2
"""In characters: shorter words stand anywhere; one mark at the end of a line may be its own."""

_IN_VALUE = "0A"
_OWN_MARK = re.compile(r"[\u3400-\u9fff。；：，、！？”\t]")
"""Characters that belong to the line itself and not to what a tool prints behind it."""


class Lesson(NamedTuple):
    """What the records of one kind taught: the dress, None where there is none, and the words to tell it."""

    kind: str
    dress: Dress | None
    told: str


def lessons(known: Sequence[KnownRecord], classifier: LineClassifier) -> list[Lesson]:
    """Return what the records of each kind teach about the lines of their pages."""
    by_kind: dict[str, list[KnownRecord]] = defaultdict(list)
    for document in known:
        by_kind[document.kind].append(document)
    return [_lesson(kind, documents, classifier) for kind, documents in by_kind.items()]


def with_dresses(classifier: LineClassifier, dresses: Sequence[Dress]) -> LineClassifier:
    """Return a model that takes these dresses off the pages that wear them."""
    if not dresses:
        return classifier
    return classifier.with_manifest(dresses=tuple(dresses))


def _lesson(kind: str, documents: Sequence[KnownRecord], classifier: LineClassifier) -> Lesson:
    """Return the dress of one kind if the records are read better without it, and not one cell worse."""
    before = [read_with(classifier, document).counts for document in documents]
    misread = [document for document, counts in zip(documents, before, strict=True) if counts.faults]
    if not misread:
        return Lesson(kind, None, "everything is read right already")
    if len(misread) < FEWEST_RECORDS:
        return Lesson(kind, None, f"one record is misread: {FEWEST_RECORDS} of a kind show what they share")
    dress = dress_of(misread)
    if not dress:
        return Lesson(kind, None, "their lines begin and end with nothing that they share")
    shown = ", ".join(f"“{affixes.before}…{affixes.behind}”" for affixes in dress)
    undressing = with_dresses(classifier, [dress])
    after = [read_with(undressing, document).counts for document in documents]
    faults_before, faults_after = sum(one.faults for one in before), sum(one.faults for one in after)
    change = f"{faults_before:,} faults before, {faults_after:,} without it"
    is_worse = any(
        new.wrong > old.wrong or new.faults > old.faults for old, new in zip(before, after, strict=True)
    )
    if is_worse or faults_after == faults_before:
        return Lesson(kind, None, f"{shown} round the lines does not explain their faults ({change})")
    return Lesson(kind, dress, f"{shown} stands round the lines ({change})")


def dress_of(documents: Sequence[KnownRecord]) -> Dress:
    """Return what stands round the lines of some documents, the longest beginnings first; maybe nothing.

    Words that must be on the page (labels of the form, titles of chapters, items and agency of the record)
    show where a line itself begins.
    """
    documents_with: Counter[str] = Counter()
    for document in documents:
        documents_with.update(set(_beginnings(document)))
    shared = [before for before, count in documents_with.items() if count >= FEWEST_RECORDS]
    lines = [line for document in documents for line in document.text.split("\n")]
    affixes = [Affixes(before, _ending(before, lines)) for before in shared]
    return tuple(sorted(affixes, key=lambda one: (-len(one.before), one.before)))


def _beginnings(document: KnownRecord) -> Iterator[str]:
    """Yield the shapes that lines of a document have before words that are known to stand there."""
    words = _known_words(document.gold)
    by_first: dict[str, list[str]] = defaultdict(list)
    for line in document.text.split("\n"):
        match = words.search(line)
        if match and match.start() and "\t" not in line[: match.start()]:
            before = shape(line[: match.start()])
            by_first[before[0]].append(before)
    for group in by_first.values():
        if len(group) >= _FEWEST_LINES:
            common = _common(group, _SAME_BEGINNING)
            if common and common.strip() and common[-1] not in _IN_VALUE:
                yield common


def _ending(before: str, lines: Iterable[str]) -> str:
    """Return the shape in which nearly all lines end that begin with another; "" where they do not."""
    dress = (Affixes(before),)
    bare = [inside for line in lines if (inside := bare_line(line, dress)) and inside.strip()]
    reversed_shapes = [shape(inside.strip())[::-1] for inside in bare]
    common = _OWN_MARK.split(_common(reversed_shapes, _SAME_ENDING), maxsplit=1)[0]
    ending = common[::-1].lstrip(_IN_VALUE)
    return ending if len(ending.strip()) >= _LEAST_ENDING else ""


def _common(texts: Sequence[str], share: float) -> str:
    """Return the longest text that at least a share of the texts begin with.

    >>> _common(["行 0 列 ", "行 0 列 0.", "行 0 列 ", "行政"], 0.7)
    '行 0 列 '
    """
    common = ""
    going_on = list(texts)
    while going_on:
        following = Counter(text[len(common)] for text in going_on if len(text) > len(common))
        if not following:
            break
        character, count = following.most_common(1)[0]
        if count < share * len(texts):
            break
        going_on = [text for text in going_on if text.startswith(common + character)]
        common += character
    return common


def _known_words(gold: Record) -> re.Pattern[str]:
    """Return a pattern of the words that stand on the page of a record, the longest first."""
    words = set(_official_words())
    if isinstance(gold.organization, str):
        words.add(gold.organization)
    for items in (gold.problems, gold.improvements):
        if items is not UNSET:
            words.update(item if isinstance(item, str) else item.text for item in items)
    long_enough = [word for word in words if len(word) >= _LEAST_KNOWN]
    return re.compile("|".join(map(re.escape, sorted(long_enough, key=lambda word: (-len(word), word)))))


@cache
def _official_words() -> frozenset[str]:
    """Return the official labels of rows, columns and groups, and the titles of chapters."""
    words: set[str] = set()
    for form in editions():
        for table in form.tables:
            words.add(table.title)
            words.update(table.groups)
            words.update(column.label for column in table.columns)
            words.update(row.label for row in table.rows)
            words.update(over.label for over in table.over)
    for chapter in knowledge("sections")["chapter"]:
        words.update(chapter["titles"])
    return frozenset(words)
