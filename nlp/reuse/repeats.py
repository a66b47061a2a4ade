"""Finds problems and measures that stand twice: in one report, or in those of two years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.passages import Item


def repeated_within(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield each item of a report that says word for word what one before it says, with the first of these.

    Items that were taken from the same characters are one item that was read twice, no repetition.
    """
    first_of: dict[str, Item] = {}
    for item in items:
        if len(item.folded) < shortest():
            continue
        first = first_of.setdefault(item.folded, item)
        if first is not item and not _overlap(first.span, item.span):
            yield first, item


def repeated_over_years(last: Sequence[Item], this: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Yield each item of this year that last year's report has under the same name, with that one.

    Years and the agency's own names may differ. Measures that report on last year are left out.
    """
    before: dict[tuple[str, str], Item] = {}
    for item in last:
        before.setdefault((_kind(item), item.exact), item)
    for item in this:
        if len(item.normal) < shortest() or item.of_last_year:
            continue
        same = before.get((_kind(item), item.exact))
        if same is not None and not same.of_last_year:
            yield same, item


def shortest() -> int:
    """Return how many characters an item needs to be told as repeated."""
    return knowledge("reuse")["thresholds"]["item"]  # type: ignore[no-any-return]


def _kind(item: Item) -> str:
    return item.place.partition(".")[0]


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]
