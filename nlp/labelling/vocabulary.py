"""The vocabulary of the line model: words and pairs of neighbouring words, with their TF-IDF weights."""

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
"""In characters: only so many first and last ones of a longer line are cut into words."""

UNKNOWN = 0
"""The number of every word that the vocabulary does not hold."""

_NEW_LINE = -1
"""The number of a line feed, which separates the words of two lines."""


class Vocabulary(Struct, frozen=True, dict=True):
    """Words, pairs of neighbouring words, and the weight of each.

    - `words`: word i has the number i + 1; number 0 stands for every other word.
    - `pairs`: each pair of words as `first * (len(words) + 1) + second`, ascending.
    - `idf`: a weight for each column: ln((1 + n) / (1 + df)) + 1 over n training lines of which df hold it,
      as in scikit-learn's TfidfTransformer.

    A word's column is its number; the columns of the pairs follow, in their order.
    """

    words: tuple[str, ...]
    pairs: Numbers
    idf: Weights

    @cached_property
    def _number_of(self) -> dict[str, int]:
        numbers = {word: number for number, word in enumerate(self.words, 1)}
        numbers[NEW_LINE] = _NEW_LINE
        return numbers

    @property
    def size(self) -> int:
        """The number of columns."""
        return 1 + len(self.words) + len(self.pairs)

    def numbers(self, tokens: Sequence[str]) -> Numbers:
        """Return the number of each word; -1 for a line feed."""
        return np.fromiter(map(self._number_of.get, tokens, repeat(UNKNOWN)), np.int64, len(tokens))

    def weigh(self, numbers: Numbers) -> WordRows:
        """Return the TF-IDF rows of numbered words, which line feeds (-1) separate into lines.

        Term frequency is sublinear: a word that a line holds k times counts 1 + ln k. Rows have length 1.
        """
        rows, columns = self._occurrences(numbers)
        cells = rows * self.size + columns
        cells.sort()
        firsts = _firsts(cells)
        counts = np.empty(len(firsts))
        counts[:-1] = firsts[1:] - firsts[:-1]
        counts[-1:] = len(cells) - firsts[-1:]
        rows, columns = np.divmod(cells[firsts], self.size)
        weights = (1 + np.log(counts)) * self.idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights))
        return WordRows(rows, columns, weights / lengths[rows])

    def _occurrences(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the row and the column of every word and every known pair of words, repetitions included."""
        is_word = numbers != _NEW_LINE
        rows = np.cumsum(~is_word)
        first, second = numbers[:-1], numbers[1:]
        both_known = (first > UNKNOWN) & (second > UNKNOWN)
        keys = (first * (len(self.words) + 1) + second)[both_known]
        positions, is_pair = self._find_pairs(keys)
        pair_rows = rows[:-1][both_known][is_pair]
        pair_columns = positions[is_pair] + 1 + len(self.words)
        columns = np.concatenate((numbers[is_word], pair_columns))
        return np.concatenate((rows[is_word], pair_rows)), columns

    def _find_pairs(self, keys: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return where each key stands, or would stand, in `pairs`, and whether it is there."""
        positions = np.searchsorted(self.pairs, keys)
        if not len(self.pairs):
            return positions, np.zeros(len(keys), np.bool_)
        return positions, self.pairs[np.minimum(positions, len(self.pairs) - 1)] == keys


class WordRows(Struct, frozen=True):
    """A sparse matrix, its cells in ascending order: `weights[i]` stands at (`rows[i]`, `columns[i]`)."""

    rows: Numbers
    columns: Numbers
    weights: Weights

    def times(self, matrix: Weights, rows: int) -> Weights:
        """Return the product [rows, n] with a dense matrix [columns, n]; rows without cells are 0."""
        weighted = matrix.take(self.columns, axis=0)
        weighted *= self.weights[:, None]
        product = np.zeros((rows, matrix.shape[1]))
        firsts = _firsts(self.rows)
        if len(firsts):
            product[self.rows[firsts]] = np.add.reduceat(weighted, firsts)
        return product


def _firsts(ascending: Numbers) -> Numbers:
    """Return the position at which each different number of an ascending array first occurs."""
    is_first = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def tokens(lines: Sequence[Line]) -> list[str]:
    """Return the words of the lines, in one list, with a line feed between two lines."""
    return words(NEW_LINE.join([window(line.plain) for line in lines]))


def window(plain: str) -> str:
    """Return what is cut into words of a line: all of it, or the beginning and the end of a long one.

    This bounds what a line costs.

    >>> len(window("政" * 500))
    41
    """
    if len(plain) <= HEAD + TAIL:
        return plain
    return f"{plain[:HEAD]}{CELL}{plain[-TAIL:]}"
