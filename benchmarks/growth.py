"""Measures how the time for a document grows with its length, for each kind of growth."""

from __future__ import annotations

from math import log
from statistics import linear_regression, median

from benchmarks.cold_reading import ColdReading
from benchmarks.documents import files
from benchmarks.figure import Figure, Measured
from benchmarks.grown_documents import KINDS


def measure(quick: bool) -> Measured:
    """Return the highest exponent of all kinds of growth: the slope of log time over log length."""
    sizes, rounds = ((1, 2, 3), 1) if quick else ((8, 16, 32, 64), 5)
    reading = ColdReading()
    exponents: dict[str, float] = {}
    for kind, grow in KINDS.items():
        exponents[kind] = _exponent([grow(size) for size in sizes], reading, rounds)
    worst = max(exponents, key=lambda kind: exponents[kind])
    note = f"{', '.join(map(str, sizes))} times a report; worst: {worst}"
    return Measured(exponents[worst], exponents, note)


def _exponent(texts: list[str], reading: ColdReading, rounds: int) -> float:
    """Return the slope of log time over log length; the time of a text is the median of some rounds."""
    with files(texts) as inputs:
        rounds_of_times = [[reading.seconds(input) for input in inputs] for _ in range(rounds)]
    log_times = [log(median(times)) for times in zip(*rounds_of_times, strict=True)]
    log_lengths = [log(len(text)) for text in texts]
    return linear_regression(log_lengths, log_times).slope


FIGURE = Figure(
    "growth", "log-log exponent of time over document length 8×…64×, worst kind of growth", 1.05, measure
)
