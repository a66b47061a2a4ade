"""A table held as columns, handed out in pieces to writers of rows and of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.writers.tables import Row, Table, Value

ROWS_AT_A_TIME = 50_000


@dataclass(frozen=True)
class Coded:
    """Values of a column of which many are equal: places in `words`, -1 where there is none."""

    codes: NDArray[np.int64]
    words: Sequence[Value]

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.codes)


Values = NDArray[np.float64] | Coded
"""The values of a column: numbers, NaN for none, or coded ones."""


def coded(values: Sequence[Value]) -> Coded:
    """Return values that can be hashed as coded ones.

    >>> coded(["a", None, "a"]).codes.tolist()
    [0, -1, 0]
    """
    places: dict[Value, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return Coded(np.array(codes, dtype=np.int64), list(places))


def taken(values: Values, places: NDArray[np.intp]) -> Values:
    """Return the values at some places; none for the place -1."""
    if isinstance(values, Coded):
        codes = np.append(values.codes, -1)
        return Coded(codes[places], values.words)
    return np.append(values, np.nan)[places]


def listed(values: Values, is_whole: bool) -> list[Value]:
    """Return values as a list, None for none; with `is_whole`, whole numbers as integers.

    >>> listed(np.array([1.0, np.nan, 2.5]), True)
    [1, None, 2.5]
    """
    if isinstance(values, Coded):
        words = values.words
        return [None if code < 0 else words[code] for code in values.codes.tolist()]
    numbers: list[float] = values.tolist()
    if is_whole:
        return [
            None if number != number else int(number) if number.is_integer() else number for number in numbers
        ]
    return [None if number != number else number for number in numbers]


@dataclass(frozen=True)
class Frame:
    """A table whose columns are made a piece at a time: `make` returns those of the units of a slice.

    A unit, an agency in a year, has `rows_a_unit` rows at most.
    """

    table: Table
    units: int
    make: Callable[[slice], list[Values]]
    rows_a_unit: int = 1

    def pieces(self) -> Iterator[list[Values]]:
        """Yield the columns, some units at a time."""
        step = max(1, ROWS_AT_A_TIME // self.rows_a_unit)
        for start in range(0, self.units, step):
            yield self.make(slice(start, min(start + step, self.units)))

    def rows(self) -> Iterator[list[Row]]:
        """Yield the rows, some at a time."""
        whole = [column.type == "integer" for column in self.table.columns]
        for piece in self.pieces():
            columns = [listed(values, is_whole) for values, is_whole in zip(piece, whole, strict=True)]
            yield list(zip(*columns, strict=True))
