"""The features of a line beside its words: its length, marks, borders, form labels, topic, values."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.labelling.gazetteer import LABEL_KINDS, VALUE_KINDS, topic_words, topics
from nlp.labelling.line_statistics import CHARACTER_KINDS, LineStatistics, find_all, kind_table
from nlp.resources import knowledge
from nlp.text.enumerators import NUMERALS, shape
from nlp.text.pages import may_be_page_number, site_words

Answers = NDArray[np.int64]
"""The value of one feature for each line [lines], as a position in the feature's `values`."""


class Feature(Struct, frozen=True):
    """A categorical feature of lines.

    `ask` computes it for all lines at once; each answer is a position in `values`, the names of what the
    feature can be.
    """

    name: str
    values: tuple[str, ...]
    ask: Callable[[LineStatistics], Answers]


def steps(counts: Answers, bounds: tuple[int, ...]) -> Answers:
    """Return for each count how many of the ascending bounds it reaches.

    >>> steps(np.array([0, 1, 5]), (1, 2, 4)).tolist()
    [0, 1, 3]
    """
    return _reached(bounds)[np.minimum(counts, bounds[-1])]


@cache
def _reached(bounds: tuple[int, ...]) -> Answers:
    """Return how many bounds each number from 0 to the last bound reaches."""
    return np.searchsorted(bounds, np.arange(bounds[-1] + 1), side="right")


LENGTHS = (1, 2, 3, 4, 5, 7, 9, 13, 19, 25, 31, 41)
"""Steps of a line's length, in Chinese characters."""
NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16)
"""Steps of how many numbers a line holds: rows have seven cells, two tables side by side 15 or 16."""
FEW = (1, 2, 4)
"""Steps of how many sentences or commas a line holds."""


def _length(statistics: LineStatistics) -> Answers:
    """The number of Chinese characters, in steps of LENGTHS."""
    return steps(statistics.count("chinese"), LENGTHS)


def _numbers(statistics: LineStatistics) -> Answers:
    """The number of numbers, in steps of NUMBERS."""
    return steps(statistics.numbers, NUMBERS)


def _sentences(statistics: LineStatistics) -> Answers:
    """The number of sentences that end before the last character, in steps of FEW."""
    ends_with_sentence = _SENTENCE_END[statistics.last] == 1
    return steps(statistics.count("sentence") - ends_with_sentence, FEW)


def _commas(statistics: LineStatistics) -> Answers:
    """The number of commas, in steps of FEW."""
    return steps(statistics.count("comma"), FEW)


BORDERS = ("space", "tab", "pipe", "wide")
"""Kinds of cell borders; `wide` is a run of two spaces or more."""
_SPACE, _TAB, _PIPE, _WIDE = 1, 3, 5, 7
"""Their answers; the answer behind each says that the line holds many of them."""


def _borders(statistics: LineStatistics) -> Answers:
    """The kind of cell border in the line, and whether there are many of them.

    Of several kinds the first of tabs, pipes, wide spaces and single spaces counts.
    """
    tabs, pipes = statistics.count("tab"), statistics.count("pipe")
    wide, spaces = statistics.wide_spaces, statistics.count("space")
    answers = np.where(spaces > 0, _SPACE + (spaces > 3), 0)
    answers = np.where(wide > 0, _WIDE + (wide > 2), answers)
    answers = np.where(pipes > 0, _PIPE + (pipes > 2), answers)
    return np.where(tabs > 0, _TAB + (tabs > 2), answers)


_INDENTS = {"\t": 1, " ": 2}


def _indent(statistics: LineStatistics) -> Answers:
    """Whether the line begins with white space; a tab is an empty first cell or the edge of a table."""
    return np.array([_INDENTS.get(line.folded[0], 0) for line in statistics.lines])


OPENINGS = tuple((name, shape(name, "openings")) for name in knowledge("enumerators")["openings"])
"""What a line opens with: names and expressions, of which the first that fits counts."""
_OPENING = re.compile("|".join(f"({pattern})" for _, pattern in OPENINGS))
_CHINESE_OPENING = frozenset(NUMERALS + "首其再最第针注备说")
"""The Chinese characters that an opening can begin with: no other is worth a search."""


def _opening(statistics: LineStatistics) -> Answers:
    """The kind of enumerator or mark that the line begins with, counted from 1 in OPENINGS."""
    return np.array([_opening_kind(text) for text in statistics.texts])


def _opening_kind(text: str) -> int:
    is_chinese = "一" <= text[0] <= "龥"
    if is_chinese and text[0] not in _CHINESE_OPENING:
        return 0
    match = _OPENING.match(text)
    if match is None or match.lastindex is None:
        return 0
    return match.lastindex


_MARKS = ("。", ";；", ":：", ",，、", ")）", "”》】", "!?！？…", "|", "0123456789", "%")
CLOSINGS = (*_MARKS, *knowledge("words")["closings"]["characters"])
_OTHER_CHINESE = len(CLOSINGS) + 1
_CLOSING = kind_table(["", *CLOSINGS])
_CLOSING[(kind_table(["", CHARACTER_KINDS["chinese"]]) == 1) & (_CLOSING == 0)] = _OTHER_CHINESE
_SENTENCE_END = kind_table(["", CHARACTER_KINDS["sentence"]])


