"""Formats figures for people, rounded so that nothing looks better than it is."""

from __future__ import annotations

from training.scoring.bootstrap import Interval
from training.scoring.metrics import Share

NOTHING = "–"
"""What is shown for a figure that was not measured."""

_SMALLEST_DECIMAL = 0.0005
"""Smaller differences would be rounded to 0.000, and are shown with an exponent."""


def figure(value: float | None) -> str:
    """Return a figure with three decimals; only a 1 is shown as 1.000 and only a 0 as 0.000.

    >>> figure(0.99996), figure(0.00001), figure(1.0), figure(None)
    ('0.999', '0.001', '1.000', '–')
    """
    if value is None:
        return NOTHING
    text = f"{value:.3f}"
    if text == "1.000" and value < 1:
        return "0.999"
    if text == "0.000" and value > 0:
        return "0.001"
    return text


def count_of(share: Share) -> str:
    """Return the count and the total of a share.

    >>> count_of(Share(1234, 5000, 0.2468))
    '1,234/5,000'
    """
    return f"{share.count:,}/{share.of:,}" if share.of else NOTHING


def between(interval: Interval | None) -> str:
    """Return the ends of an interval.

    >>> between((0.9, 1.0))
    '0.900–1.000'
    """
    return NOTHING if interval is None else f"{figure(interval[0])}–{figure(interval[1])}"


def value_or_state(value: float | None, state: str) -> str:
    """Return the value of a cell, or its state if it has no value.

    >>> value_or_state(12, "printed"), value_or_state(None, "blank"), value_or_state(53.6318, "printed")
    ('12', 'blank', '53.6318')
    """
    return state if value is None else str(value)


def signed(value: float | None) -> str:
    """Return a difference with its sign.

    >>> signed(0.0123), signed(-0.5), signed(0.0)
    ('+0.012', '-0.500', '0')
    """
    if value is None:
        return NOTHING
    if value == 0:
        return "0"
    if abs(value) < _SMALLEST_DECIMAL:
        return f"{value:+.1e}"
    return f"{value:+.3f}"


def signed_between(interval: Interval | None) -> str:
    """Return the ends of the interval of a difference.

    >>> signed_between((-0.01, 0.0))
    '-0.010 … 0'
    """
    if interval is None:
        return NOTHING
    low, high = interval
    return f"{signed(low)} … {signed(high)}"
