"""Rates over cells of the form: numerator, denominator, and how both are known."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.collection.deriving import Completed
from nlp.collection.states import CODES, DERIVED, PRINTED, STATES
from nlp.resources import knowledge
from nlp.writers.tables import form_cells

ZERO_DENOMINATOR = len(STATES)
"""The state of a rate whose denominator is 0."""
_UNKNOWN = [CODES[state] for state in ("ambiguous", "missing", "blank", "absent")]
"""The states that a rate takes over from a cell that is not known, the first that is met."""
_DECIDED = [CODES[state] for state in ("corrected", "confirmed")]


class Rate(Struct, frozen=True):
    """A rate: the columns of a collection that are added up on both sides."""

    id: str
    zh: str
    note: str
    numerator: tuple[int, ...]
    denominator: tuple[int, ...]


class Rated(Struct, frozen=True):
    """A rate of many reports; NaN where it, or a side of it, is not known. `states` says how it is known."""

    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    states: NDArray[np.uint8]

    @property
    def values(self) -> NDArray[np.float64]:
        """The rates, 0 to 1 where the form's sums hold."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rates = self.numerator / self.denominator
        return np.where(self.denominator == 0, np.nan, rates)


@cache
def rates() -> tuple[Rate, ...]:
    """Return every rate, in the order of the file.

    >>> rates()[0].zh, len(rates()[3].numerator)
    ('予以公开率', 8)
    """
    return tuple(
        Rate(
            told["id"],
            told["zh"],
            told["note"],
            _columns(told["numerator"]),
            _columns(told["denominator"]),
        )
        for told in knowledge("rates")["rate"]
    )


def rated(rate: Rate, completed: Completed) -> Rated:
    """Return a rate of the reports of a collection.

    It is not known where one of its cells is not: an empty cell is never taken for 0. It is `derived` where
    one of them is, else `corrected` or `confirmed` where one is, else `printed`; where it is not known its
    state is that of such a cell, or ZERO_DENOMINATOR.
    """
    cells = list(dict.fromkeys(rate.numerator + rate.denominator))
    numerator = completed.values[:, list(rate.numerator)].sum(axis=1)
    denominator = completed.values[:, list(rate.denominator)].sum(axis=1)
    cell_states = completed.states[:, cells]
    states = np.full(len(numerator), PRINTED, dtype=np.uint8)
    for state in (*reversed(_DECIDED), DERIVED):
        states[(cell_states == state).any(axis=1)] = state
    states[denominator == 0] = ZERO_DENOMINATOR
    unknown = np.isnan(completed.values[:, cells])
    for state in reversed(_UNKNOWN):
        states[((cell_states == state) & unknown).any(axis=1)] = state
    return Rated(numerator, denominator, states)


def _columns(patterns: list[str]) -> tuple[int, ...]:
    columns: list[int] = []
    for pattern in patterns:
        columns += [n for n, cell in enumerate(form_cells()) if fnmatchcase(cell, pattern)]
    return tuple(columns)
