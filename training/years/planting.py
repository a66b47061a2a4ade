"""Faults in the numbers of agencies: each function breaks one sum and leaves every other whole."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from random import Random

from training.generator.figures import Numbers, with_totals
from training.years.yearly import carry_over, form_of, total_of_requests

Yearly = dict[int, Numbers]
"""The numbers of an agency by year."""
Cells = list[tuple[int, str]]
"""The cells, each a year and an id, that have to be printed for a fault to be seen."""

_ENOUGH = 12
"""Tables with so many different numbers are not equal by chance."""


def carried_over(told: Yearly, year: int, rng: Random) -> Cells:
    """Carry over another number than last year's report carries forward, in one column."""
    form = form_of(year)
    forward = dict(told[year - 1]["requests"]["carried_forward"])
    column = rng.choice(form.table("requests").parts[:2])
    forward[column] = _another(int(forward[column]), rng)
    carry_over(form, told[year], forward)
    return [(year, f"requests.carried_over.{column}"), (year - 1, f"requests.carried_forward.{column}")]


def in_force(told: Yearly, year: int, rng: Random) -> Cells:
    """Have other documents in force than last year's, those issued and those repealed come to."""
    cells = told[year]["disclosure"]["normative_documents"]
    cells["in_force"] = _another(int(cells["in_force"]), rng)
    for later in range(year + 1, max(told) + 1):
        had = told[later - 1]["disclosure"]["normative_documents"]["in_force"]
        cells = told[later]["disclosure"]["normative_documents"]
        cells["repealed"] = min(cells["repealed"], had)
        cells["in_force"] = had + cells["issued"] - cells["repealed"]
    row = "disclosure.normative_documents"
    return [
        (year - 1, f"{row}.in_force"),
        *((year, f"{row}.{column}") for column in ("in_force", "issued", "repealed")),
    ]


def previous_items(told: Yearly, year: int, rng: Random) -> Cells:
    """Have other items last year than last year's report and its change come to (form of 2019)."""
    rows = [row for row, cells in told[year]["disclosure"].items() if "previous_items" in cells]
    row = rng.choice(rows)
    cells = told[year]["disclosure"][row]
    cells["previous_items"] = _another(int(cells["previous_items"]), rng)
    name = f"disclosure.{row}"
    return [
        (year - 1, f"{name}.previous_items"),
        (year - 1, f"{name}.change"),
        (year, f"{name}.previous_items"),
    ]


def another_years_data(told: Yearly, year: int, rng: Random) -> Cells:
    """Print last year's tables again; [] where these hold too little."""
    rows = [cells for table in told[year - 1].values() for cells in table.values()]
    different = {value for cells in rows for value in cells.values()}
    if len(different) < _ENOUGH or form_of(year) != form_of(year - 1):
        return []
    told[year] = deepcopy(told[year - 1])
    return [(year, "")]


def parts_of_whole(told: Yearly, year: int, rng: Random) -> Cells:
    """Let the government's report come to more than those of its offices."""
    table = form_of(year).table("requests")
    requests = told[year]["requests"]
    more = rng.choice([1, 2, 3, 7, 10])
    for row in ("new_received", "granted", table.total_row or ""):
        parts = {column: requests[row][column] for column in table.parts}
        parts["natural_person"] += more
        requests[row] = with_totals(table, parts)
    return [(year, f"requests.{row}.natural_person") for row in ("new_received", "granted")]


def broken_sum(told: Yearly, year: int, rng: Random) -> Cells:
    """Print a wrong total in one row of the table of requests."""
    row = rng.choice(["new_received", "granted"])
    cells = told[year]["requests"][row]
    total = total_of_requests(year)
    cells[total] = _another(int(cells[total]), rng)
    return [(year, f"requests.{row}.{column}") for column in cells]


Plant = Callable[[Yearly, int, Random], Cells]
IN_NUMBERS: dict[str, Plant] = {
    "carried_over": carried_over,
    "in_force": in_force,
    "previous_items": previous_items,
    "another_years_data": another_years_data,
    "broken_sum": broken_sum,
}
"""What breaks the numbers of an agency, by the kind of the finding."""


def _another(number: int, rng: Random) -> int:
    """Return another whole number, near or far."""
    candidates = [0, number + 1, number + 2, number - 1, number + 10, number * 2]
    return rng.choice([other for other in candidates if other >= 0 and other != number])
