"""Settles which of the problems that 针对…的问题 names are listed elsewhere already."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.narrative.items.listing import Entry
from nlp.narrative.wording import expression

_ALIKE = 0.6
_SAME = 0.9


def settled(entries: Sequence[Entry], text: str) -> list[Entry]:
    """Return the entries, with each problem that is named once more given up for the one it names.

    Where a text lists its problems, one that is only named with its measure and cannot be found among
    them is taken for one of them in other words, and answers none.
    """
    listed = [at for at, entry in enumerate(entries) if entry.zone == "problems" and not entry.named]
    named = [at for at, entry in enumerate(entries) if entry.zone == "problems" and entry.named]
    if not named:
        return list(entries)
    known = {at: _pairs(text, entries[at]) for at in (*listed, *named)}
    meant: dict[int, int | None] = {}
    for place, at in enumerate(named):
        earlier = [other for other in named[:place] if meant.get(other, other) == other]
        same = next((other for other in listed if _alike(known[at], known[other], _ALIKE)), None)
        if same is None:
            same = next((other for other in earlier if _alike(known[other], known[at], _SAME)), None)
        meant[at] = same if same is not None else (at if len(listed) < len(named) else None)
    return [_settle(at, entry, meant) for at, entry in enumerate(entries)]


def _settle(at: int, entry: Entry, meant: dict[int, int | None]) -> Entry:
    if meant.get(at, at) != at:
        return replace(entry, zone="other")
    answers = (meant.get(problem, problem) for problem in entry.answers)
    return replace(entry, answers=tuple(dict.fromkeys(place for place in answers if place is not None)))


def _pairs(text: str, entry: Entry) -> frozenset[str]:
    words = expression("items", "unlike").sub("", text[entry.start : entry.end])
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _alike(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    """Tell whether one problem shares so much of the pairs of its characters, or of the other's."""
    least = max(len(one), len(other)) if share == _SAME else min(len(one), len(other))
    return len(one & other) >= share * max(least, 1)
