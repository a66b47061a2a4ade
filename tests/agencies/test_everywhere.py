"""Names of every place of today, in full and in part, mean that place and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest

from nlp.agencies.agencies import named
from nlp.agencies.divisions import Division, above, today, town_name, towns
from nlp.agencies.evidence import Evidence
from tests.agencies.reporting import report

NOTHING = Evidence(report(None))
BODIES = ("财政局", "人民政府办公室", "市场监督管理局", "城市管理局", "乡村振兴局", "税务局", "区划办")


def whole(place: Division) -> str:
    return "".join(parent.name for parent in reversed(above(place))) + place.name


def mistaken(places: Iterable[Division], bodies: Iterable[str]) -> list[str]:
    """Return the names that mean another place, or none in full, or that two agencies share."""
    wrong = []
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        for body in bodies:
            for printed in (whole(place) + body, place.name + body):
                agency = named(printed, 2022, NOTHING)
                is_whole = printed.startswith(whole(place))
                if (agency.name is None and is_whole) or agency.code not in (None, place.code):
                    wrong.append(printed)
                if agency.name is not None:
                    owners[agency.name].add(place.code + body)
    return wrong + [name for name, of in owners.items() if len(of) > 1]


def test_some_places_are_told_by_their_names() -> None:
    assert mistaken(list(today().values())[::7], BODIES[:3]) == []


@pytest.mark.full
def test_every_place_is_told_by_its_name() -> None:
    assert mistaken(today().values(), BODIES) == []


@pytest.mark.full
def test_every_town_has_one_name() -> None:
    wrong = []
    for town, codes in towns().items():
        office = "办事处" if town.endswith("街道") else "人民政府"
        for place in (today()[code] for code in codes if code in today()):
            printed = (whole(place) + town, whole(place) + town_name(town) + office)
            names = {named(one, 2022, NOTHING).name for one in printed} - {None}
            if len(names) != 1:
                wrong.append(f"{place.code} {town}")
    assert wrong == []
