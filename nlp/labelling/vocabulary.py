"""The words and pairs of words that the model knows, and how much each weighs in a line (TF-IDF)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import repeat

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.text.lines import Line
from nlp.text.words import CELL, NEW_LINE, words

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

HEAD, TAIL = 32, 8
"""Of a longer line only its first and last characters are cut into words: what a line costs is bounded."""

UNKNOWN = 0
"""The number of every word that the vocabulary does not hold."""

_NEW_LINE = -1


class Vocabulary(Struct, frozen=True, dict=True):
    """Words by number, from 1; pairs of words as `first * (len(words) + 1) + second`, ascending.

    A word's column is its number, column 0 counts the unknown ones, and the columns of the pairs follow.
    `idf` holds a weight for each column: ln((1 + n) / (1 + df)) + 1 over n training lines, as in
    scikit-learn's TfidfTransformer.
    """

    words: tuple[str, ...]
    pairs: Numbers
    idf: Weights

    @cached_property
    def _number(self) -> dict[str, int]:
        number = {word: at for at, word in enumerate(self.words, 1)}
        return {**number, NEW_LINE: _NEW_LINE}

    @property
    def size(self) -> int:
        """How many columns there are."""
        return 1 + len(self.words) + len(self.pairs)

    def numbers(self, tokens: Sequence[str]) -> Numbers:
        """Return the number of each word; -1 for a line feed."""
        return np.fromiter(map(self._number.get, tokens, repeat(UNKNOWN)), np.int64, len(tokens))

    def weigh(self, numbers: Numbers) -> WordRows:
        """Return the TF-IDF of numbered words that line feeds part into rows.

        Sublinear: a word that a line holds k times counts 1 + ln k; rows have a length of one.
        """
        rows, columns = self._occurrences(numbers)
        cells = rows * self.size + columns
        cells.sort()
        firsts = _firsts(cells)
        counts = np.empty(len(firsts))
        counts[:-1], counts[-1:] = firsts[1:] - firsts[:-1], len(cells) - firsts[-1:]
        rows, columns = np.divmod(cells[firsts], self.size)
        weights = (1 + np.log(counts)) * self.idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights))
        return WordRows(rows, columns, weights / lengths[rows])

    def _occurrences(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        held = numbers != _NEW_LINE
        rows = np.cumsum(~held)
        first, second = numbers[:-1], numbers[1:]
        both = (first > UNKNOWN) & (second > UNKNOWN)
        keys = (first * (len(self.words) + 1) + second)[both]
        at = np.searchsorted(self.pairs, keys)
        known = self.pairs[np.minimum(at, len(self.pairs) - 1)] == keys if len(self.pairs) else at < 0
        columns = np.concatenate((numbers[held], at[known] + 1 + len(self.words)))
        return np.concatenate((rows[held], rows[:-1][both][known])), columns


class WordRows(Struct, frozen=True):
    """A sparse matrix, ascending by row: `weights[i]` stands at (`rows[i]`, `columns[i]`)."""

    rows: Numbers
    columns: Numbers
    weights: Weights

    def times(self, matrix: Weights, rows: int) -> Weights:
        """Return the product with a matrix, of so many rows."""
        weighed = matrix.take(self.columns, axis=0)
        weighed *= self.weights[:, None]
        product = np.zeros((rows, matrix.shape[1]))
        if len(firsts := _firsts(self.rows)):
            product[self.rows[firsts]] = np.add.reduceat(weighed, firsts)
        return product


def _firsts(ascending: Numbers) -> Numbers:
    """Return where each number of an ascending row first stands."""
    first = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=first[1:])
    return np.flatnonzero(first)


def tokens(lines: Sequence[Line]) -> list[str]:
    """Return the words of the lines' windows, a line feed between two lines."""
    return words(NEW_LINE.join([window(line.plain) for line in lines]))


def window(plain: str) -> str:
    """Return what is cut into words: all of a line, or its first and last characters.

    >>> len(window("政" * 500))
    41
    """
    if len(plain) <= HEAD + TAIL:
        return plain
    return f"{plain[:HEAD]}{CELL}{plain[-TAIL:]}"
