"""Figures in words: rounded so that nothing looks better than it is."""

from __future__ import annotations

from training.scoring.bootstrap import Interval
from training.scoring.metrics import Share

NOTHING = "–"


def figure(value: float | None) -> str:
    """Return a figure with three decimals; what is not perfect, or not nothing, shall not look so.

    >>> figure(0.99996), figure(0.00001), figure(1.0), figure(None)
    ('0.999', '0.001', '1.000', '–')
    """
    if value is None:
        return NOTHING
    text = f"{value:.3f}"
    if text == "1.000" and value < 1:
        return "0.999"
    return "0.001" if text == "0.000" and value > 0 else text


def count_of(share: Share) -> str:
    """Return how many of how many.

    >>> count_of(Share(1234, 5000, 0.2468))
    '1,234/5,000'
    """
    return f"{share.count:,}/{share.of:,}" if share.of else NOTHING


def between(interval: Interval | None) -> str:
    """Return an interval.

    >>> between((0.9, 1.0))
    '0.900–1.000'
    """
    return NOTHING if interval is None else f"{figure(interval[0])}–{figure(interval[1])}"


def said(value: float | None, state: str) -> str:
    """Return what a cell claims: its number, or its state.

    >>> said(12, "printed"), said(None, "blank"), said(53.6318, "printed")
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
    return "0" if value == 0 else f"{value:+.3f}" if abs(value) >= 0.0005 else f"{value:+.1e}"
