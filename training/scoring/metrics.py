"""Shares, precision, recall: figures that keep the counts they were made from."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Share(Struct, frozen=True):
    """`count` of `of`; the share is None where there is nothing to share."""

    count: int
    of: int
    share: float | None


class Found(Struct, frozen=True):
    """What was predicted against what there is; a figure is None where its denominator is 0."""

    right: int
    predicted: int
    gold: int
    precision: float | None
    recall: float | None
    f1: float | None


def share(count: int, of: int) -> Share:
    """Return a share.

    >>> share(3, 4).share, share(0, 0).share
    (0.75, None)
    """
    return Share(count, of, _ratio(count, of))


def share_of(outcomes: Iterable[bool]) -> Share:
    """Return the share of what is true."""
    known = list(outcomes)
    return share(sum(known), len(known))


def found(right: int, predicted: int, gold: int) -> Found:
    """Return precision, recall and their harmonic mean.

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
    """Return the sum over documents; None where no document was scored."""
    scored = [part for part in parts if part is not None]
    if not scored:
        return None
    return found(
        sum(part.right for part in scored),
        sum(part.predicted for part in scored),
        sum(part.gold for part in scored),
    )


def all_shares(parts: Iterable[Share | None]) -> Share | None:
    """Return the sum over documents; None where no document was scored."""
    scored = [part for part in parts if part is not None]
    return share(sum(part.count for part in scored), sum(part.of for part in scored)) if scored else None


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
