"""Measures the peak memory of a long batch, beside that of a batch of a tenth of it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import finished, started
from benchmarks.documents import files, texts
from benchmarks.figure import Figure, Measured

_PROCESSES = Path("/proc")
_EVERY = 0.02
_PAGE = os.sysconf("SC_PAGE_SIZE")


def measure(quick: bool) -> Measured:
    """Return the ratio of the two peaks of what the command and its workers hold resident together."""
    if not (_PROCESSES / "self" / "statm").exists():
        return Measured(None, {}, "only measured where /proc tells the memory of processes")
    few, many = (4, 8) if quick else (1000, 10_000)
    peaks = {f"{number} documents, MB": _peak(number) / 1e6 for number in (few, many)}
    short, long = peaks.values()
    return Measured(long / short, peaks, f"{many} documents ÷ {few}, two workers")


def _peak(number: int) -> int:
    with files(texts(number)) as inputs:
        folder = str(Path(inputs[0].path).parent)
        process = started("-m", "nlp", "extract", folder, "--jobs", "2")
        peak = _watched(process)
        finished(process)
    return peak


def _watched(process: subprocess.Popen[bytes]) -> int:
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _tree(process.pid))))
        time.sleep(_EVERY)
    return peak


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and those below it."""
    yield pid
    for thread in (_PROCESSES / str(pid) / "task").glob("*/children"):
        for child in _read(thread).split():
            yield from _tree(int(child))


def _resident(pid: int) -> int:
    """Return the bytes that a process holds in memory, 0 where it has ended."""
    fields = _read(_PROCESSES / str(pid) / "statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


FIGURE = Figure("memory", "peak memory of 10,000 documents streamed ÷ 1,000", 1.03, measure)