def _closing(statistics: LineStatistics) -> Answers:
    """The kind of mark or character that the line ends with, counted from 1 in CLOSINGS."""
    return _CLOSING[statistics.last].astype(np.int64)


def _label(statistics: LineStatistics) -> Answers:
    """The kind of form label that the line is, is a piece of, or begins with."""
    return statistics.labels


def _topic(statistics: LineStatistics) -> Answers:
    """The first topic that the line names, where it is short enough for a title and no form label."""
    pattern, topic_of_word = topic_words()
    texts = [bare if is_open else "" for bare, is_open in zip(statistics.bares, statistics.open, strict=True)]
    indices, words = find_all(pattern, texts)
    answers = np.zeros(len(texts), np.int64)
    # Assigned from the last match to the first, so that the first one of each line stays.
    answers[indices[::-1]] = [topic_of_word[word] for word in reversed(words)]
    return answers


PAGES = ("no", "zero", "alone", "in_turn", "large", "marked")
_LEAST_LINES_A_PAGE = 12
"""In distinct lines: from one page number to the next there are at least so many."""
_LAST_PAGE = 99
"""A larger number is no page number: no report has more pages."""
_LONGEST_PAGE_NUMBER = 16
"""In UTF-16 units: no line with a page number is longer."""


def _page(statistics: LineStatistics) -> Answers:
    """Whether the line may be a page number: `marked` by dashes or words, or a number alone on its line.

    Numbers alone are told apart by whether the number before or after them stands at least a page away.
    """
    answers = np.zeros(len(statistics.texts), np.int64)
    numbers_alone: dict[int, int] = {}
    is_candidate = (statistics.lengths <= _LONGEST_PAGE_NUMBER) & (statistics.numbers > 0)
    for index in np.flatnonzero(is_candidate).tolist():
        text = statistics.texts[index]
        if text.isdecimal():
            numbers_alone[index] = int(text)
        elif may_be_page_number(text):
            answers[index] = PAGES.index("marked")
    for index, kind in _kinds_of_numbers(numbers_alone).items():
        answers[index] = PAGES.index(kind)
    return answers


def _kinds_of_numbers(numbers: dict[int, int]) -> dict[int, str]:
    """Return for each number alone on its line, by the index of its line, which of PAGES it is."""
    indices_of: dict[int, list[int]] = {}
    for index, number in numbers.items():
        indices_of.setdefault(number, []).append(index)
    kinds: dict[int, str] = {}
    for index, number in numbers.items():
        if number == 0:
            kinds[index] = "zero"
        elif number > _LAST_PAGE:
            kinds[index] = "large"
        else:
            last_of_next = indices_of.get(number + 1, [index])[-1]
            first_of_previous = indices_of.get(number - 1, [index])[0]
            is_before_next = last_of_next - index >= _LEAST_LINES_A_PAGE
            is_after_previous = number > 1 and index - first_of_previous >= _LEAST_LINES_A_PAGE
            kinds[index] = "in_turn" if is_before_next or is_after_previous else "alone"
    return kinds


_LONGEST_SITE_LINE = 60
"""In characters: a longer line is a paragraph, whatever words of web sites it holds."""


def _site(statistics: LineStatistics) -> Answers:
    """The number of words of web sites (打印, 关闭 …) in a short line that is no form label."""
    return steps(statistics.matches(site_words(), _LONGEST_SITE_LINE), (1, 2, 3))


def _values(statistics: LineStatistics) -> Answers:
    """The kind of values that the line consists of."""
    return statistics.values


_BALANCED, _WHOLE, _LEFT_OPEN, _CLOSED = range(4)


def _remark(statistics: LineStatistics) -> Answers:
    """Whether brackets enclose the whole line, stay open at its end, or are closed without being opened."""
    opened, closed = statistics.count("opened"), statistics.count("closed")
    is_whole = (opened > 0) & statistics.whole("opened", "closed")
    unbalanced = np.where(opened > closed, _LEFT_OPEN, _CLOSED)
    return np.where(opened == closed, np.where(is_whole, _WHOLE, _BALANCED), unbalanced)


def _names_of_steps(bounds: tuple[int, ...]) -> tuple[str, ...]:
    return (f"<{bounds[0]}", *(f">={bound}" for bound in bounds))


_BORDER_NAMES = tuple(border + plural for border in BORDERS for plural in ("", "s"))

FEATURES: tuple[Feature, ...] = (
    Feature("length", _names_of_steps(LENGTHS), _length),
    Feature("numbers", _names_of_steps(NUMBERS), _numbers),
    Feature("opening", ("plain", *(name for name, _ in OPENINGS)), _opening),
    Feature("closing", ("other", *CLOSINGS, "chinese"), _closing),
    Feature("sentences", ("0", "1", "2", "4"), _sentences),
    Feature("commas", ("0", "1", "2", "4"), _commas),
    Feature("borders", ("none", *_BORDER_NAMES), _borders),
    Feature("indent", ("none", "tab", "space"), _indent),
    Feature("label", ("none", *LABEL_KINDS), _label),
    Feature("topic", ("none", *topics()), _topic),
    Feature("page", PAGES, _page),
    Feature("site", ("0", "1", "2", "3"), _site),
    Feature("values", ("no", *VALUE_KINDS), _values),
    Feature("remark", ("balanced", "whole", "open", "closed"), _remark),
)
"""Every feature of a line by itself. A trained model fits these names and values in this order only."""
