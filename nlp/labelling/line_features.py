"""What a line looks like: the questions that the line classifier asks of it beside its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.labelling.gazetteer import LABEL_KINDS, VALUE_KINDS, topic_words, topics
from nlp.labelling.line_statistics import Page, searched, table
from nlp.resources import knowledge
from nlp.text.enumerators import NUMERALS, shape
from nlp.text.pages import may_be_page_number, site_words

Answers = NDArray[np.int64]


class Feature(Struct, frozen=True):
    """One question asked of every line of a page; each answer is a position in `values`."""

    name: str
    values: tuple[str, ...]
    ask: Callable[[Page], Answers]


def steps(counts: Answers, bounds: tuple[int, ...]) -> Answers:
    """Return how many of the bounds each count reaches.

    >>> steps(np.array([0, 1, 5]), (1, 2, 4)).tolist()
    [0, 1, 3]
    """
    return _reached(bounds)[np.minimum(counts, bounds[-1])]


@cache
def _reached(bounds: tuple[int, ...]) -> Answers:
    return np.searchsorted(bounds, np.arange(bounds[-1] + 1), side="right")


LENGTHS = (1, 2, 3, 4, 5, 7, 9, 13, 19, 25, 31, 41)
NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16)
FEW = (1, 2, 4)


def _length(page: Page) -> Answers:
    """How many Chinese characters there are."""
    return steps(page.count("chinese"), LENGTHS)


def _numbers(page: Page) -> Answers:
    return steps(page.numbers, NUMBERS)


def _sentences(page: Page) -> Answers:
    """How many sentences end before the line does."""
    last = _ENDS[page.last] == 1
    return steps(page.count("sentence") - last, FEW)


def _commas(page: Page) -> Answers:
    return steps(page.count("comma"), FEW)


BORDERS = ("space", "tab", "pipe", "wide")


def _borders(page: Page) -> Answers:
    """The kind of cell border in the line, and whether there are many."""
    tabs, pipes, wide, spaces = page.count("tab"), page.count("pipe"), page.wide_spaces, page.count("space")
    found = np.where(wide > 0, 7 + (wide > 2), (spaces > 0).astype(np.int64) + (spaces > 3))
    found = np.where(pipes > 0, 5 + (pipes > 2), found)
    return np.where(tabs > 0, 3 + (tabs > 2), found)


def _indent(page: Page) -> Answers:
    """What stands before the first word: a tab is an empty first cell or the edge of a table."""
    return np.array([_EDGES.get(line.folded[0], 0) for line in page.lines])


_EDGES = {"\t": 1, " ": 2}


OPENINGS = tuple((name, shape(name, "openings")) for name in knowledge("enumerators")["openings"])
"""What a line opens with: names and expressions, of which the first that fits counts."""
_OPENING = re.compile("|".join(f"({pattern})" for _, pattern in OPENINGS))
_CHINESE_OPENING = frozenset(NUMERALS + "首其再最第针注备说")


def _opening(page: Page) -> Answers:
    """What kind of enumerator or mark the line starts with."""
    return np.array([_opening_kind(text) for text in page.texts])


def _opening_kind(text: str) -> int:
    if "一" <= text[0] <= "龥" and text[0] not in _CHINESE_OPENING:
        return 0
    match = _OPENING.match(text)
    return match.lastindex or 0 if match else 0


_MARKS = ("。", ";；", ":：", ",，、", ")）", "”》】", "!?！？…", "|", "0123456789", "%")
CLOSINGS = (*_MARKS, *knowledge("words")["closings"]["characters"])
_CHINESE = (0x4E00, 0x9FA5)
_CLOSING = table(["", *CLOSINGS])
_CLOSING[(table(["", _CHINESE]) > 0) & (_CLOSING == 0)] = len(CLOSINGS) + 1
_ENDS = table(["", "。;；!！?？"])


def _closing(page: Page) -> Answers:
    """What kind of mark or character the line ends with."""
    return _CLOSING[page.last].astype(np.int64)


def _label(page: Page) -> Answers:
    """Which label of the form the line is, or is a piece of, or starts with."""
    return page.labels


def _topic(page: Page) -> Answers:
    """What the line is about, where it is short enough for a title and no label of the form."""
    pattern, about = topic_words()
    open = [bare if open else "" for bare, open in zip(page.bares, page.open, strict=True)]
    lines, words = searched(pattern, open)
    found = np.zeros(len(open), np.int64)
    found[lines[::-1]] = [about[word] for word in reversed(words)]  # of several in a line, the first stays
    return found


PAGES = ("no", "zero", "alone", "in_turn", "large", "marked")
_SHEET = 12
"""From one number of a page to the next there are so many lines, at least."""
_LAST = 99
"""No report has more pages."""


def _page(page: Page) -> Answers:
    """Whether the line is a number that may stand on a page: with dashes or words, or alone.

    Numbers of pages count up, a sheet apart; 0 and large ones are none.
    """
    found = np.zeros(len(page.texts), np.int64)
    alone: dict[int, int] = {}
    for at in np.flatnonzero((page.lengths <= 16) & (page.numbers > 0)).tolist():
        text = page.texts[at]
        if text.isdecimal():
            alone[at] = int(text)
        elif may_be_page_number(text):
            found[at] = PAGES.index("marked")
    for at, kind in _standing(alone):
        found[at] = PAGES.index(kind)
    return found


def _standing(alone: dict[int, int]) -> Iterator[tuple[int, str]]:
    """Yield what each number that stands alone on its line may be."""
    places: dict[int, list[int]] = {}
    for at, number in alone.items():
        places.setdefault(number, []).append(at)
    for at, number in alone.items():
        if number == 0 or number > _LAST:
            yield at, "large" if number else "zero"
        else:
            before, after = places.get(number - 1, [at]), places.get(number + 1, [at])
            in_turn = after[-1] - at >= _SHEET or (number > 1 and at - before[0] >= _SHEET)
            yield at, "in_turn" if in_turn else "alone"


def _site(page: Page) -> Answers:
    """How many words of web sites the line holds, where it is no paragraph and no label of the form."""
    return steps(page.matches(site_words(), 60), (1, 2, 3))


def _values(page: Page) -> Answers:
    """What values the line holds, where it holds nothing else."""
    return page.values


def _remark(page: Page) -> Answers:
    """How brackets stand: round the whole line, left open at its end, closed without having opened."""
    opened, closed = page.count("opened"), page.count("closed")
    whole = (opened > 0) & page.whole("opened", "closed")
    return np.where(opened == closed, whole, np.where(opened > closed, 2, 3))


def _steps(bounds: tuple[int, ...]) -> tuple[str, ...]:
    return (f"<{bounds[0]}", *(f">={bound}" for bound in bounds))


FEATURES: tuple[Feature, ...] = (
    Feature("length", _steps(LENGTHS), _length),
    Feature("numbers", _steps(NUMBERS), _numbers),
    Feature("opening", ("plain", *(name for name, _ in OPENINGS)), _opening),
    Feature("closing", ("other", *CLOSINGS, "chinese"), _closing),
    Feature("sentences", ("0", "1", "2", "4"), _sentences),
    Feature("commas", ("0", "1", "2", "4"), _commas),
    Feature("borders", ("none", *(f"{border}{s}" for border in BORDERS for s in ("", "s"))), _borders),
    Feature("indent", ("none", "tab", "space"), _indent),
    Feature("label", ("none", *LABEL_KINDS), _label),
    Feature("topic", ("none", *topics()), _topic),
    Feature("page", PAGES, _page),
    Feature("site", ("0", "1", "2", "3"), _site),
    Feature("values", ("no", *VALUE_KINDS), _values),
    Feature("remark", ("balanced", "whole", "open", "closed"), _remark),
)
