"""What a line looks like: the questions that the line classifier asks of it beside its words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.characters import NOT_CHINESE, Page, table
from nlp.forms import editions
from nlp.normalising import filled, fold
from nlp.resources import folder

Answers = NDArray[np.int64]


@dataclass(frozen=True)
class Feature:
    """One question asked of every line of a page; each answer is a position in `values`."""

    name: str
    values: tuple[str, ...]
    ask: Callable[[Page], Answers]


def steps(counts: Answers, bounds: tuple[int, ...]) -> Answers:
    """Return how many of the bounds each count reaches.

    >>> steps(np.array([0, 1, 5]), (1, 2, 4)).tolist()
    [0, 1, 3]
    """
    reached = np.searchsorted(bounds, np.arange(bounds[-1] + 1), side="right")
    return reached[np.minimum(counts, bounds[-1])]


LENGTHS = (1, 2, 3, 4, 5, 7, 9, 13, 19, 25, 31, 41, 61)
NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16)
FEW = (1, 2, 4)


def _length(page: Page) -> Answers:
    """How many Chinese characters there are."""
    return steps(page.count("chinese"), LENGTHS)


def _numbers(page: Page) -> Answers:
    return steps(page.numbers, NUMBERS)


def _foreign(page: Page) -> Answers:
    """How much of the line is not Chinese, in quarters."""
    return 4 - 4 * page.count("chinese") // page.lengths


def _sentences(page: Page) -> Answers:
    """How many sentences end before the line does."""
    last = _ENDS[page.last] == 1
    return steps(page.count("sentence") - last, FEW)


def _commas(page: Page) -> Answers:
    return steps(page.count("comma"), FEW)


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


OPENINGS = (
    ("chapter", r"[一二三四五六七八九十]{1,3} ?[、.,]"),
    ("part", r"\( ?[一二三四五六七八九十]{1,3} ?\)"),
    ("point", r"\d{1,2} ?[、)]|\d{1,2}\.(?!\d)"),
    ("small_point", r"\(\d{1,2}\)|[①-⑳]"),
    ("ordinal", r"[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六]?[,、]"),
    ("article", r"第[一二三四五六七八九十百]+[条章项]"),
    ("aimed", r"针对"),
    ("note", r"注 ?\d?[::]|备注|说明[::]"),
    ("date", r"(?:19|20)\d\d ?年"),
    ("number", r"[+-]?\d"),
    ("markup", r"={2,}|!\[|[#<>]|-{3,}|_{3,}|\*{3,}"),
    ("border", r"\|"),
    ("bullet", r"[-*·•●■◆□▪—]"),
    ("bracket", r"[(\[【]"),
    ("title_mark", r"[《〈“\"]"),
    ("closing_mark", r"[。,;:、)\]】》”]"),
    ("latin", r"[A-Za-z]"),
)
_OPENING = re.compile("|".join(f"({pattern})" for _, pattern in OPENINGS))


def _opening(page: Page) -> Answers:
    """What kind of enumerator or mark the line starts with."""
    matches = [_OPENING.match(text) for text in page.texts]
    return np.array([match.lastindex or 0 if match else 0 for match in matches])


_MARKS = ("。", ";；", ":：", ",，、", ")）", "”》】", "!?！？…", "|", "0123456789", "%")
CLOSINGS = (*_MARKS, "项", "况", "题施", "告报", "件元条")
_CHINESE = (0x4E00, 0x9FA5)
_CLOSING = table(["", *CLOSINGS])
_CLOSING[(table(["", _CHINESE]) > 0) & (_CLOSING == 0)] = len(CLOSINGS) + 1
_ENDS = table(["", "。;；!！?？"])


def _closing(page: Page) -> Answers:
    """What kind of mark or character the line ends with."""
    return _CLOSING[page.last].astype(np.int64)


LABEL_KINDS = ("row", "column", "group", "header", "title", "piece", "start")


def _label(page: Page) -> Answers:
    """Which label of the form the line is, or is a piece of, or starts with."""
    return np.array([_label_kind(text) for text in page.bares])


def _label_kind(bare: str) -> int:
    labels, pieces, starts = _labels()
    if not bare or len(bare) > 40:
        return 0
    if kind := labels.get(bare):
        return kind
    return 6 if len(bare) <= 20 and bare in pieces else 7 if bare[:4] in starts else 0


@cache
def _labels() -> tuple[dict[str, int], str, frozenset[str]]:
    """Every label by its Chinese characters; all of them in one string; how they start."""
    labels: dict[str, int] = {}
    for kind, label in _spellings():
        labels.setdefault(NOT_CHINESE.sub("", filled(fold(label))), kind)
    labels.pop("", None)
    return labels, "\n".join(labels), frozenset(label[:4] for label in labels if len(label) > 3)


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
    """data/words.toml: words that tell what a line is."""
    return tomllib.loads((folder("data") / "words.toml").read_text(encoding="utf-8"))


@cache
def topics() -> tuple[str, ...]:
    """Name what a title can be about, in the order of data/words.toml."""
    return tuple(_cues()["topics"])


@cache
def _topic_words() -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern of every topic's words, without groups (these cost search its index); what each is about."""
    words = {word: at for at, topic in enumerate(topics(), 1) for word in _cues()["topics"][topic]}
    return re.compile("|".join(sorted(words, key=len, reverse=True))), words


