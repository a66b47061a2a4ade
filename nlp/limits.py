"""What one document may take: bytes, seconds, memory."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_FILE = 64 * 2**20
"""A file larger than this, in bytes, is not read: the largest reports, scanned, have some 30 MiB."""


@dataclass(frozen=True)
class Limits:
    """Limits for one document: seconds on the clock, bytes of memory beyond what the program itself needs."""

    seconds: float = 30.0
    memory: int = 2**30


def hold_memory_to(more: int) -> None:
    """Let this process have no more memory than `more` bytes beyond what it has; where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    held, most = _held(), resource.getrlimit(resource.RLIMIT_AS)[1]
    if held is not None:
        wanted = held + more
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _held() -> int | None:
    """Return the address space that this process has; None where the system does not tell."""
    from mmap import PAGESIZE

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * PAGESIZE
    except OSError:
        return None
