"""What a worker of a cluster does with a chunk: it gives it to a process beside it, and minds that."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, LifoQueue
from typing import BinaryIO, cast

from nlp.record.model import Failure
from nlp.running.cluster.messages import Differs, Order, receive, send

_PACKAGES = Path(__file__).parents[2]
_ATTEMPTS = 2
_LOOK = 1.0
"""Seconds after which it is looked whether the process is still there."""
_SLACK = 60.0
"""Seconds that a process may take to start, beside what its inputs may take."""

_LOST = Failure("process_ended", "the process that read it came to a sudden end.")


class Ended(Exception):
    """The process that worked on a chunk is gone."""


def worked(order: Order) -> list[object] | Differs:
    """Return a result for each input of a chunk, whatever becomes of the process that works on it."""
    for _ in range(_ATTEMPTS):
        with suppress(Ended), _station() as station:
            return _asked(station, order)
    if len(order.inputs) == 1:
        return [order.work.lost(order.inputs[0], _LOST)]
    return _one_by_one(order)


def _one_by_one(order: Order) -> list[object] | Differs:
    found: list[object] = []
    for input in order.inputs:
        answer = worked(replace(order, inputs=[input]))
        if isinstance(answer, Differs):
            return answer
        found += answer
    return found


_Station = subprocess.Popen[bytes]
_free: LifoQueue[_Station] = LifoQueue()
"""Processes that have nothing to do; a worker with several threads has several."""


@contextmanager
def _station() -> Iterator[_Station]:
    """Yield a process that waits for an order; it is kept for the next one unless it ended."""
    station = _next_free() or _started()
    try:
        yield station
    except BaseException:
        _end(station)
        raise
    _free.put(station)


def _next_free() -> _Station | None:
    while True:
        try:
            station = _free.get_nowait()
        except Empty:
            return None
        if station.poll() is None:
            return station
        _end(station)


def _started() -> _Station:
    """Start a process that knows of nothing that the worker has open."""
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "nlp.running.cluster.worker_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
        bufsize=0,
    )


def _asked(station: _Station, order: Order) -> list[object] | Differs:
    assert station.stdin is not None
    assert station.stdout is not None
    try:
        send(cast("BinaryIO", station.stdin), order)
    except OSError as reason:
        raise Ended from reason
    deadline = time.monotonic() + _SLACK + len(order.inputs) * (order.limits.seconds + 1)
    while not select.select([station.stdout], [], [], _LOOK)[0]:
        if station.poll() is not None or time.monotonic() > deadline:
            raise Ended
    answer = receive(cast("BinaryIO", station.stdout))
    if answer is None:
        raise Ended
    return cast("list[object] | Differs", answer)


def _end(station: _Station) -> None:
    """End a process and those that it started."""
    with suppress(OSError):
        os.killpg(station.pid, signal.SIGKILL)
    station.wait()
    for pipe in (station.stdin, station.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
