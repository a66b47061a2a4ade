"""Joins what is one agency: the same name and code, or the same name where no two codes go by it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.collection.agency import AgencyOf


class Joined(Struct, frozen=True):
    """The agencies of a collection, each once, and for each entry of its table which one it is.

    `of` has a place in `agencies`, or None for a name that agencies of several codes go by.
    """

    agencies: list[AgencyOf]
    of: list[int | None]


def joined(table: Sequence[AgencyOf]) -> Joined:
    """Return the agencies of a table, entries of one agency joined; the entry that tells most stands for it.

    >>> table = [AgencyOf("甲县气象局", code="610523"), AgencyOf("甲县气象局"), AgencyOf("乙县气象局")]
    >>> joined(table).of
    [0, 0, 1]
    >>> joined([*table, AgencyOf("甲县气象局", code="370101")]).of
    [0, None, 1, 2]
    """
    codes: dict[str, set[str]] = {}
    for entry in table:
        known = codes.setdefault(entry.name, set())
        if entry.code is not None:
            known.add(entry.code)
    agencies: list[AgencyOf] = []
    places: dict[tuple[str, str | None], int] = {}
    of: list[int | None] = []
    for entry in table:
        known = codes[entry.name]
        code = entry.code or (next(iter(known)) if len(known) == 1 else None)
        if code is None and len(known) > 1:
            of.append(None)
            continue
        place = places.setdefault((entry.name, code), len(agencies))
        of.append(place)
        if place == len(agencies):
            agencies.append(entry)
        elif _told(entry) > _told(agencies[place]):
            agencies[place] = entry
    return Joined(agencies, of)


def _told(agency: AgencyOf) -> int:
    facts = (*agency.place, agency.code, agency.kind, agency.level)
    return sum(fact is not None for fact in facts)
