"""Does one piece of work for each of many inputs, in order, within limits: a bad one costs itself only."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Protocol, TypeVar

from nlp.limits import Limits, hold_memory_to
from nlp.reading.inputs import STANDARD_INPUT, Input
from nlp.record.model import Failure
from nlp.writers.output import Unwritable

_HANDFUL = 8
"""How many inputs a process is handed at a time: enough to make handing over cheap."""
_FEW = 2
"""With so few left in hand, a process is handed more, so that it never waits."""
_WORN = 400
"""After so many inputs a process makes room for a new one: what libraries and memos keep goes with it."""
_AHEAD = 64
"""How many results for each process may wait for an earlier one."""

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Work(Protocol[T_co]):
    """What is done for an input; where processes are not forked it is sent to them, so it is small."""

    def __call__(self, input: Input, /) -> T_co:
        """Return the result for an input."""

    def lost(self, input: Input, why: Failure, /) -> T_co:
        """Return the result for an input that broke the limits or ended the process that worked on it."""


def results(
    work: Work[T], inputs: Sequence[Input], jobs: int = 1, limits: Limits | None = None
) -> Iterator[T]:
    """Yield the result of each input in the order of the inputs, as it becomes known.

    `jobs` processes share the work, 0 for one a processor. Whatever an input does to the process that works
    on it (memory, time, a crash), the others are worked on and each input has its result.
    """
    jobs = min(jobs or os.cpu_count() or 1, max(len(inputs), 1))
    piped = any(input.path == STANDARD_INPUT for input in inputs)
    batch = _Batch(work, inputs, jobs, limits or Limits(), piped)
    try:
        yield from batch.run()
    finally:
        batch.stop()


@dataclass
class _Worker:
    """A process, the line to it, what it has in hand, since when it works on the first of that."""

    process: BaseProcess
    line: Connection
    in_hand: deque[int] = field(default_factory=deque)
    since: float = 0.0
    worked: int = 0

    @property
    def worn(self) -> bool:
        """Whether it gets no more to work on."""
        return self.worked + len(self.in_hand) >= _WORN


@dataclass
class _Batch(Generic[T]):
    """Hands inputs to processes and puts what comes back in order."""

    work: Work[T]
    inputs: Sequence[Input]
    jobs: int
    limits: Limits
    reads_standard_input: bool
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, T] = field(default_factory=dict)
    again: deque[int] = field(default_factory=deque)
    handed: int = 0
    told: int = 0

    def run(self) -> Iterator[T]:
        """Yield the results in order."""
        while self.told < len(self.inputs):
            self._hand_out()
            for worker in self._heard_from():
                self._hear(worker)
            self._end_the_slow()
            while self.told in self.done:
                yield self.done.pop(self.told)
                self.told += 1

    def stop(self) -> None:
        """End every process, at once."""
        for worker in self.workers:
            worker.process.kill()
            worker.process.join()
            worker.line.close()
        self.workers.clear()

    def _hand_out(self) -> None:
        while len(self.workers) < self.jobs and self._next_is_there():
            self._start()
        for worker in self.workers:
            if len(worker.in_hand) <= _FEW and not worker.worn and (more := self._handful()):
                self._hand(worker, more)

    def _next_is_there(self) -> bool:
        return bool(self.again) or self.handed < len(self.inputs)

    def _handful(self) -> list[int]:
        """Return the next inputs to hand out; those of a process that ended come one by one."""
        if self.again:
            return [self.again.popleft()]
        share = -(-(len(self.inputs) - self.handed) // self.jobs)
        last = min(self.handed + min(_HANDFUL, share), self.told + _AHEAD * self.jobs, len(self.inputs))
        more = list(range(self.handed, last))
        self.handed = max(self.handed, last)
        return more

    def _hand(self, worker: _Worker, more: list[int]) -> None:
        if not worker.in_hand:
            worker.since = time.monotonic()
        worker.in_hand.extend(more)
        try:
            worker.line.send([self.inputs[n] for n in more])
        except OSError:
            self._replace(worker)

    def _heard_from(self) -> list[_Worker]:
        """Return the processes that have something to tell; wait for the first, or until one is too slow."""
        deadline = min((worker.since for worker in self.workers if worker.in_hand), default=time.monotonic())
        patience = max(0.0, deadline + self.limits.seconds - time.monotonic())
        ready = wait([worker.line for worker in self.workers], patience)
        return [worker for worker in self.workers if worker.line in ready]

    def _hear(self, worker: _Worker) -> None:
        try:
            said, goes_on = worker.line.recv()
        except (EOFError, OSError):
            self._lose(worker, _process_ended(worker.process))
            return
        if isinstance(said, Unwritable):
            raise said
        n = worker.in_hand.popleft()
        worker.since = time.monotonic()
        worker.worked += 1
        self.done[n] = self.work.lost(self.inputs[n], said) if isinstance(said, Failure) else said
        if not goes_on or (worker.worn and not worker.in_hand):
            self._replace(worker)

    def _end_the_slow(self) -> None:
        now = time.monotonic()
        for worker in list(self.workers):
            if worker.in_hand and now - worker.since > self.limits.seconds:
                self._lose(worker, Failure("too_slow", f"took more than {self.limits.seconds:g} seconds."))

    def _lose(self, worker: _Worker, why: Failure) -> None:
        """Give up what a process worked on, and the process."""
        if worker.in_hand:
            n = worker.in_hand.popleft()
            self.done[n] = self.work.lost(self.inputs[n], why)
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        """End a process; what else it had in hand is worked on by others."""
        self.again.extendleft(reversed(worker.in_hand))
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        self.workers.remove(worker)

    def _start(self) -> None:
        ours, theirs = _CONTEXT.Pipe()
        not_theirs = [ours, *(worker.line for worker in self.workers)] if _FORKS else []
        given = os.dup(0) if _FORKS and self.reads_standard_input else None
        order = (self.work, theirs, self.limits, not_theirs, given)
        process = _CONTEXT.Process(target=_serve, args=order, daemon=True)
        with _heirs_deaf_to_interrupts(), warnings.catch_warnings(action="ignore"):
            process.start()  # Python warns of forking beside threads; those of the matrix library take it
        theirs.close()
        if given is not None:
            os.close(given)
        self.workers.append(_Worker(process, ours))


_FORKS = sys.platform == "linux"
"""Forked processes share the model and start in milliseconds; elsewhere forking is not safe."""
_CONTEXT: Any = get_context("fork" if _FORKS else "spawn")


def _serve(
    work: Work[object], line: Connection, limits: Limits, not_ours: Sequence[Connection], given: int | None
) -> None:
    """Work on what comes down the line until it is closed, in a process of its own."""
    for other in not_ours:
        other.close()  # or the lines of the others would stay open when the first process is gone
    if given is not None:
        sys.stdin = os.fdopen(given)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_memory_to(limits.memory)
    gc.freeze()  # what was loaded before is shared with the others: nothing is to look through it, or copy it
    try:
        while True:
            for input in line.recv():
                said, goes_on = _worked(work, input)
                line.send((said, goes_on))
                if not goes_on:
                    return
    except (EOFError, OSError):
        return


def _worked(work: Work[object], input: Input) -> tuple[object, bool]:
    """Return a result, or why there is none, and whether the process is fit for the next input."""
    try:
        return work(input), True
    except Unwritable as reason:
        return reason, False
    except MemoryError:
        return Failure("too_large", "needs more memory than one document may have."), False
    except RecursionError:
        return Failure("too_deep", "is nested deeper than any report."), False
    except Exception as fault:  # the last line of defence: told of, and this process ends with it
        if os.environ.get("NIANBAO_TRACEBACK"):
            sys.__excepthook__(type(fault), fault, fault.__traceback__)
        return _fault(fault), False


def _fault(fault: Exception) -> Failure:
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    kind = type(fault).__name__
    return Failure("fault", f"met a fault of nianbao itself ({kind}: {fault}{where}); please report it.")


def _process_ended(process: BaseProcess) -> Failure:
    process.join(1)
    code = process.exitcode
    how = f" ({signal.Signals(-code).name})" if code is not None and code < 0 else ""
    return Failure("process_ended", f"the process that read it came to a sudden end{how}.")


@contextmanager
def _heirs_deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only the one that the user started is to heed it.

    What is ignored here stays so in the processes that start meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heeding = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heeding)
