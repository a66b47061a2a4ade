"""Measures the CPU time of work in this process, and the CPU and wall time of other processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Compiled modules are kept, as they are where a package is installed."""


class Cost(NamedTuple):
    """What a process cost, in seconds: on the wall, and of CPU with all its threads and children."""

    wall: float
    cpu: float


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that some work takes in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def python(*arguments: str, environment: Mapping[str, str] | None = None, at_once: int = 1) -> Cost:
    """Run Python afresh from the checkout, `at_once` of them; CalledProcessError where one fails."""
    start, spent = time.perf_counter(), _children()
    processes = [started(*arguments, environment=environment) for _ in range(at_once)]
    for process in processes:
        finished(process)
    return Cost(time.perf_counter() - start, _children() - spent)


def started(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Return a Python that runs from the checkout and says nothing but its errors."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **_AS_INSTALLED, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finished(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a process; CalledProcessError, with what it said, where it failed."""
    _, said = process.communicate()
    if process.returncode:
        failed = subprocess.CalledProcessError(process.returncode, process.args, stderr=said)
        failed.add_note(said.decode(errors="replace"))
        raise failed


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
