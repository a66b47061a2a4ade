"""Counts the kinds of characters in each line of a page, all lines at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlp.lines import Line

Counts = NDArray[np.int64]
Codes = NDArray[np.uint16]

LONGEST_TITLE = 45
"""No title and no label has more Chinese characters."""

NOT_CHINESE = re.compile(r"[^一-龥\n]+")

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


@dataclass(frozen=True)
class Page:
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
    def _line(self) -> Counts:
        return np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=-1))

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
        texts = [text if fits else "" for text, fits in zip(self.texts, short.tolist(), strict=True)]
        return NOT_CHINESE.sub("", "\n".join(texts)).split("\n")

    def matches(self, pattern: re.Pattern[str], longest: int) -> Counts:
        """Return how often a pattern, which never spans lines, is found in each text that is not longer."""
        texts = [text if len(text) <= longest else "" for text in self.texts]
        found = [match.start() for match in pattern.finditer("\n".join(texts))]
        if not found:
            return np.zeros(len(texts), np.int64)
        ends = np.cumsum([len(text) + 1 for text in texts])
        return np.bincount(np.searchsorted(ends, found, side="right"), minlength=len(texts))

    def whole(self, first: str, last: str) -> NDArray[np.bool_]:
        """Return whether each text begins with one kind of character and ends with another."""
        ends = self.ends
        begins = np.concatenate(([0], ends[:-1] + 1))
        starts = self.kinds[begins] == _KIND[first]
        found: NDArray[np.bool_] = starts & (self.kinds[ends - 1] == _KIND[last])
        return found

    @cached_property
    def lengths(self) -> Counts:
        """How long each text is, in UTF-16 units."""
        return np.diff(self.ends, prepend=-1) - 1

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


def page(lines: Sequence[Line]) -> Page:
    """Return lines, none of them blank, as the features see them.

    >>> from nlp.lines import split
    >>> page(split("行政许可 1,322 件\\n0\\t0")).numbers.tolist()
    [1, 2]
    """
    return Page(lines, [_beginning(line.plain) for line in lines])


def _beginning(plain: str) -> str:
    return plain if len(plain) <= SEEN else plain[: SEEN - 1] + plain[-1]
