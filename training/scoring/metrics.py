"""Computes shares, precision, recall and F1, each kept with the counts that it was made from."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Share(Struct, frozen=True):
    """A share of `count` out of `of`; `share` is None if `of` is 0."""

    count: int
    of: int
    share: float | None


class Found(Struct, frozen=True):
    """Counts of things right, predicted and in gold, with the figures; None where the denominator is 0."""

    right: int
    predicted: int
    gold: int
    precision: float | None
    recall: float | None
    f1: float | None


def share(count: int, of: int) -> Share:
    """Return `count` out of `of` as a Share.

    >>> share(3, 4).share, share(0, 0).share
    (0.75, None)
    """
    return Share(count, of, _ratio(count, of))


def share_of(outcomes: Iterable[bool]) -> Share:
    """Return the share of outcomes that are true."""
    all_outcomes = list(outcomes)
    return share(sum(all_outcomes), len(all_outcomes))


def found(right: int, predicted: int, gold: int) -> Found:
    """Return precision, recall and F1, their harmonic mean.

    >>> found(2, 2, 4)
    Found(right=2, predicted=2, gold=4, precision=1.0, recall=0.5, f1=0.6666666666666666)
    """
    return Found(
        right,
        predicted,
        gold,
        _ratio(right, predicted),
        _ratio(right, gold),
        _ratio(2 * right, predicted + gold),
    )


def all_found(parts: Iterable[Found | None]) -> Found | None:
    """Return the figures of all documents together; None if no document was scored."""
    scored = [part for part in parts if part is not None]
    if not scored:
        return None
    return found(
        sum(part.right for part in scored),
        sum(part.predicted for part in scored),
        sum(part.gold for part in scored),
    )


def all_shares(parts: Iterable[Share | None]) -> Share | None:
    """Return the share over all documents together; None if no document was scored."""
    scored = [part for part in parts if part is not None]
    if not scored:
        return None
    return share(sum(part.count for part in scored), sum(part.of for part in scored))


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
