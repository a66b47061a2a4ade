"""Character statistics of many lines at once: counts by kind, numbers, form labels, values, matches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.labelling.gazetteer import form_labels, value_kind
from nlp.text.lines import Line

Counts = NDArray[np.int64]
Codes = NDArray[np.uint16]
Mask = NDArray[np.bool_]

LONGEST_TITLE = 45
"""In Chinese characters: a longer line is no title of a chapter and no label of the form."""

LONGEST_WORDED = 24
"""In Chinese characters: the words of a longer line are not looked up, as its other features suffice."""

LONGEST_TEXT = 64
"""In characters: of a longer line only the first ones and the last one are looked at."""

CHARACTER_KINDS: dict[str, str | tuple[int, int]] = {
    "other": "",
    "chinese": (0x4E00, 0x9FA5),
    "digit": "0123456789",
    "sentence": "。;；!！?？",
    "comma": ",，",
    "point": ".",
    "tab": "\t",
    "pipe": "|",
    "space": " ",
    "opened": "(（[【",
    "closed": ")）]】",
    "line_feed": "\n",
}
"""Kinds of characters of a folded line: the characters, or the first and the last of a range."""


def kind_table(kinds: Sequence[str | tuple[int, int]]) -> NDArray[np.uint8]:
    """Return an array [65536] that maps each UTF-16 unit to the index of its kind, 0 where it has none.

    A kind is a string of characters, or the first and the last code of a range. The first kind is left
    empty: its index stands for all other characters.

    >>> kind_table(["", "0123456789", (0x4E00, 0x9FA5)])[[ord("a"), ord("7"), ord("公")]].tolist()
    [0, 1, 2]
    """
    table = np.zeros(0x10000, np.uint8)
    for index, kind in enumerate(kinds):
        if isinstance(kind, tuple):
            first, last = kind
            table[first : last + 1] = index
        else:
            table[[ord(character) for character in kind]] = index
    return table


_KIND_INDEX = {name: index for index, name in enumerate(CHARACTER_KINDS)}
_KIND_OF_UNIT = kind_table(list(CHARACTER_KINDS.values()))


class LineStatistics(Struct, frozen=True, dict=True):
    """Statistics of some lines, each computed for all lines at once when it is first asked for.

    `lines` are the lines, none of them blank; `texts` are what is looked at of each: all of it, or the
    beginning and the last character of a long one. Every array has one entry for each line, unless its
    description says that it has one for each UTF-16 unit of the texts.
    """

    lines: Sequence[Line]
    texts: list[str]

    @cached_property
    def codes(self) -> Codes:
        """Every UTF-16 unit of the texts, each text with a line feed behind it."""
        joined = "\n".join([*self.texts, ""])
        return np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """For each unit the index of its kind in CHARACTER_KINDS."""
        return _KIND_OF_UNIT[self.codes]

    @cached_property
    def ends(self) -> Counts:
        """The position in `codes` of the line feed behind each text."""
        return np.flatnonzero(self.kinds == _KIND_INDEX["line_feed"])

    @cached_property
    def begins(self) -> Counts:
        """The position in `codes` at which each text begins."""
        begins = np.zeros(len(self.ends), np.int64)
        begins[1:] = self.ends[:-1] + 1
        return begins

    @cached_property
    def _line_of_unit(self) -> Counts:
        """For each unit the index of the line that it belongs to."""
        feeds = self.kinds == _KIND_INDEX["line_feed"]
        line: Counts = np.cumsum(feeds) - feeds
        return line

    @cached_property
    def _counts(self) -> Counts:
        """How many characters of each kind each line holds [lines, kinds]."""
        kinds = len(CHARACTER_KINDS)
        cells = self._line_of_unit * kinds + self.kinds
        return np.bincount(cells, minlength=len(self.ends) * kinds).reshape(-1, kinds)

    def count(self, kind: str) -> Counts:
        """Return how many characters of a kind, a key of CHARACTER_KINDS, each line holds."""
        return self._counts[:, _KIND_INDEX[kind]]

    @cached_property
    def bares(self) -> list[str]:
        """The Chinese characters of each text; an empty string for a text with more than LONGEST_TITLE."""
        is_short = self.count("chinese") <= LONGEST_TITLE
        kept = (self.kinds == _KIND_INDEX["chinese"]) & is_short[self._line_of_unit]
        kept[self.ends] = True
        bare: str = self.codes[kept].tobytes().decode("utf-16-le")
        return bare.split("\n")[:-1]

    @cached_property
    def labels(self) -> Counts:
        """The kind of form label that each line is, counted from 1 in LABEL_KINDS; 0 for no label."""
        kind = form_labels().kind
        return np.array([kind(bare) for bare in self.bares])

    @cached_property
    def values(self) -> Counts:
        """The kind of values that each line consists of, counted from 1 in VALUE_KINDS; 0 for other lines."""
        kinds = np.zeros(len(self.texts), np.int64)
        borders = self.count("tab") + self.count("pipe") + self.count("space")
        # A value has a unit of at most two Chinese characters: more of them are prose, which costs a match.
        may_be_values = self.count("chinese") <= 3 + 2 * (self.numbers + borders)
        for index in np.flatnonzero(may_be_values).tolist():
            kinds[index] = value_kind(self.texts[index])
        return kinds

    @cached_property
    def _open(self) -> Mask:
        is_open: Mask = (self.values == 0) & ((self.labels == 0) | (self.labels > 4))
        return is_open

    @cached_property
    def open(self) -> list[bool]:
        """Whether each line is neither a whole label of the form nor values only: its words are evidence."""
        is_open: list[bool] = self._open.tolist()
        return is_open

    @cached_property
    def worded(self) -> NDArray[np.int32]:
        """The indices of the lines whose words are looked up: the open ones up to LONGEST_WORDED."""
        return np.flatnonzero(self._open & (self.count("chinese") <= LONGEST_WORDED)).astype(np.int32)

    def matches(self, pattern: re.Pattern[str], longest: int) -> Counts:
        """Return how often a pattern matches in each open text of at most `longest` characters, else 0.

        The pattern must not match line feeds.
        """
        texts = [
            text if is_open and len(text) <= longest else ""
            for text, is_open in zip(self.texts, self.open, strict=True)
        ]
        return np.bincount(find_all(pattern, texts)[0], minlength=len(texts))

    def whole(self, first: str, last: str) -> Mask:
        """Return whether each text begins with a character of kind `first` and ends with one of `last`."""
        begins = self.kinds[self.begins] == _KIND_INDEX[first]
        ends = self.kinds[self.ends - 1] == _KIND_INDEX[last]
        both: Mask = begins & ends
        return both

    @cached_property
    def lengths(self) -> Counts:
        """The length of each text in UTF-16 units."""
        return self.ends - self.begins

    @cached_property
    def last(self) -> Codes:
        """The last UTF-16 unit of each text."""
        return self.codes[self.ends - 1]

    @cached_property
    def numbers(self) -> Counts:
        """How many numbers each line holds; `1,234.5` is one."""
        is_digit = self.kinds == _KIND_INDEX["digit"]
        is_inside = is_digit | (self.kinds == _KIND_INDEX["point"]) | (self.codes == ord(","))
        return self._runs(is_digit, is_inside)

    @cached_property
    def wide_spaces(self) -> Counts:
        """How many runs of two or more spaces each line holds."""
        is_space = self.kinds == _KIND_INDEX["space"]
        is_second_space = np.concatenate(([False], is_space[1:] & is_space[:-1]))
        return self._runs(is_second_space, is_second_space)

    def _runs(self, starting: Mask, inside: Mask) -> Counts:
        """Count for each line the units that are `starting` and do not follow one that is `inside`."""
        starts = starting.copy()
        starts[1:] &= ~inside[:-1]
        return np.bincount(self._line_of_unit[starts], minlength=len(self.ends))


def find_all(pattern: re.Pattern[str], texts: Sequence[str]) -> tuple[Counts, list[str]]:
    """Return every match of a pattern in some texts: the index of its text and the matched string.

    One search over all texts, joined by line feeds, which the pattern must not match.

    >>> indices, matched = find_all(re.compile("公开|申请"), ["主动公开", "其他", "依申请公开"])
    >>> indices.tolist(), matched
    ([0, 2, 2], ['公开', '申请', '公开'])
    """
    starts: list[int] = []
    matched: list[str] = []
    for match in pattern.finditer("\n".join(texts)):
        starts.append(match.start())
        matched.append(match.group())
    if not starts:
        return np.empty(0, np.int64), []
    ends = np.cumsum([len(text) + 1 for text in texts])
    return np.searchsorted(ends, starts, side="right"), matched


def line_statistics(lines: Sequence[Line]) -> LineStatistics:
    """Return the statistics of some lines, none of which may be blank.

    >>> from nlp.text.lines import split
    >>> line_statistics(split("行政许可 1,322 件\\n0\\t0")).numbers.tolist()
    [1, 2]
    """
    return LineStatistics(lines, [_looked_at(line.plain) for line in lines])


def _looked_at(plain: str) -> str:
    if len(plain) <= LONGEST_TEXT:
        return plain
    return plain[: LONGEST_TEXT - 1] + plain[-1]