def _topic(page: Page) -> Answers:
    """What the line is about, where it is short enough for a title."""
    pattern, about = _topic_words()
    matches = [pattern.search(bare) if 1 < len(bare) <= 45 else None for bare in page.bares]
    return np.array([about[match.group()] if match else 0 for match in matches])


@cache
def _page_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_cues()["furniture"]["page"]))


def _page(page: Page) -> Answers:
    """Whether the line is a number that may stand on a page: alone, or with dashes or words."""
    found = np.zeros(len(page.texts), np.int64)
    for at in np.flatnonzero((page.lengths <= 16) & (page.numbers > 0)).tolist():
        if _page_pattern().fullmatch(page.texts[at]):
            found[at] = 1 if page.texts[at].isdecimal() else 2
    return found


@cache
def _site_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _cues()["furniture"]["site"])))


def _site(page: Page) -> Answers:
    """How many words of web sites the line holds, where it is no paragraph."""
    return steps(page.matches(_site_pattern(), 60), (1, 2, 3))


@cache
def _values_pattern() -> re.Pattern[str]:
    """A line of values and borders only; possessive, so that no line makes it go back."""
    cells = _cues()["cells"]
    longest = {key: sorted(cells[key], key=len, reverse=True) for key in cells}
    units, placeholders = ("|".join(map(re.escape, longest[key])) for key in ("units", "placeholders"))
    value = rf"[+-]?+\d[\d,.]*+(?: ?(?:{units}))?+|(?:{placeholders})"
    return re.compile(rf"(?:[\s|]*+(?:{value})(?=[\s|]|$))++[\s|]*+")


def _values(page: Page) -> Answers:
    """Whether the line holds values only: one number, several, a placeholder, several; or borders only."""
    found = np.zeros(len(page.texts), np.int64)
    borders = page.count("tab") + page.count("pipe") + page.count("space")
    for at in np.flatnonzero(page.count("chinese") <= 3 + 2 * (page.numbers + borders)).tolist():
        found[at] = _value_kind(page.texts[at])
    return found


def _value_kind(text: str) -> int:
    if _values_pattern().fullmatch(text):
        several = any(border in text for border in "\t| ")
        return (1 if any(map(str.isdecimal, text)) else 3) + several
    return 0 if text.strip("|: \t-") else 5


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
    Feature("foreign", ("none", "some", "half", "most", "all"), _foreign),
    Feature("opening", ("plain", *(name for name, _ in OPENINGS)), _opening),
    Feature("closing", ("other", *CLOSINGS, "chinese"), _closing),
    Feature("sentences", ("0", "1", "2", "4"), _sentences),
    Feature("commas", ("0", "1", "2", "4"), _commas),
    Feature(
        "borders",
        ("none", "space", "spaces", "tab", "tabs", "pipe", "pipes", "wide", "wides"),
        _borders,
    ),
    Feature("indent", ("none", "tab", "space"), _indent),
    Feature("label", ("none", *LABEL_KINDS), _label),
    Feature("topic", ("none", *topics()), _topic),
    Feature("page", ("no", "alone", "marked"), _page),
    Feature("site", ("0", "1", "2", "3"), _site),
    Feature("values", ("no", "number", "numbers", "placeholder", "placeholders", "borders"), _values),
    Feature("remark", ("balanced", "whole", "open", "closed"), _remark),
)
