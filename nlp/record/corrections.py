"""What a person decided about a report: a line of a file of corrections, and its trace in a record."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

CorrectionState = Literal["corrected", "confirmed", "missing", "withdrawn", "disputed"]
"""What a correction says of its field.

- `corrected`: the page has `value`; null for a cell is a blank one.
- `confirmed`: the page has what was `read`.
- `missing`: the page does not have this cell, item or section.
- `withdrawn`: earlier corrections of the field no longer count.
- `disputed`: two people decided differently; what they decided is in `value`, and none of it counts.
"""


class Correction(Struct, frozen=True, kw_only=True):
    """One decision about one field of a report, as a line of a file of corrections holds it."""

    id: str
    """The id of the report."""
    field: str
    """What it is about, such as `tables.requests.total.natural_person`, `year` or `problems`."""
    read: Any = UNSET
    """What was read when it was made; unset where the person did not say: then it is never stale."""
    value: Any = UNSET
    """What the page has; unset where `state` says it all."""
    state: CorrectionState = "corrected"
    """What kind of decision it is."""
    by: str = ""
    """Who made it."""
    at: str = ""
    """When, as in `2026-03-01T09:30:00Z`."""
    note: str = ""
    """Why, in the person's words."""


class Decision(Struct, frozen=True, kw_only=True):
    """A correction that a record took in: who decided what about which field, and when."""

    field: str
    """What it is about."""
    state: CorrectionState
    """What kind of decision it is."""
    by: str = ""
    """Who made it."""
    at: str = ""
    """When."""
    note: str = ""
    """Why, in the person's words."""
    stale: bool | UnsetType = UNSET
    """True where it was made of another reading than this one; unset otherwise."""
