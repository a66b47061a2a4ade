"""Groups agencies by place, kind or level, with what arrived and what became of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from nlp.collection.agency import AgencyOf
from nlp.overview.figures import cells
from nlp.overview.gathering import Gathered
from nlp.overview.words import known
from nlp.panel.rates import Rate, rated, rates

Indices = NDArray[np.intp]
LEVELS_OF_PLACE = ("province", "city", "county")


class Share(Struct, frozen=True):
    """A rate over a group: both sides are sums over the `reports` that know both."""

    id: str
    numerator: float
    denominator: float
    reports: int


class Group(Struct, frozen=True):
    """A group of agencies: its reports, what arrived, and its rates.

    `arrived` is over `arrived_in` reports, the others have no known number. `by_year` is None in a year
    without any.
    """

    name: str | None
    agencies: int
    reports: int
    arrived: float
    arrived_in: int
    by_year: list[float | None]
    shares: list[Share]


def level_of_place(gathered: Gathered) -> str | None:
    """Return the largest kind of place by which the agencies differ; None where there is none."""
    agencies = [gathered.choice.agencies[agency] for agency in set(gathered.agencies.tolist())]
    for level in LEVELS_OF_PLACE:
        if len({getattr(agency, level) for agency in agencies} - {None}) > 1:
            return level
    return None


def grouped(gathered: Gathered, name: Callable[[AgencyOf], str | None]) -> list[Group]:
    """Return the groups of agencies of one name, those to which most arrived first, the unnamed last."""
    names = [name(agency) for agency in gathered.choice.agencies]
    ordered = list(dict.fromkeys(names))
    place = {name: n for n, name in enumerate(ordered)}
    places = np.array([place[name] for name in names], dtype=np.intp)
    of_report = places[gathered.agencies]
    arrived = _arrived(gathered)
    shares = [rate for rate in rates() if rate.id in known("group_rates")]
    sides = [(rate, *_sides(gathered, rate)) for rate in shares]
    groups: list[Group] = []
    order = np.argsort(of_report, kind="stable")
    starts = np.searchsorted(of_report[order], np.arange(len(ordered) + 1))
    for n, group_name in enumerate(ordered):
        members = order[starts[n] : starts[n + 1]]
        if len(members):
            groups.append(_group(gathered, group_name, members, arrived, sides))
    return sorted(groups, key=lambda group: (group.name is None, -group.arrived, group.name or ""))


def _group(
    gathered: Gathered,
    name: str | None,
    members: Indices,
    arrived: NDArray[np.float64],
    sides: list[tuple[Rate, NDArray[np.float64], NDArray[np.float64]]],
) -> Group:
    ours = arrived[members]
    is_known = ~np.isnan(ours)
    years = gathered.year_places[members][is_known]
    counts = np.bincount(years, minlength=len(gathered.years))
    sums = np.bincount(years, weights=ours[is_known], minlength=len(gathered.years))
    by_year = [float(amount) if count else None for amount, count in zip(sums, counts, strict=True)]
    shares: list[Share] = []
    for rate, numerator, denominator in sides:
        over, under = numerator[members], denominator[members]
        both = ~np.isnan(over) & ~np.isnan(under)
        shares.append(Share(rate.id, float(over[both].sum()), float(under[both].sum()), int(both.sum())))
    return Group(
        name,
        len(set(gathered.agencies[members].tolist())),
        len(members),
        float(ours[is_known].sum()),
        int(is_known.sum()),
        by_year,
        shares,
    )


def _arrived(gathered: Gathered) -> NDArray[np.float64]:
    columns = cells(known("arrived_cell"))
    amounts: NDArray[np.float64] = gathered.completed.values[:, columns][gathered.reports].sum(axis=1)
    return amounts


def _sides(gathered: Gathered, rate: Rate) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = rated(rate, gathered.completed)
    return found.numerator[gathered.reports], found.denominator[gathered.reports]
