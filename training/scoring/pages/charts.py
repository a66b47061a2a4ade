"""Charts as SVG: lines over a square of axes, bars, a grid of shaded cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.showing.markup import Markup, element
from training.scoring.words import figure

_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 14, 16, 44
Spot = tuple[float, float]


@dataclass(frozen=True)
class Plot:
    """A square of axes: what they are called, how far they go, how large it is drawn."""

    across: str
    up: str
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    width: int = 440
    height: int = 280

    def at(self, spot: Spot) -> Spot:
        """Return where a point is drawn."""
        inner_width, inner_height = self.width - _LEFT - _RIGHT, self.height - _TOP - _BOTTOM
        right = (spot[0] - self.x[0]) / ((self.x[1] - self.x[0]) or 1)
        high = (spot[1] - self.y[0]) / ((self.y[1] - self.y[0]) or 1)
        return round(_LEFT + right * inner_width, 1), round(_TOP + (1 - high) * inner_height, 1)

    def drawn(self, *marks: Markup) -> Markup:
        """Return the chart with its axes under the marks."""
        return element(
            "svg",
            *self._grid(),
            *marks,
            element("text", self.across, x=self.width / 2, y=self.height - 6, class_="axis"),
            element(
                "text", self.up, x=-(self.height - _BOTTOM) / 2, y=13, transform="rotate(-90)", class_="axis"
            ),
            viewBox=f"0 0 {self.width} {self.height}",
            width=self.width,
            height=self.height,
            role="img",
            aria_label=f"{self.up} by {self.across}",
        )

    def _grid(self) -> list[Markup]:
        parts = []
        for step in range(6):
            x, y = (low + (high - low) * step / 5 for low, high in (self.x, self.y))
            (left, level), (place, bottom) = self.at((self.x[0], y)), self.at((x, self.y[0]))
            parts += [
                element("line", x1=left, x2=self.width - _RIGHT, y1=level, y2=level, class_="rule"),
                element("text", _tick(y, self.y), x=left - 6, y=level + 4, class_="tick end"),
                element("text", _tick(x, self.x), x=place, y=bottom + 16, class_="tick middle"),
            ]
        return parts


def _tick(value: float, ends: Spot) -> str:
    return f"{value:.2g}" if ends[1] - ends[0] >= 0.2 else f"{value:.3g}"


def steps(plot: Plot, spots: Sequence[Spot], class_: str) -> Markup:
    """Return a line through points, with a dot at each."""
    places = [plot.at(spot) for spot in spots]
    line = element("polyline", points=" ".join(f"{x},{y}" for x, y in places), class_=f"line {class_}")
    dots = [
        element("circle", element("title", f"{spot[0]:.4g}, {spot[1]:.4g}"), cx=x, cy=y, r=3, class_=class_)
        for spot, (x, y) in zip(spots, places, strict=True)
    ]
    return element("g", line, *dots)


def diagonal(plot: Plot) -> Markup:
    """Return the line on which both axes agree."""
    low, high = max(plot.x[0], plot.y[0]), min(plot.x[1], plot.y[1])
    (x1, y1), (x2, y2) = plot.at((low, low)), plot.at((high, high))
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="diagonal")


def bar(value: float | None, low: float | None = None, high: float | None = None, width: int = 120) -> Markup:
    """Return a bar for a share, with a whisker from `low` to `high`."""
    if value is None:
        return element("span", "–")
    parts = [
        element("rect", x=0, y=3, width=width, height=8, rx=2, class_="room"),
        element("rect", x=0, y=3, width=round(width * value, 1), height=8, rx=2, class_="filled"),
    ]
    if low is not None and high is not None:
        parts.append(element("line", x1=width * low, x2=width * high, y1=7, y2=7, class_="whisker"))
    shown = element(
        "svg", *parts, viewBox=f"0 0 {width} 14", width=width, height=14, role="img", aria_label=figure(value)
    )
    return element("span", shown, " ", figure(value), class_="bar")


@dataclass(frozen=True)
class Shade:
    """What a cell of a grid says, and how good that is: `whole`, `good`, `fair`, `poor`, `nothing`."""

    said: str
    tone: str


NOTHING = Shade("", "nothing")


def of_share(value: float | None) -> Shade:
    """Shade a share: the redder, the further from 1.

    >>> of_share(1.0), of_share(0.95)
    (Shade(said='1.000', tone='whole'), Shade(said='0.950', tone='fair'))
    """
    if value is None:
        return NOTHING
    tone = "whole" if value == 1 else "good" if value >= 0.98 else "fair" if value >= 0.9 else "poor"
    return Shade(figure(value), tone)


def of_count(value: int | None) -> Shade:
    """Shade a count of what should not be."""
    return NOTHING if value is None else Shade(f"{value:,}", "poor" if value else "whole")


def heat(rows: Sequence[str], columns: Sequence[str], shades: Sequence[Sequence[Shade]]) -> Markup:
    """Return a grid of shaded cells."""
    left, across, high, top = 270, 96, 22, 24
    parts = [
        element("text", name, x=left + across * n + across / 2, y=15, class_="tick middle")
        for n, name in enumerate(columns)
    ]
    for n, (name, values) in enumerate(zip(rows, shades, strict=True)):
        y = top + high * n
        parts.append(element("text", name, x=left - 8, y=y + 15, class_="tick end"))
        parts += [_shaded(value, left + across * i, y, across, high) for i, value in enumerate(values)]
    height, wide = top + high * len(rows) + 4, left + across * len(columns)
    return element("svg", *parts, viewBox=f"0 0 {wide} {height}", width=wide, height=height, role="img")


def _shaded(shade: Shade, x: float, y: float, width: float, height: float) -> Markup:
    box = element("rect", x=x + 1, y=y + 1, width=width - 2, height=height - 2, rx=3, class_=shade.tone)
    return element("g", box, element("text", shade.said, x=x + width / 2, y=y + 15, class_="tick middle"))


_LIGHT = """text { font: 11px system-ui, sans-serif; fill: #3b4654; } .middle { text-anchor: middle; }
.end { text-anchor: end; } .whole { fill: #e7f6ed; } .good { fill: #e8f1fe; } .fair { fill: #fff4dc; }
.poor { fill: #fdd7d7; } .nothing { fill: #f4f6f8; } svg { background: #fff; }"""


def standalone(chart: Markup) -> str:
    """Return a grid as a file of its own, with its colours."""
    head, _, rest = chart.partition(">")
    style = element("style", Markup(_LIGHT))
    return f'{head} xmlns="http://www.w3.org/2000/svg" style="background:#fff">{style}{rest}\n'
