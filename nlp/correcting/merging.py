"""Merges the corrections of several people; where they disagree no one's counts until a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET, json

from nlp.correcting.decisions import Decisions, decisions
from nlp.correcting.fields import LISTS, parsed
from nlp.record.corrections import Correction

_SHOWN = 80
"""How many characters of a value are shown."""


class Conflict(NamedTuple):
    """A field of a report that two files decide differently, and the correction that counts in each."""

    id: str
    field: str
    ours: Correction
    theirs: Correction


class Merged(NamedTuple):
    """Every correction of both files in the order of time, and the conflicts between them.

    Behind the corrections stands one of state `disputed` for each conflict: a later one settles it.
    """

    corrections: list[Correction]
    conflicts: list[Conflict]


def merged(ours: Sequence[Correction], theirs: Sequence[Correction]) -> Merged:
    """Return the corrections of two files as one.

    Corrections that stand in both, as where one file began as a copy of the other, are kept once.

    >>> id = "0123456789abcdef"
    >>> both = merged([Correction(id=id, field="year", value=2022, by="Li")],
    ...               [Correction(id=id, field="year", value=2023, by="Wu")])
    >>> both.conflicts[0].field, both.corrections[-1].state, len(both.corrections)
    ('year', 'disputed', 3)
    >>> both.corrections[-1].value[1]
    {'by': 'Wu', 'state': 'corrected', 'value': 2023}
    """
    shared = _shared(ours, theirs)
    only_ours, only_theirs = ours[shared:], theirs[shared:]
    only_theirs = [correction for correction in only_theirs if correction not in only_ours]
    conflicts = [
        *_conflicts(only_ours, only_theirs, decisions(ours), decisions(theirs)),
        *_conflicts_of_lists(only_ours, only_theirs),
    ]
    later = sorted([*only_ours, *only_theirs], key=lambda correction: correction.at)
    disputed = [_disputed(conflict) for conflict in conflicts]
    return Merged([*ours[:shared], *later, *disputed], conflicts)


def in_words(correction: Correction) -> str:
    """Return what a correction decides, as a person reads it.

    >>> in_words(Correction(id="0123456789abcdef", field="year", value=2022, by="Li", at="2026-03-01"))
    'corrected 2022 (Li, 2026-03-01)'
    """
    value = correction.read if correction.state == "confirmed" else correction.value
    shown = "" if value is UNSET else f" {json.encode(value).decode()[:_SHOWN]}"
    who = ", ".join(part for part in (correction.by, correction.at) if part)
    return f"{correction.state}{shown}" + (f" ({who})" if who else "")


def _shared(ours: Sequence[Correction], theirs: Sequence[Correction]) -> int:
    """Return with how many equal corrections both files begin."""
    shared = 0
    for our, their in zip(ours, theirs, strict=False):
        if our != their:
            break
        shared += 1
    return shared


def _conflicts(
    only_ours: Sequence[Correction],
    only_theirs: Sequence[Correction],
    our_decisions: Decisions,
    their_decisions: Decisions,
) -> list[Conflict]:
    """Return the fields that both sides decided since they parted, and not to the same end."""
    last_of_ours = {(correction.id, correction.field): correction for correction in only_ours}
    last_of_theirs = {(correction.id, correction.field): correction for correction in only_theirs}
    conflicts: list[Conflict] = []
    for place, our in last_of_ours.items():
        their = last_of_theirs.get(place)
        if their is None:
            continue
        id, field = place
        our_last = our_decisions.get(id, {}).get(field, our)
        their_last = their_decisions.get(id, {}).get(field, their)
        if _meaning(our_last) != _meaning(their_last):
            conflicts.append(Conflict(id, field, our_last, their_last))
    return conflicts


def _conflicts_of_lists(
    only_ours: Sequence[Correction], only_theirs: Sequence[Correction]
) -> Iterator[Conflict]:
    """Yield the lists of items that one side decides as a whole, the other item by item."""
    our_lists, their_lists = _of_lists(only_ours), _of_lists(only_theirs)
    our_items, their_items = _of_items(only_ours), _of_items(only_theirs)
    for (id, field), our in our_lists.items():
        if (id, field) in their_items and (id, field) not in their_lists:
            yield Conflict(id, field, our, their_items[id, field])
    for (id, field), their in their_lists.items():
        if (id, field) in our_items and (id, field) not in our_lists:
            yield Conflict(id, field, our_items[id, field], their)


def _of_lists(corrections: Sequence[Correction]) -> dict[tuple[str, str], Correction]:
    """Return the last correction of each whole list of a report."""
    of_lists = (correction for correction in corrections if correction.field in LISTS)
    return {(correction.id, correction.field): correction for correction in of_lists}


def _of_items(corrections: Sequence[Correction]) -> dict[tuple[str, str], Correction]:
    """Return the last correction of an item of each list of a report."""
    items: dict[tuple[str, str], Correction] = {}
    for correction in corrections:
        field = parsed(correction.field)
        if field.kind == "item":
            items[correction.id, field.name] = correction
    return items


def _meaning(correction: Correction) -> tuple[str, Any]:
    """Return what a correction decides, whoever made it; a confirmation decides what was read."""
    if correction.state == "confirmed":
        read = correction.read
        return "corrected", read.get("value") if isinstance(read, dict) and "state" in read else read
    return correction.state, None if correction.value is UNSET else correction.value


def _disputed(conflict: Conflict) -> Correction:
    sides = [conflict.ours, conflict.theirs]
    at = max(side.at for side in sides)
    read = conflict.ours.read if conflict.ours.read == conflict.theirs.read else UNSET
    value = [_side(side) for side in sides]
    return Correction(id=conflict.id, field=conflict.field, read=read, value=value, state="disputed", at=at)


def _side(correction: Correction) -> dict[str, Any]:
    value = {} if correction.value is UNSET else {"value": correction.value}
    return {"by": correction.by, "state": correction.state, **value}
