"""Adds up cells of the form over reports: a total and its parts by year, over how many reports."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.collection.states import ABSENT, DERIVED
from nlp.overview.gathering import Gathered
from nlp.writers.tables import form_cells

Numbers = NDArray[np.float64]
UNTOLD = "untold"
"""The id of the part of a total that no known part makes up."""


class Part(Struct, frozen=True):
    """A part of a total: its id, its sum in each year."""

    id: str
    values: list[float]


class Stack(Struct, frozen=True):
    """A total by year in parts.

    `counted` reports of `reports` print the total (or it follows from the form's sums: `derived` of them);
    an empty total is not counted as 0. `apart` counts reports whose own parts come to more than the total: of
    these only the total is counted.
    """

    id: str
    years: list[int]
    parts: list[Part]
    totals: list[float]
    counted: list[int]
    reports: list[int]
    derived: int
    apart: int

    @property
    def total(self) -> float:
        """The sum over all years."""
        return sum(self.totals)


def stack(gathered: Gathered, told: dict[str, Any]) -> Stack:
    """Return a total and its parts by year, as data/overview.toml tells them.

    Where a report prints the total but not all of its parts, the rest is a part of its own, UNTOLD; all of it
    where its parts contradict it. So the parts come to the total.
    """
    values, states = gathered.completed.values, gathered.completed.states
    reports = gathered.reports
    total_cells = cells(told["whole"])
    total = values[:, total_cells][reports].sum(axis=1)
    known = ~np.isnan(total)
    places, rows = gathered.year_places[known], reports[known]
    amounts = [np.nan_to_num(_part(values[rows], states[rows], part)) for part in told["parts"]]
    rest = total[known] - sum(amounts)
    is_apart = rest < 0
    parts = [
        Part(part["id"], _by_year(gathered, places, np.where(is_apart, 0, ours)))
        for part, ours in zip(told["parts"], amounts, strict=True)
    ]
    untold = np.where(is_apart, total[known], rest)
    if untold.any():
        parts.append(Part(UNTOLD, _by_year(gathered, places, untold)))
    is_derived = (states[:, total_cells][rows] == DERIVED).any(axis=1)
    return Stack(
        told["id"],
        gathered.years,
        parts,
        _by_year(gathered, places, total[known]),
        np.bincount(places, minlength=len(gathered.years)).tolist(),
        gathered.by_year(),
        int(is_derived.sum()),
        int(is_apart.sum()),
    )


def cells(patterns: str | list[str]) -> list[int]:
    """Return the columns of a collection whose cells match a pattern, or one of several.

    >>> len(cells("requests.denied_*.total"))
    8
    """
    wanted = [patterns] if isinstance(patterns, str) else patterns
    found: list[int] = []
    for pattern in wanted:
        found += [n for n, cell in enumerate(form_cells()) if fnmatchcase(cell, pattern)]
    return found


def sums_by_year(gathered: Gathered, cell: int) -> tuple[list[float], list[int]]:
    """Return the sum of a cell in each year, and how many reports are in it."""
    amounts = gathered.completed.values[gathered.reports, cell]
    known = ~np.isnan(amounts)
    places = gathered.year_places[known]
    counted = np.bincount(places, minlength=len(gathered.years)).tolist()
    return _by_year(gathered, places, amounts[known]), counted


def _part(values: Numbers, states: NDArray[np.uint8], part: dict[str, Any]) -> Numbers:
    """Return a part in each report; NaN where a cell of it is not known.

    A cell that the form of a report lacks is left out. `or` is the row that may be printed in their place.
    """
    columns = cells(part["cells"])
    ours = np.where(states[:, columns] == ABSENT, 0.0, values[:, columns])
    amounts: Numbers = ours.sum(axis=1)
    if "or" not in part:
        return amounts
    instead = values[:, cells(part["or"])].sum(axis=1)
    return np.where(np.isnan(instead), amounts, instead)


def _by_year(gathered: Gathered, places: NDArray[np.intp], amounts: Numbers) -> list[float]:
    sums: list[float] = np.bincount(places, weights=amounts, minlength=len(gathered.years)).tolist()
    return sums
