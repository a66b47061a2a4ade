"""Measures what a second process gains, beside its gain for a loop that does nothing but compute."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.clock import python
from benchmarks.documents import files, texts
from benchmarks.figure import Figure, Measured

_BURN = "import sys; sum(i * i % 7 for i in range(int(sys.argv[1])))"


def measure(quick: bool) -> Measured:
    """Return the ratio of the two speed-ups on the wall, the median of rounds of all four runs in turn.

    The machine may have fewer than two processors to give, or be shared: the burn tells what there is.
    """
    documents, rounds, loops = (4, 1, 10_000) if quick else (1000, 3, 25_000_000)
    with files(texts(documents)) as inputs:
        folder = str(Path(inputs[0].path).parent)
        speed_ups = [(_extraction(folder), _burn(loops)) for _ in range(rounds)]
    value = median(ours / burn for ours, burn in speed_ups)
    parts = {
        "nianbao, speed-up": median(ours for ours, _ in speed_ups),
        "burn, speed-up": median(burn for _, burn in speed_ups),
    }
    return Measured(value, parts, f"{documents} texts, {rounds} rounds, whole commands")


def _extraction(folder: str) -> float:
    """Return how many times faster two workers are than one."""
    one_worker = python("-m", "nlp", "extract", folder, "--jobs", "1").wall
    two_workers = python("-m", "nlp", "extract", folder, "--jobs", "2").wall
    return one_worker / two_workers


def _burn(loops: int) -> float:
    """Return how many times faster two loops are at once than one after the other."""
    one_loop = python("-c", _BURN, str(loops)).wall
    two_loops = python("-c", _BURN, str(loops), at_once=2).wall
    return 2 * one_loop / two_loops


FIGURE = Figure(
    "two_workers",
    "two-worker speed-up ÷ that of a pure CPU burn beside it, 1,000 texts",
    0.85,
    measure,
    at_least=True,
)
