"""Measures how long `nianbao --help` takes, beside a Python process that does nothing."""

from __future__ import annotations

from statistics import median

from benchmarks.clock import python
from benchmarks.figure import Figure, Measured


def measure(quick: bool) -> Measured:
    """Return the median wall time; the first run compiles the modules and does not count."""
    rounds = 1 if quick else 15
    python("-m", "nlp", "--help")
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        ours.append(python("-m", "nlp", "--help").wall)
        bare.append(python("-c", "pass").wall)
    return Measured(median(ours), {"bare Python, wall s": median(bare)}, f"{rounds} processes each")


FIGURE = Figure("help", "`nianbao --help`, wall time", 0.2, measure, unit="s")
