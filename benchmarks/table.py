"""Prints figures: a line for a terminal, the page docs/speed.md for readers."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.figure import Figure, Measured
from benchmarks.figures import FIGURES
from benchmarks.machine import machine, versions
from benchmarks.million import million

_OPENING = """\
# How fast it is

[中文](speed.zh.md)

Each figure is a ratio to something that ran beside it, on the same machine in the same minutes, so that it
means the same on yours. The documents are generated reports, no two alike. `python -m benchmarks` measures
all of it again and writes this page; [benchmarks/README.md](../benchmarks/README.md) says how.

| figure | measured | target | |
|---|---|---|---|
"""


def line(figure: Figure, measured: Measured) -> str:
    """Return a figure as one line for a terminal."""
    return f"{figure.name:16} {_value(figure, measured):>8}  {figure.aim:9} {_verdict(figure, measured)}"


def page(found: Mapping[str, Measured], day: str) -> str:
    """Return the page on figures that were measured on a day."""
    rows = "".join(_row(FIGURES[name], one) for name, one in found.items())
    details = "".join(_details(FIGURES[name], one) for name, one in found.items())
    software = ", ".join(f"{name} {version}" for name, version in versions().items())
    measured = f"Measured {day}: {machine()}; {software}."
    made = f"## What the figures are made of\n{details}"
    return "\n".join(filter(None, (f"{_OPENING}{rows}", f"{measured}\n", million(found), made)))


def _row(figure: Figure, measured: Measured) -> str:
    cells = (figure.what, _value(figure, measured), figure.aim, _verdict(figure, measured))
    return f"| {' | '.join(cells)} |\n"


def _details(figure: Figure, measured: Measured) -> str:
    parts = "".join(f"- {name}: {number:.3g}\n" for name, number in measured.parts.items())
    return f"\n**{figure.name}** ({measured.note})\n\n{parts}"


def _value(figure: Figure, measured: Measured) -> str:
    if measured.value is None:
        return "not measured"
    return f"{measured.value:.2f}{figure.unit and ' ' + figure.unit}"


def _verdict(figure: Figure, measured: Measured) -> str:
    if measured.value is None:
        return measured.note
    return "met" if figure.met(measured.value) else "**not met**"
