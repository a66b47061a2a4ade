"""How long a user waits for `nianbao --help`, beside a Python that does nothing."""

from __future__ import annotations

from statistics import median

from benchmarks.clock import python
from benchmarks.figure import Figure, Measured


def measure(quick: bool) -> Measured:
    """Return the median wall time; the first run compiles the modules and does not count."""
    rounds = 1 if quick else 15
    python("-m", "nlp", "--help")
    waits = [(python("-m", "nlp", "--help").wall, python("-c", "pass").wall) for _ in range(rounds)]
    ours, bare = (median(column) for column in zip(*waits, strict=True))
    return Measured(ours, {"bare Python, wall s": bare}, f"{rounds} processes each")


FIGURE = Figure("help", "`nianbao --help`, wall time", 0.2, measure, unit="s")
