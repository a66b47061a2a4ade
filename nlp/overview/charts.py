"""Draws charts as SVG without script: stacked columns, bars, small columns by year."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from nlp.overview.words import count
from nlp.showing.markup import Markup, element

_WIDTH, _HEIGHT = 460, 270
_LEFT, _TOP, _RIGHT, _BOTTOM = 68, 22, 8, 42
"""The margins between the edges of a chart and its axes, in pixels."""
_MOST_TICKS = 5
_WIDEST = 64
"""The most pixels that a column is wide."""
_SPARK_WIDTH, _SPARK_HEIGHT = 11, 22
"""A column of a small chart in pixels, its gap included, and its height."""


class Series(Struct, frozen=True):
    """One colour of a chart: its name and its values from left to right; `tone` is its CSS class."""

    name: str
    values: Sequence[float]
    tone: str


def columns(
    title: str,
    description: str,
    labels: Sequence[str],
    notes: Sequence[str],
    series: Sequence[Series],
    shares: bool = False,
) -> Markup:
    """Return stacked columns, one a label, with a note below each label.

    With `shares` every column is as high, and the axis is in percent.
    """
    totals = [sum(one.values[n] for one in series) for n in range(len(labels))]
    ticks = [0, 0.25, 0.5, 0.75, 1] if shares else _ticks(max(totals, default=0))
    top = ticks[-1] or 1
    parts = [*_grid(ticks, top, shares)]
    step = (_WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    width = min(_WIDEST, step * 0.72)
    for n, label in enumerate(labels):
        middle = _LEFT + step * (n + 0.5)
        whole = totals[n] if shares else 1
        parts += _column(label, [(one, one.values[n]) for one in series], middle, width, top * (whole or 1))
        if totals[n] and not shares:
            y = _y(totals[n] / top) - 5
            parts.append(element("text", count(totals[n]), x=round(middle, 1), y=y, class_="value"))
        parts.append(_tick(label, middle, _HEIGHT - _BOTTOM + 17))
        if step > 34:
            parts.append(_tick(notes[n], middle, _HEIGHT - _BOTTOM + 33, "note"))
    return _svg(title, description, parts)


def bar(share: float, tone: str = "s0") -> Markup:
    """Return a bar for a cell of a table, filled up to a share, 0 to 1."""
    filled = element("rect", x=0, y=0, width=round(100 * min(1.0, share), 2), height=8, class_=tone)
    room = element("rect", x=0, y=0, width=100, height=8, class_="room")
    return element(
        "svg",
        room,
        filled,
        class_="bar",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def spark(labels: Sequence[str], values: Sequence[float | None]) -> Markup:
    """Return small columns, one a label; a value that is not known is a dot."""
    highest = max((value for value in values if value is not None), default=0) or 1
    parts: list[Markup] = []
    told: list[str] = []
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        x = n * _SPARK_WIDTH
        if value is None:
            parts.append(element("circle", cx=x + 4.5, cy=_SPARK_HEIGHT - 2, r=1.4, class_="none"))
            continue
        height = max(1.0, round(value / highest * _SPARK_HEIGHT, 1))
        told.append(f"{label}: {count(value)}")
        title = element("title", told[-1])
        parts.append(
            element("rect", title, x=x, y=_SPARK_HEIGHT - height, width=9, height=height, class_="s0")
        )
    width = _SPARK_WIDTH * len(values)
    return element(
        "svg",
        *parts,
        class_="spark",
        viewBox=f"0 0 {width} {_SPARK_HEIGHT}",
        width=width,
        height=_SPARK_HEIGHT,
        role="img",
        aria_label="; ".join(told),
    )


def legend(series: Sequence[Series]) -> Markup:
    """Return what each colour stands for."""
    keys = [element("span", element("i", class_=one.tone), one.name) for one in series]
    return element("p", *keys, class_="legend")


def _svg(title: str, description: str, parts: Sequence[Markup]) -> Markup:
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *parts,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        class_="chart",
        aria_label=f"{title}. {description}",
    )


def _grid(ticks: Sequence[float], top: float, shares: bool) -> list[Markup]:
    parts: list[Markup] = []
    for tick in ticks:
        y = _y(tick / top)
        shown = f"{tick:.0%}" if shares else count(tick)
        parts.append(element("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="rule"))
        parts.append(element("text", shown, x=_LEFT - 7, y=y + 4, class_="tick end"))
    return parts


def _column(
    label: str, values: Sequence[tuple[Series, float]], middle: float, width: float, top: float
) -> list[Markup]:
    """Return the pieces of a column, the first series at the bottom."""
    parts: list[Markup] = []
    below = 0.0
    for one, value in values:
        if value <= 0:
            continue
        high, low = _y((below + value) / top), _y(below / top)
        title = element("title", f"{label} {one.name}: {count(value)}")
        parts.append(
            element(
                "rect",
                title,
                x=round(middle - width / 2, 1),
                y=high,
                width=round(width, 1),
                height=round(low - high, 1),
                class_=f"piece {one.tone}",
            )
        )
        below += value
    return parts


def _tick(text: str, x: float, y: float, class_: str = "tick") -> Markup:
    return element("text", text, x=round(x, 1), y=y, class_=f"{class_} middle")


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _ticks(highest: float) -> list[float]:
    """Return round numbers from 0 to at least the highest value.

    >>> _ticks(17), _ticks(0)
    ([0, 5, 10, 15, 20], [0, 1])
    """
    if highest <= 0:
        return [0, 1]
    rough = highest / _MOST_TICKS
    scale = 10 ** math.floor(math.log10(rough)) if rough >= 1 else 1
    step = next(
        (scale * n for n in (1, 2, 2.5, 5, 10) if scale * n >= rough and (scale * n) % 1 == 0), scale * 10
    )
    return [int(step * n) for n in range(math.ceil(highest / step) + 1)]
