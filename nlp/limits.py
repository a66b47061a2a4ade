"""Limits on what reading one document may take: file size, time, memory."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_FILE = 64 * 2**20
"""In bytes: larger files are not read. The largest reports, scanned ones, have about 30 MiB."""


@dataclass(frozen=True)
class Limits:
    """The limits for one document.

    `seconds` is wall-clock time; `memory` is in bytes, beyond what the program itself occupies.
    """

    seconds: float = 30.0
    memory: int = 2**30


def hold_memory_to(more: int) -> None:
    """Limit the address space of this process to what it has now and `more` bytes; no core dumps.

    Does nothing where the system has no such limits. A hard limit that is lower is kept.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    _, hard_limit_of_core = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard_limit_of_core))
    occupied = _occupied()
    if occupied is None:
        return
    _, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
    limit = occupied + more
    if hard_limit != resource.RLIM_INFINITY:
        limit = min(limit, hard_limit)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard_limit))


def _occupied() -> int | None:
    """Return the size of this process's address space in bytes; None where the system does not tell it."""
    from mmap import PAGESIZE

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * PAGESIZE
    except OSError:
        return None
