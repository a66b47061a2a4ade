"""The numbers of an agency over years: each carries over what the year before carried forward."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from random import Random

from nlp.form.form import Form, for_year
from training.generator.figures import Numbers, long_tailed, numbers, with_totals

_PREVIOUS, _CHANGE = "previous_items", "change"


def form_of(year: int) -> Form:
    """Return the form of a year's report."""
    form = for_year(year)
    assert form is not None
    return form


def total_of_requests(year: int) -> str:
    """Return the column of all applicants."""
    return form_of(year).table("requests").total or ""


def over_years(years: Iterable[int], scale: float, rng: Random) -> dict[int, Numbers]:
    """Return the numbers of each year; sums of the form and sums between years hold.

    >>> told = over_years([2022, 2023], 2.0, Random("a"))
    >>> forward = told[2022]["requests"]["carried_forward"]
    >>> forward == told[2023]["requests"]["carried_over"]
    True
    """
    told: dict[int, Numbers] = {}
    last: Numbers | None = None
    quiet = rng.random() < 0.25
    for year in years:
        form = form_of(year)
        drawn = _drawn(form, rng, min(scale, 0.1) if quiet else scale)
        told[year] = continued(form, drawn, last, rng)
        last = told[year]
    return told


def _drawn(form: Form, rng: Random, scale: float) -> Numbers:
    """Return the numbers of a year with every row of the form and no other, so that they can be added up."""
    optional = {row.id for row in form.table("requests").rows if row.optional}
    while True:
        drawn = numbers(form, rng, scale)
        if "regulations" in drawn["disclosure"] and not optional & drawn["requests"].keys():
            return drawn


def continued(form: Form, drawn: Numbers, last: Numbers | None, rng: Random) -> Numbers:
    """Return a year's numbers, going on from the year before."""
    told = deepcopy(drawn)
    _documents(told, last, rng)
    if last is not None:
        carry_over(form, told, last["requests"]["carried_forward"])
    return told


def carry_over(form: Form, told: Numbers, forward: dict[str, int | float]) -> None:
    """Put what was carried forward where it is carried over; what arrived anew gives way, or is granted."""
    table = form.table("requests")
    requests = told["requests"]
    for column in table.parts:
        new = requests["new_received"][column] + requests["carried_over"][column] - forward[column]
        requests["carried_over"][column] = forward[column]
        requests["new_received"][column] = max(new, 0)
        more = max(-new, 0)
        requests["granted"][column] += more
        requests[table.total_row or ""][column] += more
    for row in ("new_received", "carried_over", "granted", table.total_row or ""):
        requests[row] = with_totals(table, {column: requests[row][column] for column in table.parts})


def _documents(told: Numbers, last: Numbers | None, rng: Random) -> None:
    """Make documents in force, and items of the older form, go on from the year before."""
    for row, cells in told["disclosure"].items():
        before = (last or {}).get("disclosure", {}).get(row, {})
        if "in_force" in cells:
            had = before.get("in_force", cells["in_force"])
            cells["issued"] = 0 if rng.random() < 0.4 else long_tailed(rng, 12)
            cells["repealed"] = min(had, 0 if rng.random() < 0.6 else long_tailed(rng, 8))
            cells["in_force"] = had + cells["issued"] - cells["repealed"] if before else had
        if _PREVIOUS in cells:
            if _PREVIOUS in before:
                cells[_PREVIOUS] = before[_PREVIOUS] + before[_CHANGE]
            cells[_CHANGE] = max(cells[_CHANGE], -cells[_PREVIOUS])


def together(parts: list[Numbers]) -> Numbers:
    """Return the sum of the numbers of several agencies, cell by cell.

    >>> together([{"t": {"r": {"c": 1}}}, {"t": {"r": {"c": 0.25}}}])
    {'t': {'r': {'c': 1.25}}}
    """
    whole: Numbers = {}
    for part in parts:
        for table, rows in part.items():
            for row, cells in rows.items():
                kept = whole.setdefault(table, {}).setdefault(row, {})
                for column, value in cells.items():
                    kept[column] = _plain(kept.get(column, 0) + value)
    return whole


def _plain(value: int | float) -> int | float:
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
