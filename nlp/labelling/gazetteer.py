"""Word lists of the line classifier: the labels of the form, and the lists of data/words.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.form.form import editions
from nlp.resources import knowledge
from nlp.text.cells import DOUBTFUL_PLACEHOLDERS, DOUBTFUL_UNITS, PLACEHOLDERS, UNITS, any_of, longest_of
from nlp.text.folding import filled, fold

NOT_CHINESE = re.compile(r"[^一-龥\n]+")

LABEL_KINDS = ("row", "column", "group", "header", "title", "piece", "start")
"""What a line can be of the form: a whole label of five kinds, a part of one, a line that begins with one."""
_ROW, _COLUMN, _GROUP, _HEADER, _TITLE, _PIECE, _START = range(1, 8)

_LONGEST_PIECE = 20
"""In Chinese characters: no part of a label that a line holds is longer."""
_START_LENGTH = 4
"""In Chinese characters: so many of a label's first ones tell that a line begins with it."""


class FormLabels(NamedTuple):
    """The labels of the form, reduced to their Chinese characters.

    `kinds` maps each label to its kind, counted from 1 in LABEL_KINDS; `joined` holds all labels, a line
    each; `starts` are the first four characters of the labels that have as many.
    """

    kinds: dict[str, int]
    joined: str
    starts: frozenset[str]

    def kind(self, bare: str) -> int:
        """Return which of LABEL_KINDS, counted from 1, a line of Chinese characters is; 0 for none.

        >>> [LABEL_KINDS[form_labels().kind(bare) - 1] for bare in ("行政许可", "重新出具", "结果维持结果")]
        ['row', 'piece', 'start']
        """
        kind = self.kinds.get(bare)
        if kind is not None:
            return kind
        if 0 < len(bare) <= _LONGEST_PIECE and bare in self.joined:
            return _PIECE
        if bare[:_START_LENGTH] in self.starts:
            return _START
        return 0


@cache
def form_labels() -> FormLabels:
    """Return the labels of all editions of the form, in every spelling."""
    spellings = list(_spellings())
    # One text of all spellings, so that folding and the pattern run once.
    bare = NOT_CHINESE.sub("", filled(fold("\n".join(spelling for _, spelling in spellings))))
    kinds: dict[str, int] = {}
    for (kind, _), label in zip(spellings, bare.split("\n"), strict=True):
        if label:
            kinds.setdefault(label, kind)
    starts = frozenset(label[:_START_LENGTH] for label in kinds if len(label) >= _START_LENGTH)
    return FormLabels(kinds, "\n".join(kinds), starts)


def _spellings() -> Iterator[tuple[int, str]]:
    """Yield the kind and the text of every spelling of every label; of equal texts the first kind counts."""
    for form in editions():
        for table in form.tables:
            for row in table.rows:
                for spelling in row.spellings:
                    yield _ROW, spelling
            for column in table.columns:
                for spelling in column.spellings:
                    yield _COLUMN, spelling
            for label in table.groups:
                yield _GROUP, label
            for label in table.headers:
                yield _HEADER, label
            yield _TITLE, table.title


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    """Return data/words.toml."""
    return knowledge("words")


@cache
def topics() -> tuple[str, ...]:
    """Return the names of the topics that a title can have, in the order of data/words.toml."""
    return tuple(_cues()["topics"])


@cache
def topic_words() -> tuple[re.Pattern[str], dict[str, int]]:
    """Return a pattern that matches any topic's words, and the topic of each word, counted from 1.

    The pattern has no groups, so that a search can skip to the characters that words begin with.
    """
    words: dict[str, int] = {}
    for number, topic in enumerate(topics(), 1):
        for word in _cues()["topics"][topic]:
            words[word] = number
    return re.compile(longest_of(words)), words


@cache
def _values_pattern() -> re.Pattern[str]:
    """Return the pattern that a line of values and cell borders matches.

    Its quantifiers are possessive: no line makes it backtrack.
    """
    unit = any_of((*UNITS, *DOUBTFUL_UNITS))
    placeholder = any_of((*PLACEHOLDERS, *DOUBTFUL_PLACEHOLDERS))
    value = rf"[+-]?+\d[\d,.]*+(?: ?{unit})?+|{placeholder}"
    return re.compile(rf"(?:[\s|]*+(?:{value})(?=[\s|]|$))++[\s|]*+")


VALUE_KINDS = ("number", "numbers", "placeholder", "placeholders", "borders")
"""What a line of values only consists of; the plural stands for several cells."""
_NUMBER, _NUMBERS, _PLACEHOLDER, _PLACEHOLDERS, _BORDERS = range(1, 6)
_BORDER_CHARACTERS = "|: \t-"


def value_kind(text: str) -> int:
    """Return which of VALUE_KINDS, counted from 1, a text consists of; 0 where it holds anything else.

    >>> [value_kind(text) for text in ("0", "0 | 1,322 件 |", "/", "| |", "无。")]
    [1, 2, 3, 5, 0]
    """
    if not _values_pattern().fullmatch(text):
        return 0 if text.strip(_BORDER_CHARACTERS) else _BORDERS
    is_several = "\t" in text or "|" in text or " " in text
    if any(character.isdecimal() for character in text):
        return _NUMBERS if is_several else _NUMBER
    return _PLACEHOLDERS if is_several else _PLACEHOLDER
