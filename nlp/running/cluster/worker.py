"""Works on a chunk in a cluster's worker: hands it to a process beside the worker and watches over that."""

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

_PACKAGES = Path(__file__).parents[3]
"""The folder that holds the package, for the path of the process."""
_ATTEMPTS = 2
_POLL = 1.0
"""Seconds between two looks at whether the process still runs."""
_START = 60.0
"""Seconds that a process may take to start, beside what its inputs may take."""

_LOST = Failure("process_ended", "the process that read it came to a sudden end.")


class Ended(Exception):
    """The process that worked on a chunk is gone."""


def worked(order: Order) -> list[object] | Differs:
    """Return a result for each input of a chunk, whatever happens to the process that works on it.

    Differs is returned if this machine would give other results than the one that sent the chunk.
    """
    for _ in range(_ATTEMPTS):
        with suppress(Ended), _process() as process:
            return _answer(process, order)
    if len(order.inputs) == 1:
        return [order.work.lost(order.inputs[0], _LOST)]
    return _one_by_one(order)


def _one_by_one(order: Order) -> list[object] | Differs:
    results: list[object] = []
    for input in order.inputs:
        answer = worked(replace(order, inputs=[input]))
        if isinstance(answer, Differs):
            return answer
        results += answer
    return results


_Process = subprocess.Popen[bytes]
_idle: LifoQueue[_Process] = LifoQueue()
"""Processes without work; a worker with several threads has several."""


@contextmanager
def _process() -> Iterator[_Process]:
    """Yield a process that waits for an order; it is kept for the next order unless it ended."""
    process = _next_idle() or _started()
    try:
        yield process
    except BaseException:
        _end(process)
        raise
    _idle.put(process)


def _next_idle() -> _Process | None:
    while True:
        try:
            process = _idle.get_nowait()
        except Empty:
            return None
        if process.poll() is None:
            return process
        _end(process)


def _started() -> _Process:
    """Start a process that inherits no open files of the worker."""
    paths = [str(_PACKAGES)]
    if os.environ.get("PYTHONPATH"):
        paths.append(os.environ["PYTHONPATH"])
    return subprocess.Popen(
        [sys.executable, "-m", "nlp.running.cluster.worker_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
        bufsize=0,
    )


def _answer(process: _Process, order: Order) -> list[object] | Differs:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        send(cast("BinaryIO", process.stdin), order)
    except OSError as reason:
        raise Ended from reason
    deadline = time.monotonic() + _START + len(order.inputs) * (order.limits.seconds + 1)
    while not select.select([process.stdout], [], [], _POLL)[0]:
        if process.poll() is not None or time.monotonic() > deadline:
            raise Ended
    answer = receive(cast("BinaryIO", process.stdout))
    if answer is None:
        raise Ended
    return cast("list[object] | Differs", answer)


def _end(process: _Process) -> None:
    """End a process and the processes that it started."""
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe:
                pipe.close()
