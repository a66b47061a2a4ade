"""The agency of a record: which one it is, whatever its name looks like on the page."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

Place = tuple[str | None, str | None, str | None]
"""A province, a city and a county, None for what there is not, or cannot be told."""

NOWHERE: Place = (None, None, None)
"""The place of which nothing can be told."""

Level = Literal["state", "province", "city", "county", "township"]
"""Of which level of government an agency is."""


class AgencyCandidate(Struct, frozen=True):
    """One of the agencies that a name may mean."""

    name: str
    """Its canonical name."""
    code: str
    """The code of its place."""


class Agency(Struct, frozen=True):
    """The agency that a report is by; every field is None where it cannot be told.

    An agency has the same `name` in every year and spelling. What a report prints is in `organization`.
    """

    name: str | None = None
    """Its canonical name: with its place, in simplified characters, nothing shortened."""
    place: Place = NOWHERE
    """Its province, city and county."""
    code: str | None = None
    """The code of its place by GB/T 2260; of a place that was renamed or merged that which follows it."""
    kind: str | None = None
    """What it is for, such as `education`: an id of data/agencies.toml."""
    level: Level | None = None
    """Of which level of government it is."""
    candidates: list[AgencyCandidate] | UnsetType = UNSET
    """The agencies that it may be, where the name fits several; unset otherwise."""
