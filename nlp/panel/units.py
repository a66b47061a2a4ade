"""The units of a panel: agencies in years, with the report that counts, and the years that lack one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.collection.choosing import Choice, Standing
from nlp.collection.collection import Collection

COUNTED, UNDECIDED, NONE = "counted", "undecided", "none"
"""What a unit has: a report that counts, several of which none does, or no report."""
STATES = (COUNTED, UNDECIDED, NONE)
NO_REPORT = -1


@dataclass(frozen=True)
class Units:
    """Agencies in years, by agency and year.

    `agencies` are places in `Choice.agencies`; `reports` those in the collection, NO_REPORT for none;
    `states` is COUNTED, UNDECIDED or NONE.
    """

    agencies: NDArray[np.intp]
    years: NDArray[np.intp]
    reports: NDArray[np.intp]
    states: list[str]

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.states)


def units(collection: Collection, choice: Choice, years: range | None, balanced: bool) -> Units:
    """Return the units of a collection, in the order of codes, names and years.

    `years` are those that are wanted, None for all. `balanced`: every agency has all years from the first to
    the last that any has, or all that are wanted.
    """
    states = dict.fromkeys(choice.report_of, COUNTED)
    for report in np.flatnonzero(choice.standing == Standing.UNDECIDED).tolist():
        states[int(choice.agency_of[report]), int(collection.years[report])] = UNDECIDED
    if years is not None:
        states = {place: state for place, state in states.items() if place[1] in years}
    if balanced and states:
        present = [year for _, year in states]
        every_year = years if years is not None else range(min(present), max(present) + 1)
        for agency in {agency for agency, _ in states}:
            for year in every_year:
                states.setdefault((agency, year), NONE)

    def order(place: tuple[int, int]) -> tuple[str, str, int]:
        agency = choice.agencies[place[0]]
        return agency.code or "~", agency.name, place[1]

    places = sorted(states, key=order)
    reports = [choice.report_of.get(place, NO_REPORT) for place in places]
    return Units(
        np.array([agency for agency, _ in places], dtype=np.intp),
        np.array([year for _, year in places], dtype=np.intp),
        np.array(reports, dtype=np.intp),
        [states[place] for place in places],
    )
