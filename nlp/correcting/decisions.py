"""Tells which corrections count: the last of each field of each report, unless it was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from nlp.correcting.fields import LISTS, parsed
from nlp.record.corrections import Correction

OfReport = dict[str, Correction]
"""The corrections of one report that count, by their fields."""
Decisions = dict[str, OfReport]
"""The corrections that count, by report and field."""


def decisions(corrections: Iterable[Correction]) -> Decisions:
    """Return the corrections that count, of those of a file in their order.

    The last one of a field counts; where that withdraws it, none does. A decision on a whole list of items
    was made in sight of those on single items before it, which count no more.

    >>> id = "0123456789abcdef"
    >>> first = Correction(id=id, field="year", read=2021, value=2022)
    >>> decisions([first])[id]["year"].value
    2022
    >>> decisions([first, Correction(id=id, field="year", state="withdrawn")])
    {}
    """
    by_report: Decisions = {}
    in_order = list(corrections)
    replaced = _before_their_lists(in_order)
    for n, correction in enumerate(in_order):
        of_report = by_report.setdefault(correction.id, {})
        of_report.pop(correction.field, None)
        if correction.state != "withdrawn" and n not in replaced:
            of_report[correction.field] = correction
    return {id: of_report for id, of_report in by_report.items() if of_report}


def undoing(corrections: Sequence[Correction], last: Correction, by: str, at: str) -> Correction:
    """Return the line that takes a correction back.

    It is the one of its field before it once more, or a withdrawal; `corrections` are those before `last`,
    in their order.

    >>> id = "0123456789abcdef"
    >>> first = Correction(id=id, field="year", value=2022)
    >>> second = Correction(id=id, field="year", value=2023)
    >>> undoing([first], second, "Li", "").value, undoing([], first, "Li", "").state
    (2022, 'withdrawn')
    """
    for before in reversed(corrections):
        if (before.id, before.field) == (last.id, last.field):
            return replace(before, by=by, at=at)
    return Correction(id=last.id, field=last.field, state="withdrawn", by=by, at=at)


def news(before: Iterable[Correction], made: Iterable[Correction]) -> list[Correction]:
    """Return the corrections among `made` that do not say what those `before` say already, in their order.

    Who made them, when and why is not compared: a workbook that is imported twice adds nothing.

    >>> first = Correction(id="0123456789abcdef", field="year", value=2022, at="1")
    >>> news([first], [replace(first, at="2")]), len(news([], [first]))
    ([], 1)
    """
    counting = decisions(before)
    return [new for new in made if not _says_the_same(counting.get(new.id, {}).get(new.field), new)]


def _says_the_same(before: Correction | None, new: Correction) -> bool:
    if before is None:
        return new.state == "withdrawn"
    return (before.read, before.value, before.state) == (new.read, new.value, new.state)


def _before_their_lists(corrections: list[Correction]) -> set[int]:
    """Return the places of corrections of items that stand before the one of their whole list that counts."""
    place_of_list: dict[tuple[str, str], int] = {}
    for n, correction in enumerate(corrections):
        if correction.field in LISTS:
            place_of_list.pop((correction.id, correction.field), None)
            if correction.state in ("corrected", "confirmed"):
                place_of_list[correction.id, correction.field] = n
    if not place_of_list:
        return set()
    replaced: set[int] = set()
    for n, correction in enumerate(corrections):
        field = parsed(correction.field)
        if field.kind == "item" and n < place_of_list.get((correction.id, field.name), 0):
            replaced.add(n)
    return replaced
