"""Draws charts as SVG: lines over axes, bars, and grids of shaded cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.showing.markup import Markup, element
from training.scoring.words import NOTHING as NOT_MEASURED
from training.scoring.words import figure

_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 14, 16, 44
"""The margins between the edges of a chart and its axes, in pixels."""

_GRID_STEPS = 5

Spot = tuple[float, float]
"""A point (x, y), in the units of the axes or, where it is drawn, in pixels."""


@dataclass(frozen=True)
class Plot:
    """A pair of axes: their titles, their ranges, and the size of the chart in pixels."""

    across: str
    up: str
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    width: int = 440
    height: int = 280

    def at(self, spot: Spot) -> Spot:
        """Return the pixel at which a point is drawn."""
        inner_width, inner_height = self.width - _LEFT - _RIGHT, self.height - _TOP - _BOTTOM
        x, y = _fraction(spot[0], self.x), _fraction(spot[1], self.y)
        return round(_LEFT + x * inner_width, 1), round(_TOP + (1 - y) * inner_height, 1)

    def drawn(self, *marks: Markup) -> Markup:
        """Return the chart: the axes with their grid, and the marks over them."""
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
        """Return horizontal rules with their ticks, and the ticks of the x axis."""
        parts: list[Markup] = []
        (low_x, high_x), (low_y, high_y) = self.x, self.y
        for step in range(_GRID_STEPS + 1):
            x = low_x + (high_x - low_x) * step / _GRID_STEPS
            y = low_y + (high_y - low_y) * step / _GRID_STEPS
            left, rule_y = self.at((low_x, y))
            tick_x, bottom = self.at((x, low_y))
            parts += [
                element("line", x1=left, x2=self.width - _RIGHT, y1=rule_y, y2=rule_y, class_="rule"),
                element("text", _tick(y, self.y), x=left - 6, y=rule_y + 4, class_="tick end"),
                element("text", _tick(x, self.x), x=tick_x, y=bottom + 16, class_="tick middle"),
            ]
        return parts


def _fraction(value: float, ends: tuple[float, float]) -> float:
    """Return how far along an axis a value is, 0 at its start and 1 at its end."""
    low, high = ends
    return (value - low) / ((high - low) or 1)


def _tick(value: float, ends: tuple[float, float]) -> str:
    low, high = ends
    return f"{value:.2g}" if high - low >= 0.2 else f"{value:.3g}"


def steps(plot: Plot, spots: Sequence[Spot], class_: str) -> Markup:
    """Return a line through points, with a dot at each that shows its values on hovering."""
    pixels = [plot.at(spot) for spot in spots]
    line = element("polyline", points=" ".join(f"{x},{y}" for x, y in pixels), class_=f"line {class_}")
    dots: list[Markup] = []
    for (x, y), (pixel_x, pixel_y) in zip(spots, pixels, strict=True):
        title = element("title", f"{x:.4g}, {y:.4g}")
        dots.append(element("circle", title, cx=pixel_x, cy=pixel_y, r=3, class_=class_))
    return element("g", line, *dots)


def diagonal(plot: Plot) -> Markup:
    """Return the line on which x equals y."""
    low, high = max(plot.x[0], plot.y[0]), min(plot.x[1], plot.y[1])
    (x1, y1), (x2, y2) = plot.at((low, low)), plot.at((high, high))
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="diagonal")


def bar(value: float | None, low: float | None = None, high: float | None = None, width: int = 120) -> Markup:
    """Return a bar of `width` pixels for a share, with its value, and a whisker from `low` to `high`."""
    if value is None:
        return element("span", NOT_MEASURED)
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
    """The text of a cell in a grid, and the CSS class of its colour.

    `tone` is `whole`, `good`, `fair` or `poor`, from the best to the worst, or `nothing`.
    """

    text: str
    tone: str


NOTHING = Shade("", "nothing")
"""The shade of a cell without a value."""


def of_share(value: float | None) -> Shade:
    """Return the shade of a share, worse the further it is from 1.

    >>> of_share(1.0), of_share(0.95)
    (Shade(text='1.000', tone='whole'), Shade(text='0.950', tone='fair'))
    """
    if value is None:
        return NOTHING
    if value == 1:
        tone = "whole"
    elif value >= 0.98:
        tone = "good"
    elif value >= 0.9:
        tone = "fair"
    else:
        tone = "poor"
    return Shade(figure(value), tone)


def of_count(value: int | None) -> Shade:
    """Return the shade of a count of faults, `whole` only for 0."""
    if value is None:
        return NOTHING
    return Shade(f"{value:,}", "poor" if value else "whole")


def heat(rows: Sequence[str], columns: Sequence[str], shades: Sequence[Sequence[Shade]]) -> Markup:
    """Return a grid of shaded cells `shades[row][column]`, with the names of its rows and columns."""
    names_width, cell_width, cell_height, head_height = 270, 96, 22, 24
    parts: list[Markup] = []
    for number, name in enumerate(columns):
        middle = names_width + cell_width * number + cell_width / 2
        parts.append(element("text", name, x=middle, y=15, class_="tick middle"))
    for row_number, (name, row) in enumerate(zip(rows, shades, strict=True)):
        y = head_height + cell_height * row_number
        parts.append(element("text", name, x=names_width - 8, y=y + 15, class_="tick end"))
        for column_number, shade in enumerate(row):
            x = names_width + cell_width * column_number
            parts.append(_shaded_cell(shade, x, y, cell_width, cell_height))
    width = names_width + cell_width * len(columns)
    height = head_height + cell_height * len(rows) + 4
    return element("svg", *parts, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")


def _shaded_cell(shade: Shade, x: float, y: float, width: float, height: float) -> Markup:
    background = element(
        "rect", x=x + 1, y=y + 1, width=width - 2, height=height - 2, rx=3, class_=shade.tone
    )
    text = element("text", shade.text, x=x + width / 2, y=y + 15, class_="tick middle")
    return element("g", background, text)


_LIGHT = """text { font: 11px system-ui, sans-serif; fill: #3b4654; } .middle { text-anchor: middle; }
.end { text-anchor: end; } .whole { fill: #e7f6ed; } .good { fill: #e8f1fe; } .fair { fill: #fff4dc; }
.poor { fill: #fdd7d7; } .nothing { fill: #f4f6f8; } svg { background: #fff; }
.rule { stroke: #e3e8ee; } .axis { text-anchor: middle; } .line { fill: none; stroke-width: 1.5; }
polyline.one { stroke: #2563c9; } circle.one { fill: #2563c9; } polyline.two { stroke: #c2610c; }
circle.two { fill: #c2610c; } polyline.three { stroke: #1d8a4b; } circle.three { fill: #1d8a4b; }"""


def standalone(chart: Markup) -> str:
    """Return a grid as the content of an SVG file, with the colours that a page has in its style sheet."""
    head, _, rest = chart.partition(">")
    style = element("style", Markup(_LIGHT))
    return f'{head} xmlns="http://www.w3.org/2000/svg" style="background:#fff">{style}{rest}\n'
