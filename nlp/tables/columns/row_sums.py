"""Tells whether the numbers of a row add up to the last of them."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.record.model import Number


def total_holds(values: Sequence[Number | None]) -> bool | None:
    """Return whether the last number is the sum of those before it; None if it is blank or all are zero.

    >>> total_holds([1, None, 1]), total_holds([1, 1, 3]), total_holds([0, 0, 0])
    (True, False, None)
    """
    total = values[-1]
    if not total or not any(values[:-1]):
        return None
    return total == sum(value for value in values[:-1] if value)


def adds_up(values: Sequence[Number | None]) -> bool:
    """Return whether the last number is the sum of those before it, where a blank counts as 0.

    >>> adds_up([1, None, 1]), adds_up([0, 0, 0]), adds_up([0, 0, 1])
    (True, True, False)
    """
    return sum(value or 0 for value in values[:-1]) == values[-1]
