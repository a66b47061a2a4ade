"""Measures a new process for one text, beside one that imports stock jieba and cuts the same text."""

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
        ours: list[Cost] = []
        peer: list[Cost] = []
        for _ in range(rounds if quick else rounds + 1):
            ours.append(python("-m", "nlp", "extract", input.path))
            peer.append(python("-c", _PEER, input.path, environment=environment))
    return _measured(ours[-rounds:], peer[-rounds:])


def _measured(ours: Sequence[Cost], peer: Sequence[Cost]) -> Measured:
    our_cpu, peer_cpu = median(cost.cpu for cost in ours), median(cost.cpu for cost in peer)
    parts = {
        "nianbao, CPU s": our_cpu,
        "import jieba; jieba.lcut, CPU s": peer_cpu,
        "nianbao, wall s": median(cost.wall for cost in ours),
        "import jieba; jieba.lcut, wall s": median(cost.wall for cost in peer),
    }
    return Measured(our_cpu / peer_cpu, parts, f"{len(ours)} processes each, jieba's cache file in place")


FIGURE = Figure(
    "cold_start",
    "cold process for one text ÷ cold process of `import jieba; jieba.lcut(x)`",
    0.35,
    measure,
)
