"""Finds lines of label files that carry another label than the same words carry everywhere in the corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from nlp.text.lines import split
from training.labels.label_files import Labelled

ALWAYS = 0.98
"""The least share of the places of a line in the corpus that carry the label which is called usual."""

_FEWEST_PLACES, _FEWEST_AGENCIES = 12, 4
"""A line that the corpus has less often, or in reports of fewer agencies, has no usual label."""

_FEWEST_CHARACTERS = 3
"""A line of fewer Chinese characters may be a piece of anything."""

_FIRST_CHINESE, _LAST_CHINESE = "\u4e00", "\u9fff"

_LEADERS = re.compile(r"[….·]{3,}|…{2,}")
"""The dots of a table of contents, whose lines say what headings say and are none."""

_NUMBER = "0"
"""What stands for a line of numbers, whichever they are."""


class Unusual(NamedTuple):
    """A row of a label file, its label, and the label that the same words carry in the corpus."""

    file: str
    row: int
    line: str
    words: str
    label: str
    usual: str


class Compared(NamedTuple):
    """The rows of label files that have a usual label: how many carry it or not, and those that do not.

    `by_label` counts the rows by their usual label.
    """

    by_label: Mapping[str, int]
    unusual: tuple[Unusual, ...]

    @property
    def lines(self) -> int:
        """The number of rows that have a usual label."""
        return sum(self.by_label.values())


def words_of(line: str) -> str:
    """Return the Chinese characters of a line, `0` for a line of numbers, "" for any other.

    What a site or tool prints round a line is mostly no Chinese, and so the line is known without it.

    >>> words_of("> （一）收到申请"), words_of("12\\t0"), words_of("---")
    ('一收到申请', '0', '')
    """
    if _LEADERS.search(line):
        return ""
    chinese = "".join(one for one in line if _FIRST_CHINESE <= one <= _LAST_CHINESE)
    if len(chinese) >= _FEWEST_CHARACTERS:
        return chinese
    is_number = any(one.isdigit() for one in line) and not any(one.isalpha() for one in line)
    return _NUMBER if is_number and not chinese else ""


def usual_labels(corpus: Iterable[Labelled]) -> dict[str, str]:
    """Return the label that lines of the same words (see `words_of`) carry all over the corpus."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    agencies: dict[str, set[str]] = defaultdict(set)
    for document in corpus:
        for words, label in _worded(document):
            labels[words][label] += 1
            agencies[words].add(document.agency)
    usual: dict[str, str] = {}
    for words, counts in labels.items():
        ((label, places),) = counts.most_common(1)
        is_common = counts.total() >= _FEWEST_PLACES and len(agencies[words]) >= _FEWEST_AGENCIES
        if is_common and places >= ALWAYS * counts.total():
            usual[words] = label
    return usual


def compared(files: Iterable[Labelled], usual: Mapping[str, str]) -> Compared:
    """Hold the rows of label files against the usual labels.

    A row is not unusual where the same words carry the usual label in another row of its file: the menu of a
    site repeats headings, and its rows are none.
    """
    by_label = Counter[str]()
    unusual: list[Unusual] = []
    for file in files:
        worded = set(_worded(file))
        for line in split(file.text):
            words = "" if line.blank else words_of(line.plain)
            expected = usual.get(words)
            if expected is None:
                continue
            by_label[expected] += 1
            label = file.labels[line.n - 1]
            if label != expected and (words, expected) not in worded:
                unusual.append(Unusual(file.file, line.n, line.raw.strip(), words, label, expected))
    return Compared(dict(by_label), tuple(unusual))


def _worded(document: Labelled) -> Iterator[tuple[str, str]]:
    for line in split(document.text):
        words = "" if line.blank else words_of(line.plain)
        if words:
            yield words, document.labels[line.n - 1]
