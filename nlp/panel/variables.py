"""The variables of a panel: every cell of the form and every rate, over its units or over groups of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nlp.collection.collection import Collection
from nlp.collection.deriving import Completed
from nlp.collection.states import ABSENT, STATES
from nlp.form.form import for_year
from nlp.panel.rates import ZERO_DENOMINATOR, Rated, rated, rates
from nlp.panel.units import NO_REPORT, Units
from nlp.writers.tables import REPORTS, Column, named

Numbers = NDArray[np.float64]
Which = Literal["all", "rates", "cells"]
NO_REPORT_STATE = ZERO_DENOMINATOR + 1
ALL_STATES = (*STATES, "zero_denominator", "no_report")
"""The states of variables by their numbers."""


@dataclass(frozen=True)
class Variable:
    """A variable: its values over the units, NaN for none.

    `states` says how each is known; None for sums of groups, whose `agencies` says how many are in them.
    `numerator` and `denominator` are those of a rate, None for a cell. `note` says what it is.
    """

    id: str
    zh: str
    note: str
    is_whole: bool
    values: Numbers
    states: NDArray[np.uint8] | None
    agencies: Numbers | None
    numerator: Numbers | None = None
    denominator: Numbers | None = None

    @property
    def column(self) -> str:
        """Its name as a column: `requests__total__total`."""
        return self.id.replace(".", "__")


def of_units(collection: Collection, completed: Completed, units: Units, which: Which) -> list[Variable]:
    """Return the variables over the units; a cell that the form of no unit has is left out."""
    reports = units.reports
    found: list[Variable] = []
    if which != "cells":
        for rate in rates():
            of_all = rated(rate, completed)
            found.append(
                Variable(
                    rate.id,
                    rate.zh,
                    rate.note,
                    False,
                    _taken(of_all.values, reports),
                    _states(of_all.states, reports),
                    None,
                    _taken(of_all.numerator, reports),
                    _taken(of_all.denominator, reports),
                )
            )
    if which != "rates":
        found += _cells(collection, completed, units)
    return found


def of_groups(
    collection: Collection, completed: Completed, groups: NDArray[np.intp], units: Units, which: Which
) -> list[Variable]:
    """Return the variables over groups: sums of what is known, and rates of such sums.

    `groups` has the place of the group of each unit; groups are numbered from 0, without gaps. A rate is that
    of the sums of both sides over the units that know both.
    """
    has_report = units.reports != NO_REPORT
    groups, reports = groups[has_report], units.reports[has_report]
    order = np.argsort(groups, kind="stable")
    reports, starts = reports[order], np.searchsorted(groups[order], np.arange(groups.max() + 1))
    found: list[Variable] = []
    if which != "cells":
        for rate in rates():
            of_all = rated(rate, completed)
            numerator, denominator = of_all.numerator[reports], of_all.denominator[reports]
            known = ~np.isnan(numerator) & ~np.isnan(denominator)
            sums = Rated(
                _sums(np.where(known, numerator, np.nan), starts),
                _sums(np.where(known, denominator, np.nan), starts),
                of_all.states,
            )
            agencies = np.add.reduceat(known.astype(float), starts)
            found.append(
                Variable(
                    rate.id,
                    rate.zh,
                    rate.note,
                    False,
                    sums.values,
                    None,
                    agencies,
                    sums.numerator,
                    sums.denominator,
                )
            )
    if which != "rates":
        for place, column in _columns(collection):
            values = completed.values[reports, place]
            if (completed.states[reports, place] == ABSENT).all():
                continue
            agencies = np.add.reduceat((~np.isnan(values)).astype(float), starts)
            total = _sums(values, starts)
            found.append(
                Variable(_id(column), column.zh, "", column.type == "integer", total, None, agencies)
            )
    return found


def _cells(collection: Collection, completed: Completed, units: Units) -> Iterator[Variable]:
    reports, years = units.reports, units.years
    for place, column in _columns(collection):
        states = _states(completed.states[:, place], reports)
        states[(reports == NO_REPORT) & ~np.isin(years, _years_of(column, set(years.tolist())))] = ABSENT
        if np.isin(states, (ABSENT, NO_REPORT_STATE)).all():
            continue
        values = _taken(completed.values[:, place], reports)
        yield Variable(_id(column), column.zh, "", column.type == "integer", values, states, None)


def _columns(collection: Collection) -> Iterator[tuple[int, Column]]:
    for column in named(REPORTS).columns:
        if column.cell is not None:
            yield collection.place[column.cell], column


def _years_of(column: Column, years: set[int]) -> list[int]:
    """Return those of some years whose form has a cell."""
    forms = {year: for_year(year) for year in years}
    return [year for year, form in forms.items() if form is not None and form.edition in column.forms]


def _id(column: Column) -> str:
    return column.cell or column.id


def _taken(values: Numbers, reports: NDArray[np.intp]) -> Numbers:
    return np.where(reports == NO_REPORT, np.nan, values[reports]) if len(values) else np.empty(0)


def _states(states: NDArray[np.uint8], reports: NDArray[np.intp]) -> NDArray[np.uint8]:
    if not len(states):
        return np.empty(0, dtype=np.uint8)
    return np.where(reports == NO_REPORT, NO_REPORT_STATE, states[reports]).astype(np.uint8)


def _sums(values: Numbers, starts: NDArray[np.intp]) -> Numbers:
    """Return the sum of what is known in each group; NaN where nothing is."""
    known = ~np.isnan(values)
    totals = np.add.reduceat(np.where(known, values, 0.0), starts)
    return np.where(np.add.reduceat(known.astype(float), starts) > 0, totals, np.nan)
