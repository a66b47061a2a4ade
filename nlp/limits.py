"""Limits on what reading one document may take: file size, time, memory."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

_PR_SET_PDEATHSIG = 1
"""The number by which Linux is asked to send a signal to a process when its parent ends."""
_GRACE = 5.0
"""In seconds: how much later than its parent would a process ends itself."""
LARGEST_FILE = 64 * 2**20
"""In bytes: larger files are not read. The largest reports, scanned ones, have about 30 MiB."""


@dataclass(frozen=True)
class Limits:
    """The limits for one document.

    `seconds` is wall-clock time; `memory` is in bytes, beyond what the program itself occupies.
    """

    seconds: float = 30.0
    memory: int = 2**30


_on_more_time: list[Callable[[float], None]] = []


def more_time(seconds: float) -> None:
    """Ask for more seconds for the document that is read: its kind takes longer, as pictures of pages do.

    Does nothing where no one holds the document to a time.
    """
    for grant in _on_more_time:
        grant(seconds)
    if hasattr(signal, "setitimer"):
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        if left > 0:  # of `ending_after`
            signal.setitimer(signal.ITIMER_PROF, left + seconds)


def ask_for_time(grant: Callable[[float], None]) -> None:
    """Have `grant` called, in this process, with the seconds that documents ask for."""
    _on_more_time[:] = [grant]


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


def end_with(parent: int) -> None:
    """Let this process end when its parent does, however that ends.

    `parent` is the parent's process id, 0 where a thread started this process that may end before the parent.
    """
    if sys.platform == "linux" and parent:
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.name == "posix" and parent and os.getppid() != parent:  # it ended before it was asked for
        os._exit(1)
    Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    """Wait for the parent of this process to end, and end it: for systems that do not tell of it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def ending_after(seconds: float) -> Iterator[None]:
    """Inside have the system end this process when it has computed for more than `seconds`.

    Whoever waits for the process ends it earlier; this is for one that nobody waits for any more. Time in
    which the process is stopped does not count.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _occupied() -> int | None:
    """Return the size of this process's address space in bytes; None where the system does not tell it."""
    from mmap import PAGESIZE

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * PAGESIZE
    except OSError:
        return None
