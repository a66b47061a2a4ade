"""Lines as the features see them: what kinds of characters, labels and values they hold, all at once."""

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

LONGEST_TITLE = 45
"""No title and no label has more Chinese characters."""

LONGEST_ASKED = 24
"""The words of a line with more Chinese characters are not asked."""

SEEN = 64
"""Of a longer line its first characters and its last one are looked at: more of a paragraph says no more."""

KINDS: dict[str, str | tuple[int, int]] = {
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
"""Kinds of characters, as they stand in a folded line."""


def table(kinds: Sequence[str | tuple[int, int]]) -> NDArray[np.uint8]:
    """Return which of the kinds each UTF-16 unit is, 0 where none is: characters, or a range of them."""
    found = np.zeros(0x10000, np.uint8)
    for at, kind in enumerate(kinds):
        units = slice(kind[0], kind[1] + 1) if isinstance(kind, tuple) else [ord(unit) for unit in kind]
        found[units] = at
    return found


_KIND = {name: at for at, name in enumerate(KINDS)}
_TABLE = table(list(KINDS.values()))


class Page(Struct, frozen=True, dict=True):
    """Lines as the features see them: `texts` are the lines' beginnings, `bares` their Chinese characters."""

    lines: Sequence[Line]
    texts: list[str]

    @cached_property
    def codes(self) -> Codes:
        """Every UTF-16 unit of the texts, each text with a line feed behind it."""
        joined = "\n".join([*self.texts, ""])
        return np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """The kind of each unit."""
        return _TABLE[self.codes]

    @cached_property
    def ends(self) -> Counts:
        """Where the line feed behind each text stands."""
        return np.flatnonzero(self.kinds == _KIND["line_feed"])

    @cached_property
    def begins(self) -> Counts:
        """Where each text begins."""
        begins = np.zeros(len(self.ends), np.int64)
        begins[1:] = self.ends[:-1] + 1
        return begins

    @cached_property
    def _line(self) -> Counts:
        """Which text each unit belongs to."""
        feeds = self.kinds == _KIND["line_feed"]
        line: Counts = np.cumsum(feeds) - feeds
        return line

    @cached_property
    def _counts(self) -> Counts:
        cells = self._line * len(KINDS) + self.kinds
        return np.bincount(cells, minlength=len(self.ends) * len(KINDS)).reshape(-1, len(KINDS))

    def count(self, kind: str) -> Counts:
        """Return how many characters of a kind each line holds."""
        return self._counts[:, _KIND[kind]]

    @cached_property
    def bares(self) -> list[str]:
        """The Chinese characters of each text; of one that holds more than 45 of them, none."""
        short = self.count("chinese") <= LONGEST_TITLE
        kept = (self.kinds == _KIND["chinese"]) & short[self._line]
        kept[self.ends] = True
        bare: str = self.codes[kept].tobytes().decode("utf-16-le")
        return bare.split("\n")[:-1]

    @cached_property
    def labels(self) -> Counts:
        """Which kind of label of the form each line is, from 1; 0 where it is none."""
        return np.array(list(map(form_labels().kind, self.bares)))

    @cached_property
    def values(self) -> Counts:
        """Which kind of values each line holds where it holds nothing else, from 1; 0 where it does."""
        found = np.zeros(len(self.texts), np.int64)
        borders = self.count("tab") + self.count("pipe") + self.count("space")
        for at in np.flatnonzero(self.count("chinese") <= 3 + 2 * (self.numbers + borders)).tolist():
            found[at] = value_kind(self.texts[at])
        return found

    @cached_property
    def _open(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (self.values == 0) & ((self.labels == 0) | (self.labels > 4))
        return found

    @cached_property
    def open(self) -> list[bool]:
        """Whether what each line says may tell what it is: not so of a label of the form, or of values."""
        open: list[bool] = self._open.tolist()
        return open

    @cached_property
    def worded(self) -> NDArray[np.int32]:
        """Which lines' words are asked: open ones that are not long, as a long one shows by its looks."""
        return np.flatnonzero(self._open & (self.count("chinese") <= LONGEST_ASKED)).astype(np.int32)

    def matches(self, pattern: re.Pattern[str], longest: int) -> Counts:
        """Return how often a pattern is found in each open text that is not longer; it never spans lines."""
        pairs = zip(self.texts, self.open, strict=True)
        texts = [text if open and len(text) <= longest else "" for text, open in pairs]
        return np.bincount(searched(pattern, texts)[0], minlength=len(texts))

    def whole(self, first: str, last: str) -> NDArray[np.bool_]:
        """Return whether each text begins with one kind of character and ends with another."""
        starts = self.kinds[self.begins] == _KIND[first]
        found: NDArray[np.bool_] = starts & (self.kinds[self.ends - 1] == _KIND[last])
        return found

    @cached_property
    def lengths(self) -> Counts:
        """How long each text is, in UTF-16 units."""
        return self.ends - self.begins

    @cached_property
    def last(self) -> Codes:
        """The last unit of each text; no text is empty."""
        return self.codes[self.ends - 1]

    @cached_property
    def numbers(self) -> Counts:
        """How many numbers each line holds: `1,234.5` is one."""
        digit = self.kinds == _KIND["digit"]
        inside = digit | (self.kinds == _KIND["point"]) | (self.codes == ord(","))
        return self._starting(digit, inside)

    @cached_property
    def wide_spaces(self) -> Counts:
        """How many runs of two spaces or more each line holds."""
        space = self.kinds == _KIND["space"]
        double = space[1:] & space[:-1]
        return self._starting(np.concatenate(([False], double)), np.concatenate(([False], double)))

    def _starting(self, held: NDArray[np.bool_], inside: NDArray[np.bool_]) -> Counts:
        """Count for each line what is held where nothing inside it stands before."""
        starts = held.copy()
        starts[1:] &= ~inside[:-1]
        return np.bincount(self._line[starts], minlength=len(self.ends))


def searched(pattern: re.Pattern[str], texts: Sequence[str]) -> tuple[Counts, list[str]]:
    """Return the places of the texts in which a pattern is found, once for each time, and what is found.

    The pattern never spans line feeds.
    """
    found = [(match.start(), match.group()) for match in pattern.finditer("\n".join(texts))]
    if not found:
        return np.empty(0, np.int64), []
    starts, words = zip(*found, strict=True)
    ends = np.cumsum([len(text) + 1 for text in texts])
    return np.searchsorted(ends, starts, side="right"), list(words)


def page(lines: Sequence[Line]) -> Page:
    """Return lines, none of them blank, as the features see them.

    >>> from nlp.text.lines import split
    >>> page(split("行政许可 1,322 件\\n0\\t0")).numbers.tolist()
    [1, 2]
    """
    return Page(lines, [_beginning(line.plain) for line in lines])


def _beginning(plain: str) -> str:
    return plain if len(plain) <= SEEN else plain[: SEEN - 1] + plain[-1]
