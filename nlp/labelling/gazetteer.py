"""Words that tell what a line is: the labels of the form, and those of data/words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.form.form import editions
from nlp.resources import knowledge
from nlp.text.cells import DOUBTFUL_PLACEHOLDERS, DOUBTFUL_UNITS, PLACEHOLDERS, UNITS, any_of
from nlp.text.folding import filled, fold

NOT_CHINESE = re.compile(r"[^一-龥\n]+")

LABEL_KINDS = ("row", "column", "group", "header", "title", "piece", "start")


class FormLabels(NamedTuple):
    """Every label of the form by its Chinese characters, all in one string, and how they start."""

    kinds: dict[str, int]
    joined: str
    starts: frozenset[str]

    def kind(self, bare: str) -> int:
        """Return the place in LABEL_KINDS, from 1, of some Chinese characters; 0 where they are no label.

        >>> [LABEL_KINDS[form_labels().kind(bare) - 1] for bare in ("行政许可", "重新出具", "结果维持结果")]
        ['row', 'piece', 'start']
        """
        if kind := self.kinds.get(bare):
            return kind
        if 0 < len(bare) <= _LONGEST_PIECE and bare in self.joined:
            return 6
        return 7 if bare[:4] in self.starts else 0


_LONGEST_PIECE = 20


@cache
def form_labels() -> FormLabels:
    """Return the labels of all editions, in every spelling."""
    spellings = list(_spellings())
    bare = NOT_CHINESE.sub("", filled(fold("\n".join(label for _, label in spellings))))
    kinds: dict[str, int] = {}
    for (kind, _), label in zip(spellings, bare.split("\n"), strict=True):
        kinds.setdefault(label, kind)
    kinds.pop("", None)
    return FormLabels(kinds, "\n".join(kinds), frozenset(label[:4] for label in kinds if len(label) > 3))


def _spellings() -> Iterator[tuple[int, str]]:
    """Every spelling of every label, with its place in LABEL_KINDS."""
    for part in (part for form in editions() for part in form.tables):
        yield from ((1, label) for row in part.rows for label in row.spellings)
        yield from ((2, label) for column in part.columns for label in column.spellings)
        yield from ((3, label) for label in part.groups)
        yield from ((4, label) for label in part.headers)
        yield (5, part.title)


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    """Return data/words.toml."""
    return knowledge("words")


@cache
def topics() -> tuple[str, ...]:
    """Name what a title can be about, in the order of data/words.toml."""
    return tuple(_cues()["topics"])


@cache
def topic_words() -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern of every topic's words, and the topic of each, from 1.

    The pattern has no groups: with them, search could not skip to the characters that words start with.
    """
    words = {word: at for at, topic in enumerate(topics(), 1) for word in _cues()["topics"][topic]}
    return re.compile("|".join(sorted(words, key=len, reverse=True))), words


@cache
def _values_pattern() -> re.Pattern[str]:
    """Return what a line of values and borders only looks like; no line makes it go back."""
    unit = any_of((*UNITS, *DOUBTFUL_UNITS))
    placeholder = any_of((*PLACEHOLDERS, *DOUBTFUL_PLACEHOLDERS))
    value = rf"[+-]?+\d[\d,.]*+(?: ?{unit})?+|{placeholder}"
    return re.compile(rf"(?:[\s|]*+(?:{value})(?=[\s|]|$))++[\s|]*+")


VALUE_KINDS = ("number", "numbers", "placeholder", "placeholders", "borders")


def value_kind(text: str) -> int:
    """Return the place in VALUE_KINDS, from 1, of a text that holds nothing but values; 0 for any other.

    >>> [value_kind(text) for text in ("0", "0 | 1,322 件 |", "/", "| |", "无。")]
    [1, 2, 3, 5, 0]
    """
    if _values_pattern().fullmatch(text):
        several = any(border in text for border in "\t| ")
        return (1 if any(map(str.isdecimal, text)) else 3) + several
    return 0 if text.strip("|: \t-") else 5
