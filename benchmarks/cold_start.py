"""A process of its own for one text, beside one that imports stock jieba and cuts the same text."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.clock import Cost, python
from benchmarks.documents import files, texts
from benchmarks.figure import Figure, Measured
from benchmarks.stock import private_cache

_PEER = "import sys, jieba; jieba.lcut(open(sys.argv[1], encoding='utf-8').read())"


def measure(quick: bool) -> Measured:
    """Return the ratio of CPU times, medians of runs in turn; the first run of each does not count."""
    rounds = 1 if quick else 9
    with files(texts(1)) as (input,), private_cache() as environment:

        def both() -> tuple[Cost, Cost]:
            ours = python("-m", "nlp", "extract", input.path)
            return ours, python("-c", _PEER, input.path, environment=environment)

        if not quick:
            both()
        ours, beside = zip(*(both() for _ in range(rounds)), strict=True)
    return _measured(ours, beside)


def _measured(ours: Sequence[Cost], beside: Sequence[Cost]) -> Measured:
    arms = {"nianbao": ours, "import jieba; jieba.lcut": beside}
    cpu = {f"{arm}, CPU s": median(cost.cpu for cost in costs) for arm, costs in arms.items()}
    wall = {f"{arm}, wall s": median(cost.wall for cost in costs) for arm, costs in arms.items()}
    one, other = cpu.values()
    return Measured(one / other, {**cpu, **wall}, f"{len(ours)} processes each, jieba's cache file in place")


FIGURE = Figure(
    "cold_start",
    "cold process for one text ÷ cold process of `import jieba; jieba.lcut(x)`",
    0.35,
    measure,
)
